// netfilter and IPVS: what is public of each file. `npm run lists` makes the doors of it.
export {
  arpTablesMatches,
  arpTablesNames,
  arpTablesTargets,
  type IpTablesNames,
  ip6TablesMatches,
  ip6TablesNames,
  ip6TablesTargets,
  ipTablesMatches,
  ipTablesNames,
  ipTablesTargets,
  parseIpTablesNames,
} from "./ip-tables-names.ts";
export { type IpVs, type IpVsDestination, type IpVsService, ipVs, parseIpVs } from "./ip-vs.ts";
export { type IpVsAppEntries, type IpVsAppEntry, ipVsApp, parseIpVsApp } from "./ip-vs-app.ts";
export {
  type IpVsConnEntries,
  type IpVsConnEntry,
  type IpVsConnSyncEntries,
  type IpVsConnSyncEntry,
  ipVsConn,
  ipVsConnSync,
  parseIpVsConn,
  parseIpVsConnSync,
} from "./ip-vs-conn.ts";
export {
  type IpVsCounters,
  type IpVsCpuCounters,
  type IpVsRates,
  type IpVsStats,
  type IpVsStatsPercpu,
  ipVsStats,
  ipVsStatsPercpu,
  parseIpVsStats,
  parseIpVsStatsPercpu,
} from "./ip-vs-stats.ts";
export { type IpVsStatusEntries, type IpVsStatusEntry, ipVsStatus, parseIpVsStatus } from "./ip-vs-status.ts";
export { type IptClusterip, iptClusterip, parseIptClusterip } from "./ipt-clusterip.ts";
export {
  type IptHashlimitEntries,
  type IptHashlimitEntry,
  ip6tHashlimit,
  iptHashlimit,
  parseIptHashlimit,
} from "./ipt-hashlimit.ts";
export {
  ipConntrack,
  type NfConntrackEntries,
  type NfConntrackEntry,
  nfConntrack,
  parseIpConntrack,
  parseNfConntrack,
} from "./nf-conntrack.ts";
export {
  ipConntrackExpect,
  type NfConntrackExpectEntries,
  type NfConntrackExpectEntry,
  nfConntrackExpect,
  parseNfConntrackExpect,
} from "./nf-conntrack-expect.ts";
export type { NfConntrackTuple } from "./nf-conntrack-tuple.ts";
export { type NfLogEntries, type NfLogEntry, netfilterNfLog, netfilterNfQueue, parseNfLog } from "./nf-log.ts";
export {
  type NfnetlinkLogEntries,
  type NfnetlinkLogEntry,
  netfilterNfnetlinkLog,
  parseNfnetlinkLog,
} from "./nfnetlink-log.ts";
export {
  type NfnetlinkQueueEntries,
  type NfnetlinkQueueEntry,
  netfilterNfnetlinkQueue,
  parseNfnetlinkQueue,
} from "./nfnetlink-queue.ts";
export { iptRecent, parseXtRecent, type XtRecentEntries, type XtRecentEntry, xtRecent } from "./xt-recent.ts";
