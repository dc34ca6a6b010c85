import { type CatalogueEntry, entry, type FileFacts } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { type IpTablesNames, ipTablesNamesTable } from "./ip-tables-names.ts";
import { type IpVs, ipVsTable } from "./ip-vs.ts";
import { type IpVsAppEntries, ipVsAppTable } from "./ip-vs-app.ts";
import { type IpVsConnEntries, type IpVsConnSyncEntries, ipVsConnSyncTable, ipVsConnTable } from "./ip-vs-conn.ts";
import { type IpVsStats, type IpVsStatsPercpu, ipVsStatsPercpuTable, ipVsStatsTable } from "./ip-vs-stats.ts";
import { type IpVsStatusEntries, ipVsStatusTable } from "./ip-vs-status.ts";
import { type IptClusterip, iptClusteripTable } from "./ipt-clusterip.ts";
import { type IptHashlimitEntries, iptHashlimitTable } from "./ipt-hashlimit.ts";
import { type NfConntrackEntries, nfConntrackTable } from "./nf-conntrack.ts";
import { type NfConntrackExpectEntries, nfConntrackExpectTable } from "./nf-conntrack-expect.ts";
import { type NfLogEntries, nfLogTable } from "./nf-log.ts";
import { type NfnetlinkLogEntries, nfnetlinkLogTable } from "./nfnetlink-log.ts";
import { type NfnetlinkQueueEntries, nfnetlinkQueueTable } from "./nfnetlink-queue.ts";
import { type XtRecentEntries, xtRecentTable } from "./xt-recent.ts";

/** The files of netfilter and of IPVS. */
export interface NetfilterTables<Value extends Counter = number> {
  readonly nf_conntrack: NfConntrackEntries<Value>;
  readonly nf_conntrack_expect: NfConntrackExpectEntries;
  readonly ip_tables_names: IpTablesNames;
  readonly ip_tables_matches: IpTablesNames;
  readonly ip_tables_targets: IpTablesNames;
  readonly ip6_tables_names: IpTablesNames;
  readonly ip6_tables_matches: IpTablesNames;
  readonly ip6_tables_targets: IpTablesNames;
  readonly arp_tables_names: IpTablesNames;
  readonly arp_tables_matches: IpTablesNames;
  readonly arp_tables_targets: IpTablesNames;
  readonly "ipt_hashlimit/*": IptHashlimitEntries<Value>;
  readonly "ip6t_hashlimit/*": IptHashlimitEntries<Value>;
  readonly "xt_recent/*": XtRecentEntries;
  readonly "ipt_recent/*": XtRecentEntries;
  readonly "ipt_CLUSTERIP/*": IptClusterip;
  readonly "netfilter/nf_log": NfLogEntries;
  readonly "netfilter/nf_queue": NfLogEntries;
  readonly "netfilter/nfnetlink_log": NfnetlinkLogEntries;
  readonly "netfilter/nfnetlink_queue": NfnetlinkQueueEntries;
  readonly ip_vs: IpVs;
  readonly ip_vs_app: IpVsAppEntries;
  readonly ip_vs_conn: IpVsConnEntries;
  readonly ip_vs_conn_sync: IpVsConnSyncEntries;
  readonly ip_vs_stats: IpVsStats<Value>;
  readonly ip_vs_stats_percpu: IpVsStatsPercpu<Value>;
  readonly ip_vs_status: IpVsStatusEntries;
}

const IPVS = "CONFIG_IP_VS, module ip_vs";
const CONNTRACK = "CONFIG_NF_CONNTRACK_PROCFS, module nf_conntrack";

function names(module: string, scope: FileFacts["scope"], since = "2.6"): CatalogueEntry<IpTablesNames> {
  return entry<IpTablesNames, never>(ipTablesNamesTable, { needs: `module ${module}`, readers: "root", scope, since });
}

export const NETFILTER: {
  readonly [Name in keyof NetfilterTables]: CatalogueEntry<NetfilterTables<Counter>[Name]>;
} = {
  nf_conntrack: entry(nfConntrackTable, {
    needs: CONNTRACK,
    readers: "root",
    sideEffect: "deletes the expired entries it meets",
  }),
  nf_conntrack_expect: entry(nfConntrackExpectTable, { needs: CONNTRACK, readers: "root" }),
  ip_tables_names: names("ip_tables", "namespace"),
  ip_tables_matches: names("ip_tables", "machine"),
  ip_tables_targets: names("ip_tables", "machine"),
  ip6_tables_names: names("ip6_tables", "namespace"),
  ip6_tables_matches: names("ip6_tables", "machine"),
  ip6_tables_targets: names("ip6_tables", "machine"),
  arp_tables_names: names("arp_tables", "namespace"),
  arp_tables_matches: names("arp_tables", "machine"),
  arp_tables_targets: names("arp_tables", "machine"),
  "ipt_hashlimit/*": entry(iptHashlimitTable, {
    needs: "CONFIG_NETFILTER_XT_MATCH_HASHLIMIT, module xt_hashlimit",
  }),
  "ip6t_hashlimit/*": entry(iptHashlimitTable, {
    needs: "CONFIG_NETFILTER_XT_MATCH_HASHLIMIT, module xt_hashlimit",
    since: "2.6.19",
  }),
  "xt_recent/*": entry(xtRecentTable, {
    needs: "CONFIG_NETFILTER_XT_MATCH_RECENT, module xt_recent",
    since: "2.6.28",
  }),
  "ipt_recent/*": entry(xtRecentTable, {
    needs: "module ipt_recent, or CONFIG_NETFILTER_XT_MATCH_RECENT_PROC_COMPAT",
    until: "2.6.35",
  }),
  "ipt_CLUSTERIP/*": entry(iptClusteripTable, {
    needs: "CONFIG_IP_NF_TARGET_CLUSTERIP, module ipt_CLUSTERIP",
    readers: "root",
    until: "6.3",
  }),
  "netfilter/nf_log": entry(nfLogTable, { needs: "CONFIG_NETFILTER" }),
  "netfilter/nf_queue": entry(nfLogTable, { needs: "CONFIG_NETFILTER", until: "3.8" }),
  "netfilter/nfnetlink_log": entry(nfnetlinkLogTable, {
    needs: "CONFIG_NETFILTER_NETLINK_LOG, module nfnetlink_log",
    readers: "root",
  }),
  "netfilter/nfnetlink_queue": entry(nfnetlinkQueueTable, {
    needs: "CONFIG_NETFILTER_NETLINK_QUEUE, module nfnetlink_queue",
    readers: "root",
  }),
  ip_vs: entry(ipVsTable, { needs: IPVS }),
  ip_vs_app: entry(ipVsAppTable, { needs: IPVS }),
  ip_vs_conn: entry(ipVsConnTable, { needs: IPVS }),
  ip_vs_conn_sync: entry(ipVsConnSyncTable, { needs: IPVS }),
  ip_vs_stats: entry(ipVsStatsTable, { needs: IPVS }),
  ip_vs_stats_percpu: entry(ipVsStatsPercpuTable, { needs: IPVS, since: "2.6.39" }),
  ip_vs_status: entry(ipVsStatusTable, { needs: IPVS, readers: "root", since: "7.0" }),
};
