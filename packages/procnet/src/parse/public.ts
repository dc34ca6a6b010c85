export { type AfsAddrPrefsEntries, type AfsAddrPrefsEntry, parseAfsAddrPrefs } from "./afs-addr-prefs.ts";
export { type AfsCellsEntries, type AfsCellsEntry, parseAfsCells } from "./afs-cells.ts";
export { parseAfsRootcell, parseAfsSysname } from "./afs-names.ts";
export { type AfsServerAddress, type AfsServersEntries, type AfsServersEntry, parseAfsServers } from "./afs-servers.ts";
export { type AfsStats, type AfsStatsGroup, parseAfsStats } from "./afs-stats.ts";
export { type AfsVlserver, type AfsVlserverAddress, type AfsVlservers, parseAfsVlservers } from "./afs-vlservers.ts";
export { type AfsVolumesEntries, type AfsVolumesEntry, parseAfsVolumes } from "./afs-volumes.ts";
export { type Anycast6, type Anycast6Rows, parseAnycast6 } from "./anycast6.ts";
export { type ArpEntries, type ArpEntry, parseArp } from "./arp.ts";
export {
  type AtalkArp,
  type AtalkInterface,
  type AtalkRoute,
  type AtalkSocket,
  parseAtalkArp,
  parseAtalkInterface,
  parseAtalkRoute,
  parseAtalkSocket,
} from "./atalk.ts";
export {
  type AtmAalStats,
  type AtmDevice,
  type AtmPvc,
  type AtmSvc,
  type AtmVc,
  parseAtmDevices,
  parseAtmPvc,
  parseAtmSvc,
  parseAtmVc,
} from "./atm.ts";
export { type AtmBr2684, type AtmBr2684Vcc, parseAtmBr2684 } from "./atm-br2684.ts";
export { type Ax25Calls, type Ax25Entry, type Ax25Route, parseAx25, parseAx25Calls, parseAx25Route } from "./ax25.ts";
export { type BluetoothEntries, type BluetoothEntry, parseBluetooth } from "./bluetooth.ts";
export {
  type Bonding,
  type BondingAggregator,
  type BondingLacp,
  type BondingPort,
  type BondingSlave,
  parseBonding,
} from "./bonding.ts";
export { type BpqetherEntries, type BpqetherEntry, parseBpqether } from "./bpqether.ts";
export { type CanBcm, type CanBcmOp, type CanBcmRxOp, type CanBcmTxOp, parseCanBcm } from "./can-bcm.ts";
export { type CanRcvlistEntries, type CanRcvlistEntry, parseCanRcvlist } from "./can-rcvlist.ts";
export { type CanStats, parseCanStats } from "./can-stats.ts";
export { type CgroupEntry, parseCgroup } from "./cgroup.ts";
export { type Connector, type ConnectorRows, parseConnector } from "./connector.ts";
export { type ContainerRef, type Placement, placementOf } from "./container.ts";
export { type DeviceStatus, type InterfaceDeviceStatus, parseDev } from "./dev.ts";
export { type DevMcast, type DevMcastRows, parseDevMcast } from "./dev-mcast.ts";
export { type DevSnmp6, parseDevSnmp6 } from "./dev-snmp6.ts";
export {
  type AnonInodeTarget,
  type DeletedTarget,
  type FdTarget,
  type MemfdTarget,
  type NamespaceTarget,
  type NamespaceType,
  type OtherTarget,
  type PathTarget,
  type PidfdTarget,
  type PipeTarget,
  parseFdTarget,
  type SocketTarget,
  type UnknownTarget,
  type UnreadableTarget,
} from "./fd-target.ts";
export {
  type FibTrie,
  type FibTrieNode,
  type FibTrieRoute,
  type FibTrieRows,
  localAddresses,
  parseFibTrie,
} from "./fib-trie.ts";
export {
  type FibNodeSize,
  type FibTrieCounters,
  type FibTriestat,
  type FibTriestatRows,
  parseFibTriestat,
} from "./fib-triestat.ts";
export { type IcmpNetEntries, type IcmpNetEntry, parseIcmp, parseIcmp6 } from "./icmp.ts";
export { type IfInet6, type IfInet6Rows, parseIfInet6 } from "./if-inet6.ts";
export { type Igmp, type IgmpRows, parseIgmp } from "./igmp.ts";
export { type Igmp6, type Igmp6Rows, parseIgmp6 } from "./igmp6.ts";
export type { InetSocketEntry, InetWhere } from "./inet-row.ts";
export type { InetOptions } from "./inet-scanner.ts";
export { type IpMrCache, type IpMrCacheRows, type MrOutput, parseIp6MrCache, parseIpMrCache } from "./ip-mr-cache.ts";
export {
  type Ip6MrVif,
  type Ip6MrVifRows,
  type IpMrVif,
  type IpMrVifRows,
  parseIp6MrVif,
  parseIpMrVif,
} from "./ip-mr-vif.ts";
export { type IpTablesNames, parseIpTablesNames } from "./ip-tables-names.ts";
export { type IpVs, type IpVsDestination, type IpVsService, parseIpVs } from "./ip-vs.ts";
export { type IpVsAppEntries, type IpVsAppEntry, parseIpVsApp } from "./ip-vs-app.ts";
export {
  type IpVsConnEntries,
  type IpVsConnEntry,
  type IpVsConnSyncEntries,
  type IpVsConnSyncEntry,
  parseIpVsConn,
  parseIpVsConnSync,
} from "./ip-vs-conn.ts";
export {
  type IpVsCounters,
  type IpVsCpuCounters,
  type IpVsRates,
  type IpVsStats,
  type IpVsStatsPercpu,
  parseIpVsStats,
  parseIpVsStatsPercpu,
} from "./ip-vs-stats.ts";
export { type IpVsStatusEntries, type IpVsStatusEntry, parseIpVsStatus } from "./ip-vs-status.ts";
export { type Ip6Flowlabel, type Ip6FlowlabelRows, parseIp6Flowlabel } from "./ip6-flowlabel.ts";
export { type IptClusterip, parseIptClusterip } from "./ipt-clusterip.ts";
export { type IptHashlimitEntries, type IptHashlimitEntry, parseIptHashlimit } from "./ipt-hashlimit.ts";
export { type Ipv6Route, type Ipv6RouteRows, parseIpv6Route } from "./ipv6-route.ts";
export { type KcmEntries, type KcmEntry, parseKcm } from "./kcm.ts";
export { type KcmStats, parseKcmStats } from "./kcm-stats.ts";
export { type LlcCore, type LlcSocket, parseLlcCore, parseLlcSocket } from "./llc.ts";
export { type Mcfilter, type McfilterRows, parseMcfilter, parseMcfilter6 } from "./mcfilter.ts";
export type { Counters } from "./mib.ts";
export { type NetlinkNetEntries, type NetlinkNetEntry, parseNetlink } from "./netlink.ts";
export { type NrEntry, type NrNeigh, type NrNode, parseNr, parseNrNeigh, parseNrNodes } from "./netrom.ts";
export { type IpExtMib, type Netstat, parseNetstat } from "./netstat.ts";
export type { MPTcpExtMib } from "./netstat-mptcp-ext.ts";
export type { TcpExtMib } from "./netstat-tcp-ext.ts";
export { type NfConntrackEntries, type NfConntrackEntry, parseIpConntrack, parseNfConntrack } from "./nf-conntrack.ts";
export {
  type NfConntrackExpectEntries,
  type NfConntrackExpectEntry,
  parseNfConntrackExpect,
} from "./nf-conntrack-expect.ts";
export type { NfConntrackTuple } from "./nf-conntrack-tuple.ts";
export { type NfLogEntries, type NfLogEntry, parseNfLog } from "./nf-log.ts";
export { type NfnetlinkLogEntries, type NfnetlinkLogEntry, parseNfnetlinkLog } from "./nfnetlink-log.ts";
export { type NfnetlinkQueueEntries, type NfnetlinkQueueEntry, parseNfnetlinkQueue } from "./nfnetlink-queue.ts";
export {
  type NfsfsServer,
  type NfsfsServersEntries,
  type NfsfsServersEntry,
  parseNfsfsServers,
} from "./nfsfs-servers.ts";
export { type NfsfsVolumesEntries, type NfsfsVolumesEntry, parseNfsfsVolumes } from "./nfsfs-volumes.ts";
export { type NtpServers, parseNtpServers } from "./ntp-servers.ts";
export type { BigIntOptions, Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "./options.ts";
export { type PacketNetEntries, type PacketNetEntry, parsePacket } from "./packet.ts";
export { type PfkeyEntries, type PfkeyEntry, parsePfkey } from "./pfkey.ts";
export {
  type PhonetEntries,
  type PhonetEntry,
  type PnresourceEntries,
  type PnresourceEntry,
  parsePhonet,
  parsePnresource,
} from "./phonet.ts";
export { parsePktgen } from "./pktgen.ts";
export { type Pnp, parsePnp } from "./pnp.ts";
export { type Pppoe, type PppoeRows, parsePppoe } from "./pppoe.ts";
export {
  type Pppol2tp,
  type Pppol2tpCounters,
  type Pppol2tpRows,
  type Pppol2tpSession,
  parsePppol2tp,
} from "./pppol2tp.ts";
export { type ProcessStat, parseProcessStat } from "./process-stat.ts";
export { type ProgramClues, programOf } from "./program.ts";
export { type ProtocolEntries, type ProtocolEntry, type ProtocolMethods, parseProtocols } from "./protocols.ts";
export { type Psched, parsePsched } from "./psched.ts";
export { type PtypeEntries, type PtypeEntry, parsePtype } from "./ptype.ts";
export { parseRaw, parseRaw6, type RawNetEntries, type RawNetEntry } from "./raw.ts";
export {
  parseRose,
  parseRoseNeigh,
  parseRoseNodes,
  parseRoseRoutes,
  type RoseEntry,
  type RoseNeigh,
  type RoseNode,
  type RoseRoute,
  type RoseRouteEnd,
} from "./rose.ts";
export { parseRoute, type RouteEntries, type RouteEntry } from "./route.ts";
export { parseRpcContent, type RpcContentEntries, type RpcContentEntry } from "./rpc-content.ts";
export { parseRpcNfs, type RpcNfs } from "./rpc-nfs.ts";
export { parseRpcNfsd, type RpcNfsd } from "./rpc-nfsd.ts";
export { type GssKrb5Enctypes, parseGssKrb5Enctypes, parseRpcFlush, parseRpcUseGssProxy } from "./rpc-values.ts";
export { parseRtAcct, type RtAcct, type RtAcctClasses } from "./rt-acct.ts";
export { parseRtCache, type RtCache, type RtCacheRows } from "./rt-cache.ts";
export { parseRt6Stats, type Rt6Stats } from "./rt6-stats.ts";
export { parseRxrpcBundles, type RxrpcBundlesEntries, type RxrpcBundlesEntry } from "./rxrpc-bundles.ts";
export { parseRxrpcCalls, type RxrpcCallsEntries, type RxrpcCallsEntry } from "./rxrpc-calls.ts";
export { parseRxrpcConns, type RxrpcConnsEntries, type RxrpcConnsEntry } from "./rxrpc-conns.ts";
export { parseRxrpcLocals, type RxrpcLocalsEntries, type RxrpcLocalsEntry } from "./rxrpc-locals.ts";
export { parseRxrpcPeers, type RxrpcPeersEntries, type RxrpcPeersEntry } from "./rxrpc-peers.ts";
export { parseRxrpcStats, type RxrpcStats, type RxrpcStatsGroup } from "./rxrpc-stats.ts";
export { parseSctpAssocs, type SctpAssocsEntries, type SctpAssocsEntry } from "./sctp-assocs.ts";
export { parseSctpDbgObjcnt, type SctpDbgObjcnt } from "./sctp-dbg-objcnt.ts";
export { parseSctpEps, type SctpEpsEntries, type SctpEpsEntry } from "./sctp-eps.ts";
export { parseSctpRemaddr, type SctpRemaddrEntries, type SctpRemaddrEntry } from "./sctp-remaddr.ts";
export { parseSctpSnmp, type SctpSnmp } from "./sctp-snmp.ts";
export { type IcmpMib, type IpMib, parseSnmp, type Snmp, type TcpMib, type UdpMib } from "./snmp.ts";
export { parseSnmp6, type Snmp6 } from "./snmp6.ts";
export {
  type FragSockstat,
  type InuseSockstat,
  parseSockstat,
  parseSockstat6,
  type Sockstat,
  type Sockstat6,
  type TcpSockstat,
  type UdpSockstat,
} from "./sockstat.ts";
export { parseSoftnetStat, type SoftnetStat, type SoftnetStats } from "./softnet-stat.ts";
export { parseStatArpCache, type StatArpCache, type StatArpCaches } from "./stat-arp-cache.ts";
export { parseStatNfConntrack, type StatNfConntrack, type StatNfConntracks } from "./stat-nf-conntrack.ts";
export { parseStatNfFlowtable, type StatNfFlowtable, type StatNfFlowtables } from "./stat-nf-flowtable.ts";
export { parseStatRtCache, type StatRtCache, type StatRtCaches } from "./stat-rt-cache.ts";
export { parseStatSynproxy, type StatSynproxies, type StatSynproxy } from "./stat-synproxy.ts";
export { parseTcp, parseTcp6, type TcpNetEntries, type TcpNetEntry } from "./tcp.ts";
export { parseTlsStat, type TlsStat } from "./tls-stat.ts";
export { parseUdp, parseUdp6, type UdpNetEntries, type UdpNetEntry } from "./udp.ts";
export { parseUdplite, parseUdplite6, type UdpliteNetEntries, type UdpliteNetEntry } from "./udplite.ts";
export { parseUnix, type UnixNetEntries, type UnixNetEntry, type UnixOptions, type UnixWhere } from "./unix.ts";
export { parseVlan, type Vlan, type VlanPriority } from "./vlan.ts";
export { parseVlanConfig, type VlanConfig, type VlanConfigRows } from "./vlan-config.ts";
export { parseWireless, type Wireless, type WirelessRows } from "./wireless.ts";
export {
  parseX25Forward,
  parseX25Route,
  parseX25Socket,
  type X25Forward,
  type X25Route,
  type X25Socket,
} from "./x25.ts";
export { parseXfrmStat, type XfrmStat } from "./xfrm-stat.ts";
export { parseXtRecent, type XtRecentEntries, type XtRecentEntry } from "./xt-recent.ts";
export { parseYam, type YamPort, type YamPorts } from "./yam.ts";
