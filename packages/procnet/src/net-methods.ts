// Written by `npm run lists` from the lists of the folders.
import type { OptionsOfTable, ReadOf } from "./catalogue.ts";
import type { ExactOptions, NumberOptions } from "./form/options.ts";

/** A method for each table of one file. Those that stand for the files of a directory have none: they are read by name. */
export interface TableMethods {
  /** Rows of `/proc/net/afs/addr_prefs`. */
  afsAddrPrefs(options?: OptionsOfTable<"afsAddrPrefs">): ReadOf<"afsAddrPrefs">;
  /** Rows of `/proc/net/afs/cells`. */
  afsCells(options?: OptionsOfTable<"afsCells">): ReadOf<"afsCells">;
  /** The file `/proc/net/afs/rootcell`. */
  afsRootcell(options?: OptionsOfTable<"afsRootcell">): ReadOf<"afsRootcell">;
  /** The file `/proc/net/afs/sysname`. */
  afsSysname(options?: OptionsOfTable<"afsSysname">): ReadOf<"afsSysname">;
  /** Blocks of `/proc/net/afs/servers`. */
  afsServers(options?: OptionsOfTable<"afsServers">): ReadOf<"afsServers">;
  /** Counters of `/proc/net/afs/stats` by the kernel's groups: `dir-mgmt`, `dir-data`, `dir-edit`, `file-rd`, `file-wr`. */
  afsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"afsStats", Exact>;
  /** With counters as numbers. */
  afsStats(options?: NumberOptions): ReadOf<"afsStats">;
  /** Rows of `/proc/net/rxrpc/bundles`. */
  rxrpcBundles(options?: OptionsOfTable<"rxrpcBundles">): ReadOf<"rxrpcBundles">;
  /** Rows of `/proc/net/rxrpc_calls`. */
  oldRxrpcCalls(options?: OptionsOfTable<"oldRxrpcCalls">): ReadOf<"oldRxrpcCalls">;
  /** Rows of `/proc/net/rxrpc/calls`. */
  rxrpcCalls(options?: OptionsOfTable<"rxrpcCalls">): ReadOf<"rxrpcCalls">;
  /** Rows of `/proc/net/rxrpc_conns`. */
  oldRxrpcConns(options?: OptionsOfTable<"oldRxrpcConns">): ReadOf<"oldRxrpcConns">;
  /** Rows of `/proc/net/rxrpc/conns`. */
  rxrpcConns(options?: OptionsOfTable<"rxrpcConns">): ReadOf<"rxrpcConns">;
  /** Rows of `/proc/net/rxrpc/locals`. */
  rxrpcLocals(options?: OptionsOfTable<"rxrpcLocals">): ReadOf<"rxrpcLocals">;
  /** Rows of `/proc/net/rxrpc/peers`. */
  rxrpcPeers(options?: OptionsOfTable<"rxrpcPeers">): ReadOf<"rxrpcPeers">;
  /** Counters of `/proc/net/rxrpc/stats` by the kernel's groups: `Data`, `Ack-Tx`, ... */
  rxrpcStats(options?: OptionsOfTable<"rxrpcStats">): ReadOf<"rxrpcStats">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_all`. */
  canRcvlistAll<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistAll", Exact>;
  /** With counters as numbers. */
  canRcvlistAll(options?: NumberOptions): ReadOf<"canRcvlistAll">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_eff`. */
  canRcvlistEff<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistEff", Exact>;
  /** With counters as numbers. */
  canRcvlistEff(options?: NumberOptions): ReadOf<"canRcvlistEff">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_err`. */
  canRcvlistErr<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistErr", Exact>;
  /** With counters as numbers. */
  canRcvlistErr(options?: NumberOptions): ReadOf<"canRcvlistErr">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_fil`. */
  canRcvlistFil<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistFil", Exact>;
  /** With counters as numbers. */
  canRcvlistFil(options?: NumberOptions): ReadOf<"canRcvlistFil">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_inv`. */
  canRcvlistInv<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistInv", Exact>;
  /** With counters as numbers. */
  canRcvlistInv(options?: NumberOptions): ReadOf<"canRcvlistInv">;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_sff`. */
  canRcvlistSff<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canRcvlistSff", Exact>;
  /** With counters as numbers. */
  canRcvlistSff(options?: NumberOptions): ReadOf<"canRcvlistSff">;
  /** `/proc/net/can/stats`: cAN statistics of a namespace by the kernel's abbreviations. */
  canStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"canStats", Exact>;
  /** With counters as numbers. */
  canStats(options?: NumberOptions): ReadOf<"canStats">;
  /** What resetting the CAN statistics says, which reading it does: `/proc/net/can/reset_stats`. */
  canResetStats(options?: OptionsOfTable<"canResetStats">): ReadOf<"canResetStats">;
  /** Version of the CAN core, as text: `/proc/net/can/version`. Up to Linux 5.9. */
  canVersion(options?: OptionsOfTable<"canVersion">): ReadOf<"canVersion">;
  /** Counters of `/proc/net/netstat` by protocol, then by the kernel's own name, those this version does not know too. */
  netstat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"netstat", Exact>;
  /** With counters as numbers. */
  netstat(options?: NumberOptions): ReadOf<"netstat">;
  /** Counters of `/proc/net/snmp` by protocol, then by the kernel's own name. */
  snmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"snmp", Exact>;
  /** With counters as numbers. */
  snmp(options?: NumberOptions): ReadOf<"snmp">;
  /** Counters of `/proc/net/snmp6` by protocol, then by the kernel's own name without the protocol. */
  snmp6<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"snmp6", Exact>;
  /** With counters as numbers. */
  snmp6(options?: NumberOptions): ReadOf<"snmp6">;
  /** Numbers of `/proc/net/sockstat` by the kernel's key and name. */
  sockstat(options?: OptionsOfTable<"sockstat">): ReadOf<"sockstat">;
  /** Numbers of `/proc/net/sockstat6`, all of this namespace. */
  sockstat6(options?: OptionsOfTable<"sockstat6">): ReadOf<"sockstat6">;
  /** Rows of `/proc/net/softnet_stat`, one for each online CPU. */
  softnetStat(options?: OptionsOfTable<"softnetStat">): ReadOf<"softnetStat">;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/arp_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statArpCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"statArpCache", Exact>;
  /** With counters as numbers. */
  statArpCache(options?: NumberOptions): ReadOf<"statArpCache">;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/clip_arp_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statClipArpCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"statClipArpCache", Exact>;
  /** With counters as numbers. */
  statClipArpCache(options?: NumberOptions): ReadOf<"statClipArpCache">;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/ndisc_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statNdiscCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"statNdiscCache", Exact>;
  /** With counters as numbers. */
  statNdiscCache(options?: NumberOptions): ReadOf<"statNdiscCache">;
  /** Rows of `/proc/net/stat/ip_conntrack`, one for each possible CPU in their order. */
  statIpConntrack(options?: OptionsOfTable<"statIpConntrack">): ReadOf<"statIpConntrack">;
  /** Rows of `/proc/net/stat/nf_conntrack`, one for each possible CPU in their order. */
  statNfConntrack(options?: OptionsOfTable<"statNfConntrack">): ReadOf<"statNfConntrack">;
  /** Rows of `/proc/net/stat/nf_flowtable`, one for each possible CPU in their order. */
  statNfFlowtable(options?: OptionsOfTable<"statNfFlowtable">): ReadOf<"statNfFlowtable">;
  /** Rows of `/proc/net/stat/rt_cache`, one for each possible CPU in their order. */
  statRtCache(options?: OptionsOfTable<"statRtCache">): ReadOf<"statRtCache">;
  /** Rows of `/proc/net/stat/synproxy`, one for each possible CPU in their order. */
  statSynproxy(options?: OptionsOfTable<"statSynproxy">): ReadOf<"statSynproxy">;
  /** `/proc/net/tls_stat`: counters of TLS in the kernel by the kernel's own names. */
  tlsStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"tlsStat", Exact>;
  /** With counters as numbers. */
  tlsStat(options?: NumberOptions): ReadOf<"tlsStat">;
  /** `/proc/net/xfrm_stat`: packets that IPsec dropped, by reason and the kernel's own names. */
  xfrmStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"xfrmStat", Exact>;
  /** With counters as numbers. */
  xfrmStat(options?: NumberOptions): ReadOf<"xfrmStat">;
  /** Rows of `/proc/net/connector`. */
  connector(options?: OptionsOfTable<"connector">): ReadOf<"connector">;
  /** Counters of an interface since it was made: a row of `/proc/net/dev`. */
  dev<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"dev", Exact>;
  /** With counters as numbers. */
  dev(options?: NumberOptions): ReadOf<"dev">;
  /** Rows of `/proc/net/dev_mcast`, by interface. */
  devMcast(options?: OptionsOfTable<"devMcast">): ReadOf<"devMcast">;
  /** Rows of `/proc/net/if_inet6`, in no useful order. */
  ifInet6(options?: OptionsOfTable<"ifInet6">): ReadOf<"ifInet6">;
  /** Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot. */
  ipconfigNtpServers(options?: OptionsOfTable<"ipconfigNtpServers">): ReadOf<"ipconfigNtpServers">;
  /** What the kernel learnt when it configured its network by itself at boot: `/proc/net/pnp`. */
  pnp(options?: OptionsOfTable<"pnp">): ReadOf<"pnp">;
  /** Rows of `/proc/net/pppoe`. */
  pppoe(options?: OptionsOfTable<"pppoe">): ReadOf<"pppoe">;
  /** `/proc/net/pppol2tp`: an L2TP tunnel with its sessions. */
  pppol2tp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"pppol2tp", Exact>;
  /** With counters as numbers. */
  pppol2tp(options?: NumberOptions): ReadOf<"pppol2tp">;
  /** Units of time of the packet scheduler: `/proc/net/psched`. */
  psched(options?: OptionsOfTable<"psched">): ReadOf<"psched">;
  /** Rows of `/proc/net/vlan/config`. */
  vlanConfig(options?: OptionsOfTable<"vlanConfig">): ReadOf<"vlanConfig">;
  /** Rows of `/proc/net/wireless`. */
  wireless(options?: OptionsOfTable<"wireless">): ReadOf<"wireless">;
  /** A neighbour: a row of `/proc/net/atalk/arp`. */
  atalkArp(options?: OptionsOfTable<"atalkArp">): ReadOf<"atalkArp">;
  /** An interface that speaks AppleTalk: a row of `/proc/net/atalk/interface`. */
  atalkInterface(options?: OptionsOfTable<"atalkInterface">): ReadOf<"atalkInterface">;
  /** A row of `/proc/net/atalk/route`. */
  atalkRoute(options?: OptionsOfTable<"atalkRoute">): ReadOf<"atalkRoute">;
  /** A row of `/proc/net/atalk/socket`. */
  atalkSocket(options?: OptionsOfTable<"atalkSocket">): ReadOf<"atalkSocket">;
  /** An ATM device: a row of `/proc/net/atm/devices`. */
  atmDevices(options?: OptionsOfTable<"atmDevices">): ReadOf<"atmDevices">;
  /** A permanent virtual circuit: a row of `/proc/net/atm/pvc`. */
  atmPvc(options?: OptionsOfTable<"atmPvc">): ReadOf<"atmPvc">;
  /** A switched virtual circuit: a row of `/proc/net/atm/svc`, Linux before 7.1. */
  atmSvc(options?: OptionsOfTable<"atmSvc">): ReadOf<"atmSvc">;
  /** A virtual circuit of any kind: a row of `/proc/net/atm/vc`. */
  atmVc(options?: OptionsOfTable<"atmVc">): ReadOf<"atmVc">;
  /** `/proc/net/atm/br2684`: an Ethernet over ATM (RFC 2684) interface. */
  atmBr2684(options?: OptionsOfTable<"atmBr2684">): ReadOf<"atmBr2684">;
  /** A connection or listener of AX.25 (amateur radio): a row of `/proc/net/ax25`. */
  ax25(options?: OptionsOfTable<"ax25">): ReadOf<"ax25">;
  /** Content of `/proc/net/ax25_calls`. */
  ax25Calls(options?: OptionsOfTable<"ax25Calls">): ReadOf<"ax25Calls">;
  /** A row of `/proc/net/ax25_route`. */
  ax25Route(options?: OptionsOfTable<"ax25Route">): ReadOf<"ax25Route">;
  /** `/proc/net/bnep`: rows of one of the Bluetooth files. */
  bnep(options?: OptionsOfTable<"bnep">): ReadOf<"bnep">;
  /** `/proc/net/cmtp`: rows of one of the Bluetooth files. */
  cmtp(options?: OptionsOfTable<"cmtp">): ReadOf<"cmtp">;
  /** `/proc/net/hci`: rows of one of the Bluetooth files. */
  hci(options?: OptionsOfTable<"hci">): ReadOf<"hci">;
  /** `/proc/net/hidp`: rows of one of the Bluetooth files. */
  hidp(options?: OptionsOfTable<"hidp">): ReadOf<"hidp">;
  /** `/proc/net/iso`: rows of one of the Bluetooth files. */
  iso(options?: OptionsOfTable<"iso">): ReadOf<"iso">;
  /** `/proc/net/l2cap`: rows of one of the Bluetooth files. */
  l2cap(options?: OptionsOfTable<"l2cap">): ReadOf<"l2cap">;
  /** `/proc/net/rfcomm`: rows of one of the Bluetooth files. */
  rfcomm(options?: OptionsOfTable<"rfcomm">): ReadOf<"rfcomm">;
  /** `/proc/net/sco`: rows of one of the Bluetooth files. */
  sco(options?: OptionsOfTable<"sco">): ReadOf<"sco">;
  /** Rows of `/proc/net/bpqether`. */
  bpqether(options?: OptionsOfTable<"bpqether">): ReadOf<"bpqether">;
  /** Addresses that classical IP over ATM knows, as text: `/proc/net/atm/arp`. */
  atmArp(options?: OptionsOfTable<"atmArp">): ReadOf<"atmArp">;
  /** LAN emulation clients, as text: `/proc/net/atm/lec`. */
  atmLec(options?: OptionsOfTable<"atmLec">): ReadOf<"atmLec">;
  /** MPOA clients, as text: `/proc/net/atm/mpc`. */
  atmMpc(options?: OptionsOfTable<"atmMpc">): ReadOf<"atmMpc">;
  /** The driver of Z8530 serial chips for packet radio, as text: `/proc/net/z8530drv`. */
  z8530drv(options?: OptionsOfTable<"z8530drv">): ReadOf<"z8530drv">;
  /** A kernel connection multiplexor or one of its sockets: a row of `/proc/net/kcm`. */
  kcm<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"kcm", Exact>;
  /** With counters as numbers. */
  kcm(options?: NumberOptions): ReadOf<"kcm">;
  /** Counters of `/proc/net/kcm_stats` by the kernel's names. */
  kcmStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"kcmStats", Exact>;
  /** With counters as numbers. */
  kcmStats(options?: NumberOptions): ReadOf<"kcmStats">;
  /** The state machine of a connection: a row of `/proc/net/llc/core`. */
  llcCore(options?: OptionsOfTable<"llcCore">): ReadOf<"llcCore">;
  /** A socket of the logical link control (IEEE 802.2): a row of `/proc/net/llc/socket`. */
  llcSocket(options?: OptionsOfTable<"llcSocket">): ReadOf<"llcSocket">;
  /** A NET/ROM circuit: a row of `/proc/net/nr`. */
  nr(options?: OptionsOfTable<"nr">): ReadOf<"nr">;
  /** A neighbour: a row of `/proc/net/nr_neigh`. */
  nrNeigh(options?: OptionsOfTable<"nrNeigh">): ReadOf<"nrNeigh">;
  /** A node that can be reached: a row of `/proc/net/nr_nodes`. */
  nrNodes(options?: OptionsOfTable<"nrNodes">): ReadOf<"nrNodes">;
  /** Rows of `/proc/net/pfkey`. */
  pfkey(options?: OptionsOfTable<"pfkey">): ReadOf<"pfkey">;
  /** Rows of `/proc/net/phonet`. */
  phonet(options?: OptionsOfTable<"phonet">): ReadOf<"phonet">;
  /** Rows of `/proc/net/pnresource`. */
  pnresource(options?: OptionsOfTable<"pnresource">): ReadOf<"pnresource">;
  /** A ROSE circuit: a row of `/proc/net/rose`. */
  rose(options?: OptionsOfTable<"rose">): ReadOf<"rose">;
  /** A neighbour: a row of `/proc/net/rose_neigh`. */
  roseNeigh(options?: OptionsOfTable<"roseNeigh">): ReadOf<"roseNeigh">;
  /** A node that can be reached: a row of `/proc/net/rose_nodes`. */
  roseNodes(options?: OptionsOfTable<"roseNodes">): ReadOf<"roseNodes">;
  /** A circuit that passes through: a row of `/proc/net/rose_routes`. */
  roseRoutes(options?: OptionsOfTable<"roseRoutes">): ReadOf<"roseRoutes">;
  /** A call that passes through: a row of `/proc/net/x25/forward`. */
  x25Forward(options?: OptionsOfTable<"x25Forward">): ReadOf<"x25Forward">;
  /** A row of `/proc/net/x25/route`. */
  x25Route(options?: OptionsOfTable<"x25Route">): ReadOf<"x25Route">;
  /** A row of `/proc/net/x25/socket`. */
  x25Socket(options?: OptionsOfTable<"x25Socket">): ReadOf<"x25Socket">;
  /** Ports in `/proc/net/yam`. */
  yam(options?: OptionsOfTable<"yam">): ReadOf<"yam">;
  /** `/proc/net/arp_tables_matches`: names in the file's order. */
  arpTablesMatches(options?: OptionsOfTable<"arpTablesMatches">): ReadOf<"arpTablesMatches">;
  /** `/proc/net/arp_tables_names`: names in the file's order. */
  arpTablesNames(options?: OptionsOfTable<"arpTablesNames">): ReadOf<"arpTablesNames">;
  /** `/proc/net/arp_tables_targets`: names in the file's order. */
  arpTablesTargets(options?: OptionsOfTable<"arpTablesTargets">): ReadOf<"arpTablesTargets">;
  /** `/proc/net/ip6_tables_matches`: names in the file's order. */
  ip6TablesMatches(options?: OptionsOfTable<"ip6TablesMatches">): ReadOf<"ip6TablesMatches">;
  /** `/proc/net/ip6_tables_names`: names in the file's order. */
  ip6TablesNames(options?: OptionsOfTable<"ip6TablesNames">): ReadOf<"ip6TablesNames">;
  /** `/proc/net/ip6_tables_targets`: names in the file's order. */
  ip6TablesTargets(options?: OptionsOfTable<"ip6TablesTargets">): ReadOf<"ip6TablesTargets">;
  /** `/proc/net/ip_tables_matches`: names in the file's order. */
  ipTablesMatches(options?: OptionsOfTable<"ipTablesMatches">): ReadOf<"ipTablesMatches">;
  /** `/proc/net/ip_tables_names`: names in the file's order. */
  ipTablesNames(options?: OptionsOfTable<"ipTablesNames">): ReadOf<"ipTablesNames">;
  /** `/proc/net/ip_tables_targets`: names in the file's order. */
  ipTablesTargets(options?: OptionsOfTable<"ipTablesTargets">): ReadOf<"ipTablesTargets">;
  /** What `/proc/net/ip_vs` tells of the virtual servers of a namespace. */
  ipVs(options?: OptionsOfTable<"ipVs">): ReadOf<"ipVs">;
  /** Rows of `/proc/net/ip_vs_app`. */
  ipVsApp(options?: OptionsOfTable<"ipVsApp">): ReadOf<"ipVsApp">;
  /** Rows of `/proc/net/ip_vs_conn`. */
  ipVsConn(options?: OptionsOfTable<"ipVsConn">): ReadOf<"ipVsConn">;
  /** Rows of `/proc/net/ip_vs_conn_sync`. */
  ipVsConnSync(options?: OptionsOfTable<"ipVsConnSync">): ReadOf<"ipVsConnSync">;
  /** Content of `/proc/net/ip_vs_stats`. */
  ipVsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ipVsStats", Exact>;
  /** With counters as numbers. */
  ipVsStats(options?: NumberOptions): ReadOf<"ipVsStats">;
  /** Content of `/proc/net/ip_vs_stats_percpu`. */
  ipVsStatsPercpu<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ipVsStatsPercpu", Exact>;
  /** With counters as numbers. */
  ipVsStatsPercpu(options?: NumberOptions): ReadOf<"ipVsStatsPercpu">;
  /** Lines of `/proc/net/ip_vs_status`. */
  ipVsStatus(options?: OptionsOfTable<"ipVsStatus">): ReadOf<"ipVsStatus">;
  /** A tracked connection: a row of `/proc/net/ip_conntrack`. */
  ipConntrack<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ipConntrack", Exact>;
  /** With counters as numbers. */
  ipConntrack(options?: NumberOptions): ReadOf<"ipConntrack">;
  /** A tracked connection: a row of `/proc/net/nf_conntrack`. */
  nfConntrack<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"nfConntrack", Exact>;
  /** With counters as numbers. */
  nfConntrack(options?: NumberOptions): ReadOf<"nfConntrack">;
  /** Rows of `/proc/net/ip_conntrack_expect`. */
  ipConntrackExpect(options?: OptionsOfTable<"ipConntrackExpect">): ReadOf<"ipConntrackExpect">;
  /** Rows of `/proc/net/nf_conntrack_expect`. */
  nfConntrackExpect(options?: OptionsOfTable<"nfConntrackExpect">): ReadOf<"nfConntrackExpect">;
  /** Rows of `/proc/net/netfilter/nf_log` or `nf_queue`. */
  netfilterNfLog(options?: OptionsOfTable<"netfilterNfLog">): ReadOf<"netfilterNfLog">;
  /** Rows of `/proc/net/netfilter/nf_queue` or `nf_queue`. */
  netfilterNfQueue(options?: OptionsOfTable<"netfilterNfQueue">): ReadOf<"netfilterNfQueue">;
  /** Rows of `/proc/net/netfilter/nfnetlink_log`. */
  netfilterNfnetlinkLog(options?: OptionsOfTable<"netfilterNfnetlinkLog">): ReadOf<"netfilterNfnetlinkLog">;
  /** Rows of `/proc/net/netfilter/nfnetlink_queue`. */
  netfilterNfnetlinkQueue(options?: OptionsOfTable<"netfilterNfnetlinkQueue">): ReadOf<"netfilterNfnetlinkQueue">;
  /** A trace of DCCP: a read waits for the next packet and takes its line away from other readers. */
  dccpprobe(options?: OptionsOfTable<"dccpprobe">): ReadOf<"dccpprobe">;
  /** A trace of SCTP: a read waits for the next packet and takes its line away from other readers. */
  sctpprobe(options?: OptionsOfTable<"sctpprobe">): ReadOf<"sctpprobe">;
  /** A trace of TCP: a read waits for the next packet and takes its line away from other readers. */
  tcpprobe(options?: OptionsOfTable<"tcpprobe">): ReadOf<"tcpprobe">;
  /** AppleTalk sockets, as text; `atalk/socket` took its place. */
  appletalk(options?: OptionsOfTable<"appletalk">): ReadOf<"appletalk">;
  /** AppleTalk interfaces, as text; `atalk/interface` took its place. */
  atalkIface(options?: OptionsOfTable<"atalkIface">): ReadOf<"atalkIface">;
  /** DECnet sockets, as text. */
  decnet(options?: OptionsOfTable<"decnet">): ReadOf<"decnet">;
  /** Cached DECnet routes, as text. */
  decnetCache(options?: OptionsOfTable<"decnetCache">): ReadOf<"decnetCache">;
  /** DECnet devices, as text. */
  decnetDev(options?: OptionsOfTable<"decnetDev">): ReadOf<"decnetDev">;
  /** DECnet neighbours, as text. */
  decnetNeigh(options?: OptionsOfTable<"decnetNeigh">): ReadOf<"decnetNeigh">;
  /** DECnet routes, as text. */
  decnetRoute(options?: OptionsOfTable<"decnetRoute">): ReadOf<"decnetRoute">;
  /** Econet, as text. */
  econet(options?: OptionsOfTable<"econet">): ReadOf<"econet">;
  /** IPX interfaces, as text. */
  ipxInterface(options?: OptionsOfTable<"ipxInterface">): ReadOf<"ipxInterface">;
  /** IPX routes, as text. */
  ipxRoute(options?: OptionsOfTable<"ipxRoute">): ReadOf<"ipxRoute">;
  /** IPX sockets, as text. */
  ipxSocket(options?: OptionsOfTable<"ipxSocket">): ReadOf<"ipxSocket">;
  /** Serial lines over infrared, as text. */
  ircomm(options?: OptionsOfTable<"ircomm">): ReadOf<"ircomm">;
  /** LAN over infrared, as text. */
  irlan(options?: OptionsOfTable<"irlan">): ReadOf<"irlan">;
  /** PPP over infrared, as text. */
  irnet(options?: OptionsOfTable<"irnet">): ReadOf<"irnet">;
  /** Addresses that MPTCP's path manager used before it was in the kernel, as text. */
  mptcpFullmesh(options?: OptionsOfTable<"mptcpFullmesh">): ReadOf<"mptcpFullmesh">;
  /** Connections of MPTCP before it was in the kernel, as text. */
  mptcpNetMptcp(options?: OptionsOfTable<"mptcpNetMptcp">): ReadOf<"mptcpNetMptcp">;
  /** Counters of MPTCP before it was in the kernel, as text. */
  mptcpNetSnmp(options?: OptionsOfTable<"mptcpNetSnmp">): ReadOf<"mptcpNetSnmp">;
  /** Neighbours of IPv6, as text. */
  ndisc(options?: OptionsOfTable<"ndisc">): ReadOf<"ndisc">;
  /** Times of the network code when it was built to be profiled, as text. */
  profile(options?: OptionsOfTable<"profile">): ReadOf<"profile">;
  /** Addresses that the kernel answered RARP requests with, as text. */
  rarp(options?: OptionsOfTable<"rarp">): ReadOf<"rarp">;
  /** Packets processed, as text; `softnet_stat` took its place. */
  softnet(options?: OptionsOfTable<"softnet">): ReadOf<"softnet">;
  /** Counters of the cache of DECnet neighbours, as text. */
  statDnNeighCache(options?: OptionsOfTable<"statDnNeighCache">): ReadOf<"statDnNeighCache">;
  /** Source routes of Token Ring, as text. */
  trRif(options?: OptionsOfTable<"trRif">): ReadOf<"trRif">;
  /** State of the queue of IPv6 packets to user space, as text. */
  ip6Queue(options?: OptionsOfTable<"ip6Queue">): ReadOf<"ip6Queue">;
  /** Accounting rules of ipfwadm, as text. */
  ipAcct(options?: OptionsOfTable<"ipAcct">): ReadOf<"ipAcct">;
  /** Forwarding rules of ipfwadm, as text. */
  ipForward(options?: OptionsOfTable<"ipForward">): ReadOf<"ipForward">;
  /** Rules of ipchains, as text. */
  ipFwchains(options?: OptionsOfTable<"ipFwchains">): ReadOf<"ipFwchains">;
  /** Chains of ipchains, as text. */
  ipFwnames(options?: OptionsOfTable<"ipFwnames">): ReadOf<"ipFwnames">;
  /** Input rules of ipfwadm, as text. */
  ipInput(options?: OptionsOfTable<"ipInput">): ReadOf<"ipInput">;
  /** Masqueraded connections of ipfwadm and ipchains, as text. */
  ipMasquerade(options?: OptionsOfTable<"ipMasquerade">): ReadOf<"ipMasquerade">;
  /** Output rules of ipfwadm, as text. */
  ipOutput(options?: OptionsOfTable<"ipOutput">): ReadOf<"ipOutput">;
  /** Connections that ipp2p recognised, as text. */
  ipp2p(options?: OptionsOfTable<"ipp2p">): ReadOf<"ipp2p">;
  /** State of the queue of packets to user space, as text. */
  ipQueue(options?: OptionsOfTable<"ipQueue">): ReadOf<"ipQueue">;
  /** How many packets l7-filter looks at of a connection, as text. */
  layer7Numpackets(options?: OptionsOfTable<"layer7Numpackets">): ReadOf<"layer7Numpackets">;
  /** Sockets that Android tagged by user and tag, as text. */
  xtQtaguidCtrl(options?: OptionsOfTable<"xtQtaguidCtrl">): ReadOf<"xtQtaguidCtrl">;
  /** Traffic of Android by interface, as text. */
  xtQtaguidIfaceStatAll(options?: OptionsOfTable<"xtQtaguidIfaceStatAll">): ReadOf<"xtQtaguidIfaceStatAll">;
  /** Traffic of Android by interface with a heading, as text. */
  xtQtaguidIfaceStatFmt(options?: OptionsOfTable<"xtQtaguidIfaceStatFmt">): ReadOf<"xtQtaguidIfaceStatFmt">;
  /** Traffic of Android by interface, tag and user, as text. */
  xtQtaguidStats(options?: OptionsOfTable<"xtQtaguidStats">): ReadOf<"xtQtaguidStats">;
  /** Rows of `/proc/net/anycast6`, by device. */
  anycast6(options?: OptionsOfTable<"anycast6">): ReadOf<"anycast6">;
  /** Rows of `/proc/net/arp`: neighbours, then proxy entries. */
  arp(options?: OptionsOfTable<"arp">): ReadOf<"arp">;
  /** Rows of `/proc/net/fib_trie`, each node before what is below it. */
  fibTrie(options?: OptionsOfTable<"fibTrie">): ReadOf<"fibTrie">;
  /** Tables of `/proc/net/fib_triestat`. */
  fibTriestat(options?: OptionsOfTable<"fibTriestat">): ReadOf<"fibTriestat">;
  /** Rows of `/proc/net/igmp`, by device. */
  igmp(options?: OptionsOfTable<"igmp">): ReadOf<"igmp">;
  /** Rows of `/proc/net/igmp6`, by device. */
  igmp6(options?: OptionsOfTable<"igmp6">): ReadOf<"igmp6">;
  /** A multicast route: a row of `/proc/net/ip6_mr_cache` and `ip6_mr_cache`. */
  ip6MrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ip6MrCache", Exact>;
  /** With counters as numbers. */
  ip6MrCache(options?: NumberOptions): ReadOf<"ip6MrCache">;
  /** A multicast route: a row of `/proc/net/ip_mr_cache` and `ip6_mr_cache`. */
  ipMrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ipMrCache", Exact>;
  /** With counters as numbers. */
  ipMrCache(options?: NumberOptions): ReadOf<"ipMrCache">;
  /** An interface of IPv6 multicast routing: a row of `/proc/net/ip6_mr_vif`. */
  ip6MrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ip6MrVif", Exact>;
  /** With counters as numbers. */
  ip6MrVif(options?: NumberOptions): ReadOf<"ip6MrVif">;
  /** An interface of IPv4 multicast routing: a row of `/proc/net/ip_mr_vif`. */
  ipMrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"ipMrVif", Exact>;
  /** With counters as numbers. */
  ipMrVif(options?: NumberOptions): ReadOf<"ipMrVif">;
  /** Rows of `/proc/net/ip6_flowlabel`. */
  ip6Flowlabel(options?: OptionsOfTable<"ip6Flowlabel">): ReadOf<"ip6Flowlabel">;
  /** Rows of `/proc/net/ipv6_route`, table by table. */
  ipv6Route(options?: OptionsOfTable<"ipv6Route">): ReadOf<"ipv6Route">;
  /** Rows of `/proc/net/mcfilter` or `mcfilter6`. */
  mcfilter(options?: OptionsOfTable<"mcfilter">): ReadOf<"mcfilter">;
  /** Rows of `/proc/net/mcfilter6` or `mcfilter6`. */
  mcfilter6(options?: OptionsOfTable<"mcfilter6">): ReadOf<"mcfilter6">;
  /** Rows of `/proc/net/route`, ordered by destination. */
  route(options?: OptionsOfTable<"route">): ReadOf<"route">;
  /** `/proc/net/rt_acct`: route classes by number, those without traffic included. */
  rtAcct(options?: OptionsOfTable<"rtAcct">): ReadOf<"rtAcct">;
  /** Rows of `/proc/net/rt_cache`. */
  rtCache(options?: OptionsOfTable<"rtCache">): ReadOf<"rtCache">;
  /** Sizes of the IPv6 routing tables: `/proc/net/rt6_stats`. */
  rt6Stats(options?: OptionsOfTable<"rt6Stats">): ReadOf<"rt6Stats">;
  /** Rows of `/proc/net/nfsfs/servers`. */
  nfsfsServers(options?: OptionsOfTable<"nfsfsServers">): ReadOf<"nfsfsServers">;
  /** Rows of `/proc/net/nfsfs/volumes`. */
  nfsfsVolumes(options?: OptionsOfTable<"nfsfsVolumes">): ReadOf<"nfsfsVolumes">;
  /** Counters of `/proc/net/rpc/nfs` by the first word of each line. */
  rpcNfs<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"rpcNfs", Exact>;
  /** With counters as numbers. */
  rpcNfs(options?: NumberOptions): ReadOf<"rpcNfs">;
  /** Counters of `/proc/net/rpc/nfsd` by the first word of each line. */
  rpcNfsd<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"rpcNfsd", Exact>;
  /** With counters as numbers. */
  rpcNfsd(options?: NumberOptions): ReadOf<"rpcNfsd">;
  /** The text of `/proc/net/rpc/gss_krb5_enctypes`. */
  rpcGssKrb5Enctypes(options?: OptionsOfTable<"rpcGssKrb5Enctypes">): ReadOf<"rpcGssKrb5Enctypes">;
  /** 1 when the kernel asks gssproxy, 0 when another daemon, -1 while that is undecided: `/proc/net/rpc/use-gss-proxy`. */
  rpcUseGssProxy(options?: OptionsOfTable<"rpcUseGssProxy">): ReadOf<"rpcUseGssProxy">;
  /** Rows of `/proc/net/sctp/assocs`. */
  sctpAssocs(options?: OptionsOfTable<"sctpAssocs">): ReadOf<"sctpAssocs">;
  /** `/proc/net/sctp/sctp_dbg_objcnt`: how many objects of each kind SCTP holds, by the kernel's names: `sock`, `ep`, `assoc`, `transport`, `chunk`, ... */
  sctpDbgObjcnt(options?: OptionsOfTable<"sctpDbgObjcnt">): ReadOf<"sctpDbgObjcnt">;
  /** Rows of `/proc/net/sctp/eps`. */
  sctpEps(options?: OptionsOfTable<"sctpEps">): ReadOf<"sctpEps">;
  /** Rows of `/proc/net/sctp/remaddr`. */
  sctpRemaddr(options?: OptionsOfTable<"sctpRemaddr">): ReadOf<"sctpRemaddr">;
  /** Counters of `/proc/net/sctp/snmp` (RFC 3873, then Linux's own) by the kernel's names. */
  sctpSnmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ReadOf<"sctpSnmp", Exact>;
  /** With counters as numbers. */
  sctpSnmp(options?: NumberOptions): ReadOf<"sctpSnmp">;
  /** Ping sockets of IPv4 (`SOCK_DGRAM` of ICMP); `localPort` is the echo identifier. */
  icmp(options?: OptionsOfTable<"icmp">): ReadOf<"icmp">;
  /** Ping sockets of IPv6 (`SOCK_DGRAM` of ICMPv6); `localPort` is the echo identifier. */
  icmp6(options?: OptionsOfTable<"icmp6">): ReadOf<"icmp6">;
  /** Raw sockets of IPv4; `localPort` is the IP protocol. */
  raw(options?: OptionsOfTable<"raw">): ReadOf<"raw">;
  /** Raw sockets of IPv6; `localPort` is the IP protocol. */
  raw6(options?: OptionsOfTable<"raw6">): ReadOf<"raw6">;
  /** TCP sockets of IPv4. Linux lists listeners first. A socket that is bound but neither listens nor connects is in no file. */
  tcp(options?: OptionsOfTable<"tcp">): ReadOf<"tcp">;
  /** TCP sockets of IPv6. Linux lists listeners first; those that serve IPv4 too are here only. */
  tcp6(options?: OptionsOfTable<"tcp6">): ReadOf<"tcp6">;
  /** UDP sockets of IPv4 that have a local port. */
  udp(options?: OptionsOfTable<"udp">): ReadOf<"udp">;
  /** UDP sockets of IPv6 that have a local port. */
  udp6(options?: OptionsOfTable<"udp6">): ReadOf<"udp6">;
  /** UDP-Lite sockets of IPv4. */
  udplite(options?: OptionsOfTable<"udplite">): ReadOf<"udplite">;
  /** UDP-Lite sockets of IPv6. */
  udplite6(options?: OptionsOfTable<"udplite6">): ReadOf<"udplite6">;
  /** Rows of `/proc/net/netlink`. */
  netlink(options?: OptionsOfTable<"netlink">): ReadOf<"netlink">;
  /** Rows of `/proc/net/packet`. */
  packet(options?: OptionsOfTable<"packet">): ReadOf<"packet">;
  /** Rows of `/proc/net/protocols`. */
  protocols(options?: OptionsOfTable<"protocols">): ReadOf<"protocols">;
  /** Rows of `/proc/net/ptype`. */
  ptype(options?: OptionsOfTable<"ptype">): ReadOf<"ptype">;
  /** Unix sockets. Their names are foreign text: see docs/hostile-text.md. */
  unix(options?: OptionsOfTable<"unix">): ReadOf<"unix">;
}
