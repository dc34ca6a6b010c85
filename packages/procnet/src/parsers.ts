export { type AfsAddrPrefsEntries, type AfsAddrPrefsEntry, parseAfsAddrPrefs } from "./files/afs/afs-addr-prefs.ts";
export { type AfsCellsEntries, type AfsCellsEntry, parseAfsCells } from "./files/afs/afs-cells.ts";
export { parseAfsRootcell, parseAfsSysname } from "./files/afs/afs-names.ts";
export {
  type AfsServerAddress,
  type AfsServersEntries,
  type AfsServersEntry,
  parseAfsServers,
} from "./files/afs/afs-servers.ts";
export { type AfsStats, type AfsStatsGroup, parseAfsStats } from "./files/afs/afs-stats.ts";
export {
  type AfsVlserver,
  type AfsVlserverAddress,
  type AfsVlservers,
  parseAfsVlservers,
} from "./files/afs/afs-vlservers.ts";
export { type AfsVolumesEntries, type AfsVolumesEntry, parseAfsVolumes } from "./files/afs/afs-volumes.ts";
export { parseRxrpcBundles, type RxrpcBundlesEntries, type RxrpcBundlesEntry } from "./files/afs/rxrpc-bundles.ts";
export { parseRxrpcCalls, type RxrpcCallsEntries, type RxrpcCallsEntry } from "./files/afs/rxrpc-calls.ts";
export { parseRxrpcConns, type RxrpcConnsEntries, type RxrpcConnsEntry } from "./files/afs/rxrpc-conns.ts";
export { parseRxrpcLocals, type RxrpcLocalsEntries, type RxrpcLocalsEntry } from "./files/afs/rxrpc-locals.ts";
export { parseRxrpcPeers, type RxrpcPeersEntries, type RxrpcPeersEntry } from "./files/afs/rxrpc-peers.ts";
export { parseRxrpcStats, type RxrpcStats, type RxrpcStatsGroup } from "./files/afs/rxrpc-stats.ts";
export { type CanBcm, type CanBcmOp, type CanBcmRxOp, type CanBcmTxOp, parseCanBcm } from "./files/can/can-bcm.ts";
export { type CanRcvlistEntries, type CanRcvlistEntry, parseCanRcvlist } from "./files/can/can-rcvlist.ts";
export { type CanStats, parseCanStats } from "./files/can/can-stats.ts";
export { type DevSnmp6, parseDevSnmp6 } from "./files/counters/dev-snmp6.ts";
export { type IpExtMib, type Netstat, parseNetstat } from "./files/counters/netstat.ts";
export type { MPTcpExtMib } from "./files/counters/netstat-mptcp-ext.ts";
export type { TcpExtMib } from "./files/counters/netstat-tcp-ext.ts";
export { type IcmpMib, type IpMib, parseSnmp, type Snmp, type TcpMib, type UdpMib } from "./files/counters/snmp.ts";
export { parseSnmp6, type Snmp6 } from "./files/counters/snmp6.ts";
export {
  type FragSockstat,
  type InuseSockstat,
  parseSockstat,
  parseSockstat6,
  type Sockstat,
  type Sockstat6,
  type TcpSockstat,
  type UdpSockstat,
} from "./files/counters/sockstat.ts";
export { parseSoftnetStat, type SoftnetStat, type SoftnetStats } from "./files/counters/softnet-stat.ts";
export { parseStatArpCache, type StatArpCache, type StatArpCaches } from "./files/counters/stat-arp-cache.ts";
export {
  parseStatNfConntrack,
  type StatNfConntrack,
  type StatNfConntracks,
} from "./files/counters/stat-nf-conntrack.ts";
export {
  parseStatNfFlowtable,
  type StatNfFlowtable,
  type StatNfFlowtables,
} from "./files/counters/stat-nf-flowtable.ts";
export { parseStatRtCache, type StatRtCache, type StatRtCaches } from "./files/counters/stat-rt-cache.ts";
export { parseStatSynproxy, type StatSynproxies, type StatSynproxy } from "./files/counters/stat-synproxy.ts";
export { parseTlsStat, type TlsStat } from "./files/counters/tls-stat.ts";
export { parseXfrmStat, type XfrmStat } from "./files/counters/xfrm-stat.ts";
export {
  type Bonding,
  type BondingAggregator,
  type BondingLacp,
  type BondingPort,
  type BondingSlave,
  parseBonding,
} from "./files/devices/bonding.ts";
export { type Connector, type ConnectorRows, parseConnector } from "./files/devices/connector.ts";
export { type DeviceStatus, type InterfaceDeviceStatus, parseDev } from "./files/devices/dev.ts";
export { type DevMcast, type DevMcastRows, parseDevMcast } from "./files/devices/dev-mcast.ts";
export { type IfInet6, type IfInet6Rows, parseIfInet6 } from "./files/devices/if-inet6.ts";
export { type NtpServers, parseNtpServers } from "./files/devices/ntp-servers.ts";
export { parsePktgen } from "./files/devices/pktgen.ts";
export { type Pnp, parsePnp } from "./files/devices/pnp.ts";
export { type Pppoe, type PppoeRows, parsePppoe } from "./files/devices/pppoe.ts";
export {
  type Pppol2tp,
  type Pppol2tpCounters,
  type Pppol2tpRows,
  type Pppol2tpSession,
  parsePppol2tp,
} from "./files/devices/pppol2tp.ts";
export { type Psched, parsePsched } from "./files/devices/psched.ts";
export { parseVlan, type Vlan, type VlanPriority } from "./files/devices/vlan.ts";
export { parseVlanConfig, type VlanConfig, type VlanConfigRows } from "./files/devices/vlan-config.ts";
export { parseWireless, type Wireless, type WirelessRows } from "./files/devices/wireless.ts";
export {
  type AtalkArp,
  type AtalkInterface,
  type AtalkRoute,
  type AtalkSocket,
  parseAtalkArp,
  parseAtalkInterface,
  parseAtalkRoute,
  parseAtalkSocket,
} from "./files/families/atalk.ts";
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
} from "./files/families/atm.ts";
export { type AtmBr2684, type AtmBr2684Vcc, parseAtmBr2684 } from "./files/families/atm-br2684.ts";
export {
  type Ax25Calls,
  type Ax25Entry,
  type Ax25Route,
  parseAx25,
  parseAx25Calls,
  parseAx25Route,
} from "./files/families/ax25.ts";
export { type BluetoothEntries, type BluetoothEntry, parseBluetooth } from "./files/families/bluetooth.ts";
export { type BpqetherEntries, type BpqetherEntry, parseBpqether } from "./files/families/bpqether.ts";
export { type KcmEntries, type KcmEntry, parseKcm } from "./files/families/kcm.ts";
export { type KcmStats, parseKcmStats } from "./files/families/kcm-stats.ts";
export { type LlcCore, type LlcSocket, parseLlcCore, parseLlcSocket } from "./files/families/llc.ts";
export {
  type NrEntry,
  type NrNeigh,
  type NrNode,
  parseNr,
  parseNrNeigh,
  parseNrNodes,
} from "./files/families/netrom.ts";
export { type PfkeyEntries, type PfkeyEntry, parsePfkey } from "./files/families/pfkey.ts";
export {
  type PhonetEntries,
  type PhonetEntry,
  type PnresourceEntries,
  type PnresourceEntry,
  parsePhonet,
  parsePnresource,
} from "./files/families/phonet.ts";
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
} from "./files/families/rose.ts";
export {
  parseX25Forward,
  parseX25Route,
  parseX25Socket,
  type X25Forward,
  type X25Route,
  type X25Socket,
} from "./files/families/x25.ts";
export { parseYam, type YamPort, type YamPorts } from "./files/families/yam.ts";
export { type IpTablesNames, parseIpTablesNames } from "./files/netfilter/ip-tables-names.ts";
export { type IpVs, type IpVsDestination, type IpVsService, parseIpVs } from "./files/netfilter/ip-vs.ts";
export { type IpVsAppEntries, type IpVsAppEntry, parseIpVsApp } from "./files/netfilter/ip-vs-app.ts";
export {
  type IpVsConnEntries,
  type IpVsConnEntry,
  type IpVsConnSyncEntries,
  type IpVsConnSyncEntry,
  parseIpVsConn,
  parseIpVsConnSync,
} from "./files/netfilter/ip-vs-conn.ts";
export {
  type IpVsCounters,
  type IpVsCpuCounters,
  type IpVsRates,
  type IpVsStats,
  type IpVsStatsPercpu,
  parseIpVsStats,
  parseIpVsStatsPercpu,
} from "./files/netfilter/ip-vs-stats.ts";
export { type IpVsStatusEntries, type IpVsStatusEntry, parseIpVsStatus } from "./files/netfilter/ip-vs-status.ts";
export { type IptClusterip, parseIptClusterip } from "./files/netfilter/ipt-clusterip.ts";
export {
  type IptHashlimitEntries,
  type IptHashlimitEntry,
  parseIptHashlimit,
} from "./files/netfilter/ipt-hashlimit.ts";
export {
  type NfConntrackEntries,
  type NfConntrackEntry,
  parseIpConntrack,
  parseNfConntrack,
} from "./files/netfilter/nf-conntrack.ts";
export {
  type NfConntrackExpectEntries,
  type NfConntrackExpectEntry,
  parseNfConntrackExpect,
} from "./files/netfilter/nf-conntrack-expect.ts";
export type { NfConntrackTuple } from "./files/netfilter/nf-conntrack-tuple.ts";
export { type NfLogEntries, type NfLogEntry, parseNfLog } from "./files/netfilter/nf-log.ts";
export {
  type NfnetlinkLogEntries,
  type NfnetlinkLogEntry,
  parseNfnetlinkLog,
} from "./files/netfilter/nfnetlink-log.ts";
export {
  type NfnetlinkQueueEntries,
  type NfnetlinkQueueEntry,
  parseNfnetlinkQueue,
} from "./files/netfilter/nfnetlink-queue.ts";
export { parseXtRecent, type XtRecentEntries, type XtRecentEntry } from "./files/netfilter/xt-recent.ts";
export { type Anycast6, type Anycast6Rows, parseAnycast6 } from "./files/routes/anycast6.ts";
export { type ArpEntries, type ArpEntry, parseArp } from "./files/routes/arp.ts";
export {
  type FibTrie,
  type FibTrieNode,
  type FibTrieRoute,
  type FibTrieRows,
  localAddresses,
  parseFibTrie,
} from "./files/routes/fib-trie.ts";
export {
  type FibNodeSize,
  type FibTrieCounters,
  type FibTriestat,
  type FibTriestatRows,
  parseFibTriestat,
} from "./files/routes/fib-triestat.ts";
export { type Igmp, type IgmpRows, parseIgmp } from "./files/routes/igmp.ts";
export { type Igmp6, type Igmp6Rows, parseIgmp6 } from "./files/routes/igmp6.ts";
export {
  type IpMrCache,
  type IpMrCacheRows,
  type MrOutput,
  parseIp6MrCache,
  parseIpMrCache,
} from "./files/routes/ip-mr-cache.ts";
export {
  type Ip6MrVif,
  type Ip6MrVifRows,
  type IpMrVif,
  type IpMrVifRows,
  parseIp6MrVif,
  parseIpMrVif,
} from "./files/routes/ip-mr-vif.ts";
export { type Ip6Flowlabel, type Ip6FlowlabelRows, parseIp6Flowlabel } from "./files/routes/ip6-flowlabel.ts";
export { type Ipv6Route, type Ipv6RouteRows, parseIpv6Route } from "./files/routes/ipv6-route.ts";
export { type Mcfilter, type McfilterRows, parseMcfilter, parseMcfilter6 } from "./files/routes/mcfilter.ts";
export { parseRoute, type RouteEntries, type RouteEntry } from "./files/routes/route.ts";
export { parseRtAcct, type RtAcct, type RtAcctClasses } from "./files/routes/rt-acct.ts";
export { parseRtCache, type RtCache, type RtCacheRows } from "./files/routes/rt-cache.ts";
export { parseRt6Stats, type Rt6Stats } from "./files/routes/rt6-stats.ts";
export {
  type NfsfsServer,
  type NfsfsServersEntries,
  type NfsfsServersEntry,
  parseNfsfsServers,
} from "./files/rpc/nfsfs-servers.ts";
export { type NfsfsVolumesEntries, type NfsfsVolumesEntry, parseNfsfsVolumes } from "./files/rpc/nfsfs-volumes.ts";
export { parseRpcContent, type RpcContentEntries, type RpcContentEntry } from "./files/rpc/rpc-content.ts";
export { parseRpcNfs, type RpcNfs } from "./files/rpc/rpc-nfs.ts";
export { parseRpcNfsd, type RpcNfsd } from "./files/rpc/rpc-nfsd.ts";
export {
  type GssKrb5Enctypes,
  parseGssKrb5Enctypes,
  parseRpcFlush,
  parseRpcUseGssProxy,
} from "./files/rpc/rpc-values.ts";
export { parseSctpAssocs, type SctpAssocsEntries, type SctpAssocsEntry } from "./files/sctp/sctp-assocs.ts";
export { parseSctpDbgObjcnt, type SctpDbgObjcnt } from "./files/sctp/sctp-dbg-objcnt.ts";
export { parseSctpEps, type SctpEpsEntries, type SctpEpsEntry } from "./files/sctp/sctp-eps.ts";
export { parseSctpRemaddr, type SctpRemaddrEntries, type SctpRemaddrEntry } from "./files/sctp/sctp-remaddr.ts";
export { parseSctpSnmp, type SctpSnmp } from "./files/sctp/sctp-snmp.ts";
export { type IcmpNetEntries, type IcmpNetEntry, parseIcmp, parseIcmp6 } from "./files/sockets/inet/icmp.ts";
export type { InetSocketEntry, InetWhere } from "./files/sockets/inet/inet-row.ts";
export type { InetOptions } from "./files/sockets/inet/inet-scanner.ts";
export { parseRaw, parseRaw6, type RawNetEntries, type RawNetEntry } from "./files/sockets/inet/raw.ts";
export { parseTcp, parseTcp6, type TcpNetEntries, type TcpNetEntry } from "./files/sockets/inet/tcp.ts";
export { parseUdp, parseUdp6, type UdpNetEntries, type UdpNetEntry } from "./files/sockets/inet/udp.ts";
export {
  parseUdplite,
  parseUdplite6,
  type UdpliteNetEntries,
  type UdpliteNetEntry,
} from "./files/sockets/inet/udplite.ts";
export { type NetlinkNetEntries, type NetlinkNetEntry, parseNetlink } from "./files/sockets/netlink.ts";
export { type PacketNetEntries, type PacketNetEntry, parsePacket } from "./files/sockets/packet.ts";
export {
  type ProtocolEntries,
  type ProtocolEntry,
  type ProtocolMethods,
  parseProtocols,
} from "./files/sockets/protocols.ts";
export { type PtypeEntries, type PtypeEntry, parsePtype } from "./files/sockets/ptype.ts";
export {
  parseUnix,
  type UnixNetEntries,
  type UnixNetEntry,
  type UnixOptions,
  type UnixWhere,
} from "./files/sockets/unix/unix.ts";
export type { Counters } from "./form/mib.ts";
export type { BigIntOptions, Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "./form/options.ts";
export { type CgroupEntry, parseCgroup } from "./process/cgroup.ts";
export { type ContainerRef, type Placement, placementOf } from "./process/container.ts";
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
} from "./process/fd-target.ts";
export { type ProcessStat, parseProcessStat } from "./process/process-stat.ts";
export { type ProgramClues, programOf } from "./process/program.ts";
