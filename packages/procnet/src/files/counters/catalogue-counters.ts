import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { type DevSnmp6, devSnmp6Table } from "./dev-snmp6.ts";
import { type Netstat, netstatTable } from "./netstat.ts";
import { type Sockstat, type Sockstat6, sockstat6Table, sockstatTable } from "./sockstat.ts";
import { type SoftnetStats, softnetStatTable } from "./softnet-stat.ts";
import { type StatArpCaches, statArpCacheTable } from "./stat-arp-cache.ts";
import { type StatNfConntracks, statNfConntrackTable } from "./stat-nf-conntrack.ts";
import { type StatNfFlowtables, statNfFlowtableTable } from "./stat-nf-flowtable.ts";
import { type StatRtCaches, statRtCacheTable } from "./stat-rt-cache.ts";
import { type StatSynproxies, statSynproxyTable } from "./stat-synproxy.ts";
import { type TlsStat, tlsStatTable } from "./tls-stat.ts";
import { type XfrmStat, xfrmStatTable } from "./xfrm-stat.ts";

/** Counters and gauges of protocols, CPUs and tables. */
export interface CounterTables<Value extends Counter = number> {
  readonly "dev_snmp6/*": DevSnmp6<Value>;
  readonly netstat: Netstat<Value>;
  readonly sockstat: Sockstat;
  readonly sockstat6: Sockstat6;
  readonly softnet_stat: SoftnetStats;
  readonly "stat/arp_cache": StatArpCaches<Value>;
  readonly "stat/clip_arp_cache": StatArpCaches<Value>;
  readonly "stat/ndisc_cache": StatArpCaches<Value>;
  readonly "stat/nf_conntrack": StatNfConntracks;
  readonly "stat/nf_flowtable": StatNfFlowtables;
  readonly "stat/rt_cache": StatRtCaches;
  readonly "stat/synproxy": StatSynproxies;
  readonly tls_stat: TlsStat<Value>;
  readonly xfrm_stat: XfrmStat<Value>;
}

export const COUNTERS: { readonly [Name in keyof CounterTables]: CatalogueEntry<CounterTables<Counter>[Name]> } = {
  "dev_snmp6/*": entry(devSnmp6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  netstat: entry(netstatTable, { needs: "CONFIG_INET" }),
  sockstat: entry(sockstatTable, { needs: "CONFIG_INET" }),
  sockstat6: entry(sockstat6Table, { needs: "CONFIG_IPV6, module ipv6" }),
  softnet_stat: entry(softnetStatTable, { needs: "CONFIG_NET", scope: "machine" }),
  "stat/arp_cache": entry(statArpCacheTable, { needs: "CONFIG_INET", scope: "initial" }),
  "stat/clip_arp_cache": entry(statArpCacheTable, {
    until: "7.1",
    needs: "CONFIG_ATM_CLIP, module clip",
    scope: "initial",
  }),
  "stat/ndisc_cache": entry(statArpCacheTable, { needs: "CONFIG_IPV6, module ipv6", scope: "initial" }),
  "stat/nf_conntrack": entry(statNfConntrackTable, { needs: "CONFIG_NF_CONNTRACK_PROCFS, module nf_conntrack" }),
  "stat/nf_flowtable": entry(statNfFlowtableTable, {
    since: "6.0",
    needs: "CONFIG_NF_FLOW_TABLE_PROCFS, module nf_flow_table",
  }),
  "stat/rt_cache": entry(statRtCacheTable, { needs: "CONFIG_INET", scope: "machine" }),
  "stat/synproxy": entry(statSynproxyTable, {
    since: "3.12",
    needs: "CONFIG_NETFILTER_SYNPROXY, module nf_synproxy_core",
  }),
  tls_stat: entry(tlsStatTable, { since: "5.5", needs: "CONFIG_TLS, module tls" }),
  xfrm_stat: entry(xfrmStatTable, { since: "2.6.25", needs: "CONFIG_XFRM_STATISTICS" }),
};
