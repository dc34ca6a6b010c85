// Counters: what is public of each file. `npm run lists` makes the doors of it.
export { type DevSnmp6, devSnmp6, parseDevSnmp6 } from "./dev-snmp6.ts";
export { type IpExtMib, type Netstat, netstat, parseNetstat } from "./netstat.ts";
export type { MPTcpExtMib } from "./netstat-mptcp-ext.ts";
export type { TcpExtMib } from "./netstat-tcp-ext.ts";
export { type IcmpMib, type IpMib, parseSnmp, type Snmp, snmp, type TcpMib, type UdpMib } from "./snmp.ts";
export { parseSnmp6, type Snmp6, snmp6 } from "./snmp6.ts";
export {
  type FragSockstat,
  type InuseSockstat,
  parseSockstat,
  parseSockstat6,
  type Sockstat,
  type Sockstat6,
  sockstat,
  sockstat6,
  type TcpSockstat,
  type UdpSockstat,
} from "./sockstat.ts";
export { parseSoftnetStat, type SoftnetStat, type SoftnetStats, softnetStat } from "./softnet-stat.ts";
export {
  parseStatArpCache,
  type StatArpCache,
  type StatArpCaches,
  statArpCache,
  statClipArpCache,
  statNdiscCache,
} from "./stat-arp-cache.ts";
export {
  parseStatNfConntrack,
  type StatNfConntrack,
  type StatNfConntracks,
  statIpConntrack,
  statNfConntrack,
} from "./stat-nf-conntrack.ts";
export {
  parseStatNfFlowtable,
  type StatNfFlowtable,
  type StatNfFlowtables,
  statNfFlowtable,
} from "./stat-nf-flowtable.ts";
export { parseStatRtCache, type StatRtCache, type StatRtCaches, statRtCache } from "./stat-rt-cache.ts";
export { parseStatSynproxy, type StatSynproxies, type StatSynproxy, statSynproxy } from "./stat-synproxy.ts";
export { parseTlsStat, type TlsStat, tlsStat } from "./tls-stat.ts";
export { parseXfrmStat, type XfrmStat, xfrmStat } from "./xfrm-stat.ts";
