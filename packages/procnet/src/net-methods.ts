// Written by `npm run lists` from the lists of the folders.
import type { OptionsBy, ResultBy } from "./catalogue.ts";
import type { ExactOptions, NumberOptions } from "./form/options.ts";

/** A method for each table of one file. Those that stand for the files of a directory have none: they are read by name. */
export interface TableMethods {
  /** Rows of `/proc/net/afs/addr_prefs`. */
  afsAddrPrefs(options?: OptionsBy<"afsAddrPrefs">): ResultBy<"afsAddrPrefs">;
  /** Rows of `/proc/net/afs/cells`. */
  afsCells(options?: OptionsBy<"afsCells">): ResultBy<"afsCells">;
  /** The file `/proc/net/afs/rootcell`. */
  afsRootcell(options?: OptionsBy<"afsRootcell">): ResultBy<"afsRootcell">;
  /** The file `/proc/net/afs/sysname`. */
  afsSysname(options?: OptionsBy<"afsSysname">): ResultBy<"afsSysname">;
  /** Blocks of `/proc/net/afs/servers`. */
  afsServers(options?: OptionsBy<"afsServers">): ResultBy<"afsServers">;
  /** Counters of `/proc/net/afs/stats` by the kernel's groups: `dir-mgmt`, `dir-data`, `dir-edit`, `file-rd`, `file-wr`. */
  afsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"afsStats", Exact>;
  /** With counters as numbers. */
  afsStats(options?: NumberOptions): ResultBy<"afsStats">;
  /** Rows of `/proc/net/rxrpc/bundles`. */
  rxrpcBundles(options?: OptionsBy<"rxrpcBundles">): ResultBy<"rxrpcBundles">;
  /** Rows of `/proc/net/rxrpc_calls`. */
  oldRxrpcCalls(options?: OptionsBy<"oldRxrpcCalls">): ResultBy<"oldRxrpcCalls">;
  /** Rows of `/proc/net/rxrpc/calls`. */
  rxrpcCalls(options?: OptionsBy<"rxrpcCalls">): ResultBy<"rxrpcCalls">;
  /** Rows of `/proc/net/rxrpc_conns`. */
  oldRxrpcConns(options?: OptionsBy<"oldRxrpcConns">): ResultBy<"oldRxrpcConns">;
  /** Rows of `/proc/net/rxrpc/conns`. */
  rxrpcConns(options?: OptionsBy<"rxrpcConns">): ResultBy<"rxrpcConns">;
  /** Rows of `/proc/net/rxrpc/locals`. */
  rxrpcLocals(options?: OptionsBy<"rxrpcLocals">): ResultBy<"rxrpcLocals">;
  /** Rows of `/proc/net/rxrpc/peers`. */
  rxrpcPeers(options?: OptionsBy<"rxrpcPeers">): ResultBy<"rxrpcPeers">;
  /** Counters of `/proc/net/rxrpc/stats` by the kernel's groups: `Data`, `Ack-Tx`, ... */
  rxrpcStats(options?: OptionsBy<"rxrpcStats">): ResultBy<"rxrpcStats">;
  /** Filters of CAN sockets and modules that take every frame: rows of `/proc/net/can/rcvlist_all`. */
  canRcvlistAll<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistAll", Exact>;
  /** With counters as numbers. */
  canRcvlistAll(options?: NumberOptions): ResultBy<"canRcvlistAll">;
  /** Filters of CAN sockets and modules for one extended id: rows of `/proc/net/can/rcvlist_eff`. */
  canRcvlistEff<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistEff", Exact>;
  /** With counters as numbers. */
  canRcvlistEff(options?: NumberOptions): ResultBy<"canRcvlistEff">;
  /** Filters of CAN sockets and modules for error frames: rows of `/proc/net/can/rcvlist_err`. */
  canRcvlistErr<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistErr", Exact>;
  /** With counters as numbers. */
  canRcvlistErr(options?: NumberOptions): ResultBy<"canRcvlistErr">;
  /** Filters of CAN sockets and modules by id and mask: rows of `/proc/net/can/rcvlist_fil`. */
  canRcvlistFil<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistFil", Exact>;
  /** With counters as numbers. */
  canRcvlistFil(options?: NumberOptions): ResultBy<"canRcvlistFil">;
  /** Filters of CAN sockets and modules by id and mask, inverted: rows of `/proc/net/can/rcvlist_inv`. */
  canRcvlistInv<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistInv", Exact>;
  /** With counters as numbers. */
  canRcvlistInv(options?: NumberOptions): ResultBy<"canRcvlistInv">;
  /** Filters of CAN sockets and modules for one standard id: rows of `/proc/net/can/rcvlist_sff`. */
  canRcvlistSff<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canRcvlistSff", Exact>;
  /** With counters as numbers. */
  canRcvlistSff(options?: NumberOptions): ResultBy<"canRcvlistSff">;
  /** Statistics of CAN in a namespace by the kernel's abbreviations: `/proc/net/can/stats`. */
  canStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"canStats", Exact>;
  /** With counters as numbers. */
  canStats(options?: NumberOptions): ResultBy<"canStats">;
  /** What resetting the CAN statistics says, which reading it does: `/proc/net/can/reset_stats`. */
  canResetStats(options?: OptionsBy<"canResetStats">): ResultBy<"canResetStats">;
  /** Version of the CAN core, as text: `/proc/net/can/version`. Up to Linux 5.9. */
  canVersion(options?: OptionsBy<"canVersion">): ResultBy<"canVersion">;
  /** Counters of `/proc/net/netstat` by protocol, then by the kernel's own name, those this version does not know too. */
  netstat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"netstat", Exact>;
  /** With counters as numbers. */
  netstat(options?: NumberOptions): ResultBy<"netstat">;
  /** Counters of `/proc/net/snmp` by protocol, then by the kernel's own name. */
  snmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"snmp", Exact>;
  /** With counters as numbers. */
  snmp(options?: NumberOptions): ResultBy<"snmp">;
  /** Counters of `/proc/net/snmp6` by protocol, then by the kernel's own name without the protocol. */
  snmp6<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"snmp6", Exact>;
  /** With counters as numbers. */
  snmp6(options?: NumberOptions): ResultBy<"snmp6">;
  /** Numbers of `/proc/net/sockstat` by the kernel's key and name. */
  sockstat(options?: OptionsBy<"sockstat">): ResultBy<"sockstat">;
  /** Numbers of `/proc/net/sockstat6`, all of this namespace. */
  sockstat6(options?: OptionsBy<"sockstat6">): ResultBy<"sockstat6">;
  /** What each online CPU did with received packets: rows of `/proc/net/softnet_stat`. */
  softnetStat(options?: OptionsBy<"softnetStat">): ResultBy<"softnetStat">;
  /** What each CPU did for the table of IPv4 neighbours, counted since boot: rows of `/proc/net/stat/arp_cache`. */
  statArpCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"statArpCache", Exact>;
  /** With counters as numbers. */
  statArpCache(options?: NumberOptions): ResultBy<"statArpCache">;
  /** What each CPU did for the neighbours of IP over ATM, counted since boot: rows of `/proc/net/stat/clip_arp_cache`. */
  statClipArpCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"statClipArpCache", Exact>;
  /** With counters as numbers. */
  statClipArpCache(options?: NumberOptions): ResultBy<"statClipArpCache">;
  /** What each CPU did for the table of IPv6 neighbours, counted since boot: rows of `/proc/net/stat/ndisc_cache`. */
  statNdiscCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"statNdiscCache", Exact>;
  /** With counters as numbers. */
  statNdiscCache(options?: NumberOptions): ResultBy<"statNdiscCache">;
  /** Rows of `/proc/net/stat/ip_conntrack`, one for each possible CPU in their order. */
  statIpConntrack(options?: OptionsBy<"statIpConntrack">): ResultBy<"statIpConntrack">;
  /** Rows of `/proc/net/stat/nf_conntrack`, one for each possible CPU in their order. */
  statNfConntrack(options?: OptionsBy<"statNfConntrack">): ResultBy<"statNfConntrack">;
  /** Rows of `/proc/net/stat/nf_flowtable`, one for each possible CPU in their order. */
  statNfFlowtable(options?: OptionsBy<"statNfFlowtable">): ResultBy<"statNfFlowtable">;
  /** Rows of `/proc/net/stat/rt_cache`, one for each possible CPU in their order. */
  statRtCache(options?: OptionsBy<"statRtCache">): ResultBy<"statRtCache">;
  /** Rows of `/proc/net/stat/synproxy`, one for each possible CPU in their order. */
  statSynproxy(options?: OptionsBy<"statSynproxy">): ResultBy<"statSynproxy">;
  /** `/proc/net/tls_stat`: counters of TLS in the kernel by the kernel's own names. */
  tlsStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"tlsStat", Exact>;
  /** With counters as numbers. */
  tlsStat(options?: NumberOptions): ResultBy<"tlsStat">;
  /** `/proc/net/xfrm_stat`: packets that IPsec dropped, by reason and the kernel's own names. */
  xfrmStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"xfrmStat", Exact>;
  /** With counters as numbers. */
  xfrmStat(options?: NumberOptions): ResultBy<"xfrmStat">;
  /** Rows of `/proc/net/connector`. */
  connector(options?: OptionsBy<"connector">): ResultBy<"connector">;
  /** Counters of an interface since it was made: a row of `/proc/net/dev`. */
  dev<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"dev", Exact>;
  /** With counters as numbers. */
  dev(options?: NumberOptions): ResultBy<"dev">;
  /** Rows of `/proc/net/dev_mcast`, by interface. */
  devMcast(options?: OptionsBy<"devMcast">): ResultBy<"devMcast">;
  /** Addresses of IPv6: rows of `/proc/net/if_inet6`, in no useful order. */
  ifInet6(options?: OptionsBy<"ifInet6">): ResultBy<"ifInet6">;
  /** Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot. */
  ipconfigNtpServers(options?: OptionsBy<"ipconfigNtpServers">): ResultBy<"ipconfigNtpServers">;
  /** What the kernel learnt when it configured its network by itself at boot: `/proc/net/pnp`. */
  pnp(options?: OptionsBy<"pnp">): ResultBy<"pnp">;
  /** Sockets of PPP over Ethernet: rows of `/proc/net/pppoe`. */
  pppoe(options?: OptionsBy<"pppoe">): ResultBy<"pppoe">;
  /** `/proc/net/pppol2tp`: an L2TP tunnel with its sessions. */
  pppol2tp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"pppol2tp", Exact>;
  /** With counters as numbers. */
  pppol2tp(options?: NumberOptions): ResultBy<"pppol2tp">;
  /** Units of time of the packet scheduler: `/proc/net/psched`. */
  psched(options?: OptionsBy<"psched">): ResultBy<"psched">;
  /** VLAN devices with their ids: rows of `/proc/net/vlan/config`. */
  vlanConfig(options?: OptionsBy<"vlanConfig">): ResultBy<"vlanConfig">;
  /** Quality of wireless links: rows of `/proc/net/wireless`. */
  wireless(options?: OptionsBy<"wireless">): ResultBy<"wireless">;
  /** A neighbour of AppleTalk: a row of `/proc/net/atalk/arp`. */
  atalkArp(options?: OptionsBy<"atalkArp">): ResultBy<"atalkArp">;
  /** An interface that speaks AppleTalk: a row of `/proc/net/atalk/interface`. */
  atalkInterface(options?: OptionsBy<"atalkInterface">): ResultBy<"atalkInterface">;
  /** A route of AppleTalk: a row of `/proc/net/atalk/route`. */
  atalkRoute(options?: OptionsBy<"atalkRoute">): ResultBy<"atalkRoute">;
  /** A socket of AppleTalk: a row of `/proc/net/atalk/socket`. */
  atalkSocket(options?: OptionsBy<"atalkSocket">): ResultBy<"atalkSocket">;
  /** An ATM device: a row of `/proc/net/atm/devices`. */
  atmDevices(options?: OptionsBy<"atmDevices">): ResultBy<"atmDevices">;
  /** A permanent virtual circuit: a row of `/proc/net/atm/pvc`. */
  atmPvc(options?: OptionsBy<"atmPvc">): ResultBy<"atmPvc">;
  /** A switched virtual circuit: a row of `/proc/net/atm/svc`, Linux before 7.1. */
  atmSvc(options?: OptionsBy<"atmSvc">): ResultBy<"atmSvc">;
  /** A virtual circuit of any kind: a row of `/proc/net/atm/vc`. */
  atmVc(options?: OptionsBy<"atmVc">): ResultBy<"atmVc">;
  /** `/proc/net/atm/br2684`: an Ethernet over ATM (RFC 2684) interface. */
  atmBr2684(options?: OptionsBy<"atmBr2684">): ResultBy<"atmBr2684">;
  /** A connection or listener of AX.25 (amateur radio): a row of `/proc/net/ax25`. */
  ax25(options?: OptionsBy<"ax25">): ResultBy<"ax25">;
  /** Call signs of users of AX.25: `/proc/net/ax25_calls`. */
  ax25Calls(options?: OptionsBy<"ax25Calls">): ResultBy<"ax25Calls">;
  /** A route of AX.25: a row of `/proc/net/ax25_route`. */
  ax25Route(options?: OptionsBy<"ax25Route">): ResultBy<"ax25Route">;
  /** BNEP sockets of Bluetooth: rows of `/proc/net/bnep`. */
  bnep(options?: OptionsBy<"bnep">): ResultBy<"bnep">;
  /** CMTP sockets of Bluetooth: rows of `/proc/net/cmtp`. */
  cmtp(options?: OptionsBy<"cmtp">): ResultBy<"cmtp">;
  /** HCI sockets of Bluetooth: rows of `/proc/net/hci`. */
  hci(options?: OptionsBy<"hci">): ResultBy<"hci">;
  /** HIDP sockets of Bluetooth: rows of `/proc/net/hidp`. */
  hidp(options?: OptionsBy<"hidp">): ResultBy<"hidp">;
  /** ISO sockets of Bluetooth: rows of `/proc/net/iso`. */
  iso(options?: OptionsBy<"iso">): ResultBy<"iso">;
  /** L2CAP sockets of Bluetooth: rows of `/proc/net/l2cap`. */
  l2cap(options?: OptionsBy<"l2cap">): ResultBy<"l2cap">;
  /** RFCOMM sockets of Bluetooth: rows of `/proc/net/rfcomm`. */
  rfcomm(options?: OptionsBy<"rfcomm">): ResultBy<"rfcomm">;
  /** SCO sockets of Bluetooth: rows of `/proc/net/sco`. */
  sco(options?: OptionsBy<"sco">): ResultBy<"sco">;
  /** Rows of `/proc/net/bpqether`. */
  bpqether(options?: OptionsBy<"bpqether">): ResultBy<"bpqether">;
  /** Addresses that classical IP over ATM knows, as text: `/proc/net/atm/arp`. */
  atmArp(options?: OptionsBy<"atmArp">): ResultBy<"atmArp">;
  /** LAN emulation clients, as text: `/proc/net/atm/lec`. */
  atmLec(options?: OptionsBy<"atmLec">): ResultBy<"atmLec">;
  /** MPOA clients, as text: `/proc/net/atm/mpc`. */
  atmMpc(options?: OptionsBy<"atmMpc">): ResultBy<"atmMpc">;
  /** The driver of Z8530 serial chips for packet radio, as text: `/proc/net/z8530drv`. */
  z8530drv(options?: OptionsBy<"z8530drv">): ResultBy<"z8530drv">;
  /** A kernel connection multiplexor or one of its sockets: a row of `/proc/net/kcm`. */
  kcm<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"kcm", Exact>;
  /** With counters as numbers. */
  kcm(options?: NumberOptions): ResultBy<"kcm">;
  /** Counters of `/proc/net/kcm_stats` by the kernel's names. */
  kcmStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"kcmStats", Exact>;
  /** With counters as numbers. */
  kcmStats(options?: NumberOptions): ResultBy<"kcmStats">;
  /** The state machine of a connection: a row of `/proc/net/llc/core`. */
  llcCore(options?: OptionsBy<"llcCore">): ResultBy<"llcCore">;
  /** A socket of the logical link control (IEEE 802.2): a row of `/proc/net/llc/socket`. */
  llcSocket(options?: OptionsBy<"llcSocket">): ResultBy<"llcSocket">;
  /** A NET/ROM circuit: a row of `/proc/net/nr`. */
  nr(options?: OptionsBy<"nr">): ResultBy<"nr">;
  /** A neighbour of NET/ROM: a row of `/proc/net/nr_neigh`. */
  nrNeigh(options?: OptionsBy<"nrNeigh">): ResultBy<"nrNeigh">;
  /** A node that can be reached by NET/ROM: a row of `/proc/net/nr_nodes`. */
  nrNodes(options?: OptionsBy<"nrNodes">): ResultBy<"nrNodes">;
  /** PF_KEY sockets: rows of `/proc/net/pfkey`. */
  pfkey(options?: OptionsBy<"pfkey">): ResultBy<"pfkey">;
  /** Rows of `/proc/net/phonet`. */
  phonet(options?: OptionsBy<"phonet">): ResultBy<"phonet">;
  /** Rows of `/proc/net/pnresource`. */
  pnresource(options?: OptionsBy<"pnresource">): ResultBy<"pnresource">;
  /** A ROSE circuit: a row of `/proc/net/rose`. */
  rose(options?: OptionsBy<"rose">): ResultBy<"rose">;
  /** A neighbour of ROSE: a row of `/proc/net/rose_neigh`. */
  roseNeigh(options?: OptionsBy<"roseNeigh">): ResultBy<"roseNeigh">;
  /** A node that can be reached by ROSE: a row of `/proc/net/rose_nodes`. */
  roseNodes(options?: OptionsBy<"roseNodes">): ResultBy<"roseNodes">;
  /** A circuit of ROSE that passes through: a row of `/proc/net/rose_routes`. */
  roseRoutes(options?: OptionsBy<"roseRoutes">): ResultBy<"roseRoutes">;
  /** A call that passes through: a row of `/proc/net/x25/forward`. */
  x25Forward(options?: OptionsBy<"x25Forward">): ResultBy<"x25Forward">;
  /** A route of X.25: a row of `/proc/net/x25/route`. */
  x25Route(options?: OptionsBy<"x25Route">): ResultBy<"x25Route">;
  /** A socket of X.25: a row of `/proc/net/x25/socket`. */
  x25Socket(options?: OptionsBy<"x25Socket">): ResultBy<"x25Socket">;
  /** Ports in `/proc/net/yam`. */
  yam(options?: OptionsBy<"yam">): ResultBy<"yam">;
  /** `/proc/net/arp_tables_matches`: names in the file's order. */
  arpTablesMatches(options?: OptionsBy<"arpTablesMatches">): ResultBy<"arpTablesMatches">;
  /** `/proc/net/arp_tables_names`: names in the file's order. */
  arpTablesNames(options?: OptionsBy<"arpTablesNames">): ResultBy<"arpTablesNames">;
  /** `/proc/net/arp_tables_targets`: names in the file's order. */
  arpTablesTargets(options?: OptionsBy<"arpTablesTargets">): ResultBy<"arpTablesTargets">;
  /** `/proc/net/ip6_tables_matches`: names in the file's order. */
  ip6TablesMatches(options?: OptionsBy<"ip6TablesMatches">): ResultBy<"ip6TablesMatches">;
  /** `/proc/net/ip6_tables_names`: names in the file's order. */
  ip6TablesNames(options?: OptionsBy<"ip6TablesNames">): ResultBy<"ip6TablesNames">;
  /** `/proc/net/ip6_tables_targets`: names in the file's order. */
  ip6TablesTargets(options?: OptionsBy<"ip6TablesTargets">): ResultBy<"ip6TablesTargets">;
  /** `/proc/net/ip_tables_matches`: names in the file's order. */
  ipTablesMatches(options?: OptionsBy<"ipTablesMatches">): ResultBy<"ipTablesMatches">;
  /** `/proc/net/ip_tables_names`: names in the file's order. */
  ipTablesNames(options?: OptionsBy<"ipTablesNames">): ResultBy<"ipTablesNames">;
  /** `/proc/net/ip_tables_targets`: names in the file's order. */
  ipTablesTargets(options?: OptionsBy<"ipTablesTargets">): ResultBy<"ipTablesTargets">;
  /** What `/proc/net/ip_vs` tells of the virtual servers of a namespace. */
  ipVs(options?: OptionsBy<"ipVs">): ResultBy<"ipVs">;
  /** Helpers of IPVS: rows of `/proc/net/ip_vs_app`. */
  ipVsApp(options?: OptionsBy<"ipVsApp">): ResultBy<"ipVsApp">;
  /** Connections of IPVS: rows of `/proc/net/ip_vs_conn`. */
  ipVsConn(options?: OptionsBy<"ipVsConn">): ResultBy<"ipVsConn">;
  /** Rows of `/proc/net/ip_vs_conn_sync`. */
  ipVsConnSync(options?: OptionsBy<"ipVsConnSync">): ResultBy<"ipVsConnSync">;
  /** Counters and rates of IPVS: `/proc/net/ip_vs_stats`. */
  ipVsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ipVsStats", Exact>;
  /** With counters as numbers. */
  ipVsStats(options?: NumberOptions): ResultBy<"ipVsStats">;
  /** Counters of IPVS for each CPU: `/proc/net/ip_vs_stats_percpu`. */
  ipVsStatsPercpu<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ipVsStatsPercpu", Exact>;
  /** With counters as numbers. */
  ipVsStatsPercpu(options?: NumberOptions): ResultBy<"ipVsStatsPercpu">;
  /** Lines of `/proc/net/ip_vs_status`. */
  ipVsStatus(options?: OptionsBy<"ipVsStatus">): ResultBy<"ipVsStatus">;
  /** A tracked connection: a row of `/proc/net/ip_conntrack`. */
  ipConntrack<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ipConntrack", Exact>;
  /** With counters as numbers. */
  ipConntrack(options?: NumberOptions): ResultBy<"ipConntrack">;
  /** A tracked connection: a row of `/proc/net/nf_conntrack`. */
  nfConntrack<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"nfConntrack", Exact>;
  /** With counters as numbers. */
  nfConntrack(options?: NumberOptions): ResultBy<"nfConntrack">;
  /** Connections that netfilter expects: rows of `/proc/net/ip_conntrack_expect`. */
  ipConntrackExpect(options?: OptionsBy<"ipConntrackExpect">): ResultBy<"ipConntrackExpect">;
  /** Connections that netfilter expects: rows of `/proc/net/nf_conntrack_expect`. */
  nfConntrackExpect(options?: OptionsBy<"nfConntrackExpect">): ResultBy<"nfConntrackExpect">;
  /** Loggers by protocol family: rows of `/proc/net/netfilter/nf_log`. */
  netfilterNfLog(options?: OptionsBy<"netfilterNfLog">): ResultBy<"netfilterNfLog">;
  /** Handlers of queued packets by protocol family: rows of `/proc/net/netfilter/nf_queue`. */
  netfilterNfQueue(options?: OptionsBy<"netfilterNfQueue">): ResultBy<"netfilterNfQueue">;
  /** Rows of `/proc/net/netfilter/nfnetlink_log`. */
  netfilterNfnetlinkLog(options?: OptionsBy<"netfilterNfnetlinkLog">): ResultBy<"netfilterNfnetlinkLog">;
  /** Rows of `/proc/net/netfilter/nfnetlink_queue`. */
  netfilterNfnetlinkQueue(options?: OptionsBy<"netfilterNfnetlinkQueue">): ResultBy<"netfilterNfnetlinkQueue">;
  /** A trace of DCCP: a read waits for the next packet and takes its line away from other readers. */
  dccpprobe(options?: OptionsBy<"dccpprobe">): ResultBy<"dccpprobe">;
  /** A trace of SCTP: a read waits for the next packet and takes its line away from other readers. */
  sctpprobe(options?: OptionsBy<"sctpprobe">): ResultBy<"sctpprobe">;
  /** A trace of TCP: a read waits for the next packet and takes its line away from other readers. */
  tcpprobe(options?: OptionsBy<"tcpprobe">): ResultBy<"tcpprobe">;
  /** AppleTalk sockets, as text; `atalk/socket` took its place. */
  appletalk(options?: OptionsBy<"appletalk">): ResultBy<"appletalk">;
  /** AppleTalk interfaces, as text; `atalk/interface` took its place. */
  atalkIface(options?: OptionsBy<"atalkIface">): ResultBy<"atalkIface">;
  /** DECnet sockets, as text. */
  decnet(options?: OptionsBy<"decnet">): ResultBy<"decnet">;
  /** Cached DECnet routes, as text. */
  decnetCache(options?: OptionsBy<"decnetCache">): ResultBy<"decnetCache">;
  /** DECnet devices, as text. */
  decnetDev(options?: OptionsBy<"decnetDev">): ResultBy<"decnetDev">;
  /** DECnet neighbours, as text. */
  decnetNeigh(options?: OptionsBy<"decnetNeigh">): ResultBy<"decnetNeigh">;
  /** DECnet routes, as text. */
  decnetRoute(options?: OptionsBy<"decnetRoute">): ResultBy<"decnetRoute">;
  /** Econet, as text. */
  econet(options?: OptionsBy<"econet">): ResultBy<"econet">;
  /** IPX interfaces, as text. */
  ipxInterface(options?: OptionsBy<"ipxInterface">): ResultBy<"ipxInterface">;
  /** IPX routes, as text. */
  ipxRoute(options?: OptionsBy<"ipxRoute">): ResultBy<"ipxRoute">;
  /** IPX sockets, as text. */
  ipxSocket(options?: OptionsBy<"ipxSocket">): ResultBy<"ipxSocket">;
  /** Serial lines over infrared, as text. */
  ircomm(options?: OptionsBy<"ircomm">): ResultBy<"ircomm">;
  /** LAN over infrared, as text. */
  irlan(options?: OptionsBy<"irlan">): ResultBy<"irlan">;
  /** PPP over infrared, as text. */
  irnet(options?: OptionsBy<"irnet">): ResultBy<"irnet">;
  /** Addresses that MPTCP's path manager used before it was in the kernel, as text. */
  mptcpFullmesh(options?: OptionsBy<"mptcpFullmesh">): ResultBy<"mptcpFullmesh">;
  /** Connections of MPTCP before it was in the kernel, as text. */
  mptcpNetMptcp(options?: OptionsBy<"mptcpNetMptcp">): ResultBy<"mptcpNetMptcp">;
  /** Counters of MPTCP before it was in the kernel, as text. */
  mptcpNetSnmp(options?: OptionsBy<"mptcpNetSnmp">): ResultBy<"mptcpNetSnmp">;
  /** Neighbours of IPv6, as text. */
  ndisc(options?: OptionsBy<"ndisc">): ResultBy<"ndisc">;
  /** Times of the network code when it was built to be profiled, as text. */
  profile(options?: OptionsBy<"profile">): ResultBy<"profile">;
  /** Addresses that the kernel answered RARP requests with, as text. */
  rarp(options?: OptionsBy<"rarp">): ResultBy<"rarp">;
  /** Packets processed, as text; `softnet_stat` took its place. */
  softnet(options?: OptionsBy<"softnet">): ResultBy<"softnet">;
  /** Counters of the cache of DECnet neighbours, as text. */
  statDnNeighCache(options?: OptionsBy<"statDnNeighCache">): ResultBy<"statDnNeighCache">;
  /** Source routes of Token Ring, as text. */
  trRif(options?: OptionsBy<"trRif">): ResultBy<"trRif">;
  /** State of the queue of IPv6 packets to user space, as text. */
  ip6Queue(options?: OptionsBy<"ip6Queue">): ResultBy<"ip6Queue">;
  /** Accounting rules of ipfwadm, as text. */
  ipAcct(options?: OptionsBy<"ipAcct">): ResultBy<"ipAcct">;
  /** Forwarding rules of ipfwadm, as text. */
  ipForward(options?: OptionsBy<"ipForward">): ResultBy<"ipForward">;
  /** Rules of ipchains, as text. */
  ipFwchains(options?: OptionsBy<"ipFwchains">): ResultBy<"ipFwchains">;
  /** Chains of ipchains, as text. */
  ipFwnames(options?: OptionsBy<"ipFwnames">): ResultBy<"ipFwnames">;
  /** Input rules of ipfwadm, as text. */
  ipInput(options?: OptionsBy<"ipInput">): ResultBy<"ipInput">;
  /** Masqueraded connections of ipfwadm and ipchains, as text. */
  ipMasquerade(options?: OptionsBy<"ipMasquerade">): ResultBy<"ipMasquerade">;
  /** Output rules of ipfwadm, as text. */
  ipOutput(options?: OptionsBy<"ipOutput">): ResultBy<"ipOutput">;
  /** Connections that ipp2p recognised, as text. */
  ipp2p(options?: OptionsBy<"ipp2p">): ResultBy<"ipp2p">;
  /** State of the queue of packets to user space, as text. */
  ipQueue(options?: OptionsBy<"ipQueue">): ResultBy<"ipQueue">;
  /** How many packets l7-filter looks at of a connection, as text. */
  layer7Numpackets(options?: OptionsBy<"layer7Numpackets">): ResultBy<"layer7Numpackets">;
  /** Sockets that Android tagged by user and tag, as text. */
  xtQtaguidCtrl(options?: OptionsBy<"xtQtaguidCtrl">): ResultBy<"xtQtaguidCtrl">;
  /** Traffic of Android by interface, as text. */
  xtQtaguidIfaceStatAll(options?: OptionsBy<"xtQtaguidIfaceStatAll">): ResultBy<"xtQtaguidIfaceStatAll">;
  /** Traffic of Android by interface with a heading, as text. */
  xtQtaguidIfaceStatFmt(options?: OptionsBy<"xtQtaguidIfaceStatFmt">): ResultBy<"xtQtaguidIfaceStatFmt">;
  /** Traffic of Android by interface, tag and user, as text. */
  xtQtaguidStats(options?: OptionsBy<"xtQtaguidStats">): ResultBy<"xtQtaguidStats">;
  /** Anycast addresses of IPv6: rows of `/proc/net/anycast6`, by device. */
  anycast6(options?: OptionsBy<"anycast6">): ResultBy<"anycast6">;
  /** Rows of `/proc/net/arp`: neighbours, then proxy entries. */
  arp(options?: OptionsBy<"arp">): ResultBy<"arp">;
  /** Rows of `/proc/net/fib_trie`, each node before what is below it. */
  fibTrie(options?: OptionsBy<"fibTrie">): ResultBy<"fibTrie">;
  /** Tables of `/proc/net/fib_triestat`. */
  fibTriestat(options?: OptionsBy<"fibTriestat">): ResultBy<"fibTriestat">;
  /** Multicast groups of IPv4: rows of `/proc/net/igmp`, by device. */
  igmp(options?: OptionsBy<"igmp">): ResultBy<"igmp">;
  /** Multicast groups of IPv6: rows of `/proc/net/igmp6`, by device. */
  igmp6(options?: OptionsBy<"igmp6">): ResultBy<"igmp6">;
  /** Multicast routes of IPv6: rows of `/proc/net/ip6_mr_cache`. */
  ip6MrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ip6MrCache", Exact>;
  /** With counters as numbers. */
  ip6MrCache(options?: NumberOptions): ResultBy<"ip6MrCache">;
  /** Multicast routes of IPv4: rows of `/proc/net/ip_mr_cache`. */
  ipMrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ipMrCache", Exact>;
  /** With counters as numbers. */
  ipMrCache(options?: NumberOptions): ResultBy<"ipMrCache">;
  /** An interface of IPv6 multicast routing: a row of `/proc/net/ip6_mr_vif`. */
  ip6MrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ip6MrVif", Exact>;
  /** With counters as numbers. */
  ip6MrVif(options?: NumberOptions): ResultBy<"ip6MrVif">;
  /** An interface of IPv4 multicast routing: a row of `/proc/net/ip_mr_vif`. */
  ipMrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"ipMrVif", Exact>;
  /** With counters as numbers. */
  ipMrVif(options?: NumberOptions): ResultBy<"ipMrVif">;
  /** Flow labels of IPv6: rows of `/proc/net/ip6_flowlabel`. */
  ip6Flowlabel(options?: OptionsBy<"ip6Flowlabel">): ResultBy<"ip6Flowlabel">;
  /** Routes of IPv6: rows of `/proc/net/ipv6_route`, table by table. */
  ipv6Route(options?: OptionsBy<"ipv6Route">): ResultBy<"ipv6Route">;
  /** Sources that sockets filter in IPv4 multicast groups: rows of `/proc/net/mcfilter`. */
  mcfilter(options?: OptionsBy<"mcfilter">): ResultBy<"mcfilter">;
  /** Sources that sockets filter in IPv6 multicast groups: rows of `/proc/net/mcfilter6`. */
  mcfilter6(options?: OptionsBy<"mcfilter6">): ResultBy<"mcfilter6">;
  /** Routes of IPv4: rows of `/proc/net/route`, ordered by destination. */
  route(options?: OptionsBy<"route">): ResultBy<"route">;
  /** `/proc/net/rt_acct`: route classes by number, those without traffic included. */
  rtAcct(options?: OptionsBy<"rtAcct">): ResultBy<"rtAcct">;
  /** Rows of `/proc/net/rt_cache`. */
  rtCache(options?: OptionsBy<"rtCache">): ResultBy<"rtCache">;
  /** Sizes of the IPv6 routing tables: `/proc/net/rt6_stats`. */
  rt6Stats(options?: OptionsBy<"rt6Stats">): ResultBy<"rt6Stats">;
  /** Rows of `/proc/net/nfsfs/servers`. */
  nfsfsServers(options?: OptionsBy<"nfsfsServers">): ResultBy<"nfsfsServers">;
  /** Rows of `/proc/net/nfsfs/volumes`. */
  nfsfsVolumes(options?: OptionsBy<"nfsfsVolumes">): ResultBy<"nfsfsVolumes">;
  /** Counters of `/proc/net/rpc/nfs` by the first word of each line. */
  rpcNfs<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"rpcNfs", Exact>;
  /** With counters as numbers. */
  rpcNfs(options?: NumberOptions): ResultBy<"rpcNfs">;
  /** Counters of `/proc/net/rpc/nfsd` by the first word of each line. */
  rpcNfsd<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"rpcNfsd", Exact>;
  /** With counters as numbers. */
  rpcNfsd(options?: NumberOptions): ResultBy<"rpcNfsd">;
  /** The text of `/proc/net/rpc/gss_krb5_enctypes`. */
  rpcGssKrb5Enctypes(options?: OptionsBy<"rpcGssKrb5Enctypes">): ResultBy<"rpcGssKrb5Enctypes">;
  /** 1 when the kernel asks gssproxy, 0 when another daemon, -1 while that is undecided: `/proc/net/rpc/use-gss-proxy`. */
  rpcUseGssProxy(options?: OptionsBy<"rpcUseGssProxy">): ResultBy<"rpcUseGssProxy">;
  /** Associations of SCTP: rows of `/proc/net/sctp/assocs`. */
  sctpAssocs(options?: OptionsBy<"sctpAssocs">): ResultBy<"sctpAssocs">;
  /** `/proc/net/sctp/sctp_dbg_objcnt`: how many objects of each kind SCTP holds, by the kernel's names: `sock`, `ep`, `assoc`, `transport`, `chunk`, ... */
  sctpDbgObjcnt(options?: OptionsBy<"sctpDbgObjcnt">): ResultBy<"sctpDbgObjcnt">;
  /** Endpoints of SCTP: rows of `/proc/net/sctp/eps`. */
  sctpEps(options?: OptionsBy<"sctpEps">): ResultBy<"sctpEps">;
  /** Addresses of the peers of SCTP: rows of `/proc/net/sctp/remaddr`. */
  sctpRemaddr(options?: OptionsBy<"sctpRemaddr">): ResultBy<"sctpRemaddr">;
  /** Counters of `/proc/net/sctp/snmp` (RFC 3873, then Linux's own) by the kernel's names. */
  sctpSnmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultBy<"sctpSnmp", Exact>;
  /** With counters as numbers. */
  sctpSnmp(options?: NumberOptions): ResultBy<"sctpSnmp">;
  /** Ping sockets of IPv4 (`SOCK_DGRAM` of ICMP); `localPort` is the echo identifier. */
  icmp(options?: OptionsBy<"icmp">): ResultBy<"icmp">;
  /** Ping sockets of IPv6 (`SOCK_DGRAM` of ICMPv6); `localPort` is the echo identifier. */
  icmp6(options?: OptionsBy<"icmp6">): ResultBy<"icmp6">;
  /** Raw sockets of IPv4; `localPort` is the IP protocol. */
  raw(options?: OptionsBy<"raw">): ResultBy<"raw">;
  /** Raw sockets of IPv6; `localPort` is the IP protocol. */
  raw6(options?: OptionsBy<"raw6">): ResultBy<"raw6">;
  /** TCP sockets of IPv4. Linux lists listeners first. A socket that is bound but neither listens nor connects is in no file. */
  tcp(options?: OptionsBy<"tcp">): ResultBy<"tcp">;
  /** TCP sockets of IPv6. Linux lists listeners first; those that serve IPv4 too are here only. */
  tcp6(options?: OptionsBy<"tcp6">): ResultBy<"tcp6">;
  /** UDP sockets of IPv4 that have a local port. */
  udp(options?: OptionsBy<"udp">): ResultBy<"udp">;
  /** UDP sockets of IPv6 that have a local port. */
  udp6(options?: OptionsBy<"udp6">): ResultBy<"udp6">;
  /** UDP-Lite sockets of IPv4. */
  udplite(options?: OptionsBy<"udplite">): ResultBy<"udplite">;
  /** UDP-Lite sockets of IPv6. */
  udplite6(options?: OptionsBy<"udplite6">): ResultBy<"udplite6">;
  /** Netlink sockets: rows of `/proc/net/netlink`. */
  netlink(options?: OptionsBy<"netlink">): ResultBy<"netlink">;
  /** Packet sockets: rows of `/proc/net/packet`. */
  packet(options?: OptionsBy<"packet">): ResultBy<"packet">;
  /** Kinds of sockets that the kernel knows: rows of `/proc/net/protocols`. */
  protocols(options?: OptionsBy<"protocols">): ResultBy<"protocols">;
  /** Who receives packets from devices, by protocol: rows of `/proc/net/ptype`. */
  ptype(options?: OptionsBy<"ptype">): ResultBy<"ptype">;
  /** Unix sockets. Their names are foreign text: see docs/hostile-text.md. */
  unix(options?: OptionsBy<"unix">): ResultBy<"unix">;
}
