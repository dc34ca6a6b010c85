// Written by `npm run lists` from the lists of the folders.
import type { Values } from "./catalogue.ts";
import type { ExactOptions, NumberOptions } from "./form/options.ts";
import type { OptionsOfTable, ResultOfTable } from "./read/read.ts";

/** A method for each table of one file. Those that stand for the files of a directory have none: they are read by name. */
export interface TableMethods {
  /** Rows of `/proc/net/afs/addr_prefs`. */
  afsAddrPrefs(options?: OptionsOfTable<Values["afsAddrPrefs"]>): ResultOfTable<Values["afsAddrPrefs"]>;
  /** Rows of `/proc/net/afs/cells`. */
  afsCells(options?: OptionsOfTable<Values["afsCells"]>): ResultOfTable<Values["afsCells"]>;
  /** The file `/proc/net/afs/rootcell`. */
  afsRootcell(options?: OptionsOfTable<Values["afsRootcell"]>): ResultOfTable<Values["afsRootcell"]>;
  /** The file `/proc/net/afs/sysname`. */
  afsSysname(options?: OptionsOfTable<Values["afsSysname"]>): ResultOfTable<Values["afsSysname"]>;
  /** Blocks of `/proc/net/afs/servers`. */
  afsServers(options?: OptionsOfTable<Values["afsServers"]>): ResultOfTable<Values["afsServers"]>;
  /** Counters of `/proc/net/afs/stats` by the kernel's groups: `dir-mgmt`, `dir-data`, `dir-edit`, `file-rd`, `file-wr`. */
  afsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["afsStats"], Exact>;
  /** With counters as numbers. */
  afsStats(options?: NumberOptions): ResultOfTable<Values["afsStats"]>;
  /** Rows of `/proc/net/rxrpc/bundles`. */
  rxrpcBundles(options?: OptionsOfTable<Values["rxrpcBundles"]>): ResultOfTable<Values["rxrpcBundles"]>;
  /** Rows of `/proc/net/rxrpc_calls`. */
  oldRxrpcCalls(options?: OptionsOfTable<Values["oldRxrpcCalls"]>): ResultOfTable<Values["oldRxrpcCalls"]>;
  /** Rows of `/proc/net/rxrpc/calls`. */
  rxrpcCalls(options?: OptionsOfTable<Values["rxrpcCalls"]>): ResultOfTable<Values["rxrpcCalls"]>;
  /** Rows of `/proc/net/rxrpc_conns`. */
  oldRxrpcConns(options?: OptionsOfTable<Values["oldRxrpcConns"]>): ResultOfTable<Values["oldRxrpcConns"]>;
  /** Rows of `/proc/net/rxrpc/conns`. */
  rxrpcConns(options?: OptionsOfTable<Values["rxrpcConns"]>): ResultOfTable<Values["rxrpcConns"]>;
  /** Rows of `/proc/net/rxrpc/locals`. */
  rxrpcLocals(options?: OptionsOfTable<Values["rxrpcLocals"]>): ResultOfTable<Values["rxrpcLocals"]>;
  /** Rows of `/proc/net/rxrpc/peers`. */
  rxrpcPeers(options?: OptionsOfTable<Values["rxrpcPeers"]>): ResultOfTable<Values["rxrpcPeers"]>;
  /** Counters of `/proc/net/rxrpc/stats` by the kernel's groups: `Data`, `Ack-Tx`, ... */
  rxrpcStats(options?: OptionsOfTable<Values["rxrpcStats"]>): ResultOfTable<Values["rxrpcStats"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_all`. */
  canRcvlistAll<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistAll"], Exact>;
  /** With counters as numbers. */
  canRcvlistAll(options?: NumberOptions): ResultOfTable<Values["canRcvlistAll"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_eff`. */
  canRcvlistEff<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistEff"], Exact>;
  /** With counters as numbers. */
  canRcvlistEff(options?: NumberOptions): ResultOfTable<Values["canRcvlistEff"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_err`. */
  canRcvlistErr<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistErr"], Exact>;
  /** With counters as numbers. */
  canRcvlistErr(options?: NumberOptions): ResultOfTable<Values["canRcvlistErr"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_fil`. */
  canRcvlistFil<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistFil"], Exact>;
  /** With counters as numbers. */
  canRcvlistFil(options?: NumberOptions): ResultOfTable<Values["canRcvlistFil"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_inv`. */
  canRcvlistInv<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistInv"], Exact>;
  /** With counters as numbers. */
  canRcvlistInv(options?: NumberOptions): ResultOfTable<Values["canRcvlistInv"]>;
  /** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_sff`. */
  canRcvlistSff<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["canRcvlistSff"], Exact>;
  /** With counters as numbers. */
  canRcvlistSff(options?: NumberOptions): ResultOfTable<Values["canRcvlistSff"]>;
  /** `/proc/net/can/stats`: cAN statistics of a namespace by the kernel's abbreviations. */
  canStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["canStats"], Exact>;
  /** With counters as numbers. */
  canStats(options?: NumberOptions): ResultOfTable<Values["canStats"]>;
  /** What resetting the CAN statistics says, which reading it does: `/proc/net/can/reset_stats`. */
  canResetStats(options?: OptionsOfTable<Values["canResetStats"]>): ResultOfTable<Values["canResetStats"]>;
  /** Version of the CAN core, as text: `/proc/net/can/version`. Up to Linux 5.9. */
  canVersion(options?: OptionsOfTable<Values["canVersion"]>): ResultOfTable<Values["canVersion"]>;
  /** Counters of `/proc/net/netstat` by protocol, then by the kernel's own name, those this version does not know too. */
  netstat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["netstat"], Exact>;
  /** With counters as numbers. */
  netstat(options?: NumberOptions): ResultOfTable<Values["netstat"]>;
  /** Counters of `/proc/net/snmp` by protocol, then by the kernel's own name. */
  snmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["snmp"], Exact>;
  /** With counters as numbers. */
  snmp(options?: NumberOptions): ResultOfTable<Values["snmp"]>;
  /** Counters of `/proc/net/snmp6` by protocol, then by the kernel's own name without the protocol. */
  snmp6<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["snmp6"], Exact>;
  /** With counters as numbers. */
  snmp6(options?: NumberOptions): ResultOfTable<Values["snmp6"]>;
  /** Numbers of `/proc/net/sockstat` by the kernel's key and name. */
  sockstat(options?: OptionsOfTable<Values["sockstat"]>): ResultOfTable<Values["sockstat"]>;
  /** Numbers of `/proc/net/sockstat6`, all of this namespace. */
  sockstat6(options?: OptionsOfTable<Values["sockstat6"]>): ResultOfTable<Values["sockstat6"]>;
  /** Rows of `/proc/net/softnet_stat`, one for each online CPU. */
  softnetStat(options?: OptionsOfTable<Values["softnetStat"]>): ResultOfTable<Values["softnetStat"]>;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/arp_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statArpCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["statArpCache"], Exact>;
  /** With counters as numbers. */
  statArpCache(options?: NumberOptions): ResultOfTable<Values["statArpCache"]>;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/clip_arp_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statClipArpCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["statClipArpCache"], Exact>;
  /** With counters as numbers. */
  statClipArpCache(options?: NumberOptions): ResultOfTable<Values["statClipArpCache"]>;
  /** What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/ndisc_cache` (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). */
  statNdiscCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["statNdiscCache"], Exact>;
  /** With counters as numbers. */
  statNdiscCache(options?: NumberOptions): ResultOfTable<Values["statNdiscCache"]>;
  /** Rows of `/proc/net/stat/ip_conntrack`, one for each possible CPU in their order. */
  statIpConntrack(options?: OptionsOfTable<Values["statIpConntrack"]>): ResultOfTable<Values["statIpConntrack"]>;
  /** Rows of `/proc/net/stat/nf_conntrack`, one for each possible CPU in their order. */
  statNfConntrack(options?: OptionsOfTable<Values["statNfConntrack"]>): ResultOfTable<Values["statNfConntrack"]>;
  /** Rows of `/proc/net/stat/nf_flowtable`, one for each possible CPU in their order. */
  statNfFlowtable(options?: OptionsOfTable<Values["statNfFlowtable"]>): ResultOfTable<Values["statNfFlowtable"]>;
  /** Rows of `/proc/net/stat/rt_cache`, one for each possible CPU in their order. */
  statRtCache(options?: OptionsOfTable<Values["statRtCache"]>): ResultOfTable<Values["statRtCache"]>;
  /** Rows of `/proc/net/stat/synproxy`, one for each possible CPU in their order. */
  statSynproxy(options?: OptionsOfTable<Values["statSynproxy"]>): ResultOfTable<Values["statSynproxy"]>;
  /** `/proc/net/tls_stat`: counters of TLS in the kernel by the kernel's own names. */
  tlsStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["tlsStat"], Exact>;
  /** With counters as numbers. */
  tlsStat(options?: NumberOptions): ResultOfTable<Values["tlsStat"]>;
  /** `/proc/net/xfrm_stat`: packets that IPsec dropped, by reason and the kernel's own names. */
  xfrmStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["xfrmStat"], Exact>;
  /** With counters as numbers. */
  xfrmStat(options?: NumberOptions): ResultOfTable<Values["xfrmStat"]>;
  /** Rows of `/proc/net/connector`. */
  connector(options?: OptionsOfTable<Values["connector"]>): ResultOfTable<Values["connector"]>;
  /** Counters of an interface since it was made: a row of `/proc/net/dev`. */
  dev<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["dev"], Exact>;
  /** With counters as numbers. */
  dev(options?: NumberOptions): ResultOfTable<Values["dev"]>;
  /** Rows of `/proc/net/dev_mcast`, by interface. */
  devMcast(options?: OptionsOfTable<Values["devMcast"]>): ResultOfTable<Values["devMcast"]>;
  /** Rows of `/proc/net/if_inet6`, in no useful order. */
  ifInet6(options?: OptionsOfTable<Values["ifInet6"]>): ResultOfTable<Values["ifInet6"]>;
  /** Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot. */
  ipconfigNtpServers(
    options?: OptionsOfTable<Values["ipconfigNtpServers"]>,
  ): ResultOfTable<Values["ipconfigNtpServers"]>;
  /** What the kernel learnt when it configured its network by itself at boot: `/proc/net/pnp`. */
  pnp(options?: OptionsOfTable<Values["pnp"]>): ResultOfTable<Values["pnp"]>;
  /** Rows of `/proc/net/pppoe`. */
  pppoe(options?: OptionsOfTable<Values["pppoe"]>): ResultOfTable<Values["pppoe"]>;
  /** `/proc/net/pppol2tp`: an L2TP tunnel with its sessions. */
  pppol2tp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["pppol2tp"], Exact>;
  /** With counters as numbers. */
  pppol2tp(options?: NumberOptions): ResultOfTable<Values["pppol2tp"]>;
  /** Units of time of the packet scheduler: `/proc/net/psched`. */
  psched(options?: OptionsOfTable<Values["psched"]>): ResultOfTable<Values["psched"]>;
  /** Rows of `/proc/net/vlan/config`. */
  vlanConfig(options?: OptionsOfTable<Values["vlanConfig"]>): ResultOfTable<Values["vlanConfig"]>;
  /** Rows of `/proc/net/wireless`. */
  wireless(options?: OptionsOfTable<Values["wireless"]>): ResultOfTable<Values["wireless"]>;
  /** A neighbour: a row of `/proc/net/atalk/arp`. */
  atalkArp(options?: OptionsOfTable<Values["atalkArp"]>): ResultOfTable<Values["atalkArp"]>;
  /** An interface that speaks AppleTalk: a row of `/proc/net/atalk/interface`. */
  atalkInterface(options?: OptionsOfTable<Values["atalkInterface"]>): ResultOfTable<Values["atalkInterface"]>;
  /** A row of `/proc/net/atalk/route`. */
  atalkRoute(options?: OptionsOfTable<Values["atalkRoute"]>): ResultOfTable<Values["atalkRoute"]>;
  /** A row of `/proc/net/atalk/socket`. */
  atalkSocket(options?: OptionsOfTable<Values["atalkSocket"]>): ResultOfTable<Values["atalkSocket"]>;
  /** An ATM device: a row of `/proc/net/atm/devices`. */
  atmDevices(options?: OptionsOfTable<Values["atmDevices"]>): ResultOfTable<Values["atmDevices"]>;
  /** A permanent virtual circuit: a row of `/proc/net/atm/pvc`. */
  atmPvc(options?: OptionsOfTable<Values["atmPvc"]>): ResultOfTable<Values["atmPvc"]>;
  /** A switched virtual circuit: a row of `/proc/net/atm/svc`, Linux before 7.1. */
  atmSvc(options?: OptionsOfTable<Values["atmSvc"]>): ResultOfTable<Values["atmSvc"]>;
  /** A virtual circuit of any kind: a row of `/proc/net/atm/vc`. */
  atmVc(options?: OptionsOfTable<Values["atmVc"]>): ResultOfTable<Values["atmVc"]>;
  /** `/proc/net/atm/br2684`: an Ethernet over ATM (RFC 2684) interface. */
  atmBr2684(options?: OptionsOfTable<Values["atmBr2684"]>): ResultOfTable<Values["atmBr2684"]>;
  /** A connection or listener of AX.25 (amateur radio): a row of `/proc/net/ax25`. */
  ax25(options?: OptionsOfTable<Values["ax25"]>): ResultOfTable<Values["ax25"]>;
  /** Content of `/proc/net/ax25_calls`. */
  ax25Calls(options?: OptionsOfTable<Values["ax25Calls"]>): ResultOfTable<Values["ax25Calls"]>;
  /** A row of `/proc/net/ax25_route`. */
  ax25Route(options?: OptionsOfTable<Values["ax25Route"]>): ResultOfTable<Values["ax25Route"]>;
  /** `/proc/net/bnep`: rows of one of the Bluetooth files. */
  bnep(options?: OptionsOfTable<Values["bnep"]>): ResultOfTable<Values["bnep"]>;
  /** `/proc/net/cmtp`: rows of one of the Bluetooth files. */
  cmtp(options?: OptionsOfTable<Values["cmtp"]>): ResultOfTable<Values["cmtp"]>;
  /** `/proc/net/hci`: rows of one of the Bluetooth files. */
  hci(options?: OptionsOfTable<Values["hci"]>): ResultOfTable<Values["hci"]>;
  /** `/proc/net/hidp`: rows of one of the Bluetooth files. */
  hidp(options?: OptionsOfTable<Values["hidp"]>): ResultOfTable<Values["hidp"]>;
  /** `/proc/net/iso`: rows of one of the Bluetooth files. */
  iso(options?: OptionsOfTable<Values["iso"]>): ResultOfTable<Values["iso"]>;
  /** `/proc/net/l2cap`: rows of one of the Bluetooth files. */
  l2cap(options?: OptionsOfTable<Values["l2cap"]>): ResultOfTable<Values["l2cap"]>;
  /** `/proc/net/rfcomm`: rows of one of the Bluetooth files. */
  rfcomm(options?: OptionsOfTable<Values["rfcomm"]>): ResultOfTable<Values["rfcomm"]>;
  /** `/proc/net/sco`: rows of one of the Bluetooth files. */
  sco(options?: OptionsOfTable<Values["sco"]>): ResultOfTable<Values["sco"]>;
  /** Rows of `/proc/net/bpqether`. */
  bpqether(options?: OptionsOfTable<Values["bpqether"]>): ResultOfTable<Values["bpqether"]>;
  /** Addresses that classical IP over ATM knows, as text: `/proc/net/atm/arp`. */
  atmArp(options?: OptionsOfTable<Values["atmArp"]>): ResultOfTable<Values["atmArp"]>;
  /** LAN emulation clients, as text: `/proc/net/atm/lec`. */
  atmLec(options?: OptionsOfTable<Values["atmLec"]>): ResultOfTable<Values["atmLec"]>;
  /** MPOA clients, as text: `/proc/net/atm/mpc`. */
  atmMpc(options?: OptionsOfTable<Values["atmMpc"]>): ResultOfTable<Values["atmMpc"]>;
  /** The driver of Z8530 serial chips for packet radio, as text: `/proc/net/z8530drv`. */
  z8530drv(options?: OptionsOfTable<Values["z8530drv"]>): ResultOfTable<Values["z8530drv"]>;
  /** A kernel connection multiplexor or one of its sockets: a row of `/proc/net/kcm`. */
  kcm<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["kcm"], Exact>;
  /** With counters as numbers. */
  kcm(options?: NumberOptions): ResultOfTable<Values["kcm"]>;
  /** Counters of `/proc/net/kcm_stats` by the kernel's names. */
  kcmStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["kcmStats"], Exact>;
  /** With counters as numbers. */
  kcmStats(options?: NumberOptions): ResultOfTable<Values["kcmStats"]>;
  /** The state machine of a connection: a row of `/proc/net/llc/core`. */
  llcCore(options?: OptionsOfTable<Values["llcCore"]>): ResultOfTable<Values["llcCore"]>;
  /** A socket of the logical link control (IEEE 802.2): a row of `/proc/net/llc/socket`. */
  llcSocket(options?: OptionsOfTable<Values["llcSocket"]>): ResultOfTable<Values["llcSocket"]>;
  /** A NET/ROM circuit: a row of `/proc/net/nr`. */
  nr(options?: OptionsOfTable<Values["nr"]>): ResultOfTable<Values["nr"]>;
  /** A neighbour: a row of `/proc/net/nr_neigh`. */
  nrNeigh(options?: OptionsOfTable<Values["nrNeigh"]>): ResultOfTable<Values["nrNeigh"]>;
  /** A node that can be reached: a row of `/proc/net/nr_nodes`. */
  nrNodes(options?: OptionsOfTable<Values["nrNodes"]>): ResultOfTable<Values["nrNodes"]>;
  /** Rows of `/proc/net/pfkey`. */
  pfkey(options?: OptionsOfTable<Values["pfkey"]>): ResultOfTable<Values["pfkey"]>;
  /** Rows of `/proc/net/phonet`. */
  phonet(options?: OptionsOfTable<Values["phonet"]>): ResultOfTable<Values["phonet"]>;
  /** Rows of `/proc/net/pnresource`. */
  pnresource(options?: OptionsOfTable<Values["pnresource"]>): ResultOfTable<Values["pnresource"]>;
  /** A ROSE circuit: a row of `/proc/net/rose`. */
  rose(options?: OptionsOfTable<Values["rose"]>): ResultOfTable<Values["rose"]>;
  /** A neighbour: a row of `/proc/net/rose_neigh`. */
  roseNeigh(options?: OptionsOfTable<Values["roseNeigh"]>): ResultOfTable<Values["roseNeigh"]>;
  /** A node that can be reached: a row of `/proc/net/rose_nodes`. */
  roseNodes(options?: OptionsOfTable<Values["roseNodes"]>): ResultOfTable<Values["roseNodes"]>;
  /** A circuit that passes through: a row of `/proc/net/rose_routes`. */
  roseRoutes(options?: OptionsOfTable<Values["roseRoutes"]>): ResultOfTable<Values["roseRoutes"]>;
  /** A call that passes through: a row of `/proc/net/x25/forward`. */
  x25Forward(options?: OptionsOfTable<Values["x25Forward"]>): ResultOfTable<Values["x25Forward"]>;
  /** A row of `/proc/net/x25/route`. */
  x25Route(options?: OptionsOfTable<Values["x25Route"]>): ResultOfTable<Values["x25Route"]>;
  /** A row of `/proc/net/x25/socket`. */
  x25Socket(options?: OptionsOfTable<Values["x25Socket"]>): ResultOfTable<Values["x25Socket"]>;
  /** Ports in `/proc/net/yam`. */
  yam(options?: OptionsOfTable<Values["yam"]>): ResultOfTable<Values["yam"]>;
  /** `/proc/net/arp_tables_matches`: names in the file's order. */
  arpTablesMatches(options?: OptionsOfTable<Values["arpTablesMatches"]>): ResultOfTable<Values["arpTablesMatches"]>;
  /** `/proc/net/arp_tables_names`: names in the file's order. */
  arpTablesNames(options?: OptionsOfTable<Values["arpTablesNames"]>): ResultOfTable<Values["arpTablesNames"]>;
  /** `/proc/net/arp_tables_targets`: names in the file's order. */
  arpTablesTargets(options?: OptionsOfTable<Values["arpTablesTargets"]>): ResultOfTable<Values["arpTablesTargets"]>;
  /** `/proc/net/ip6_tables_matches`: names in the file's order. */
  ip6TablesMatches(options?: OptionsOfTable<Values["ip6TablesMatches"]>): ResultOfTable<Values["ip6TablesMatches"]>;
  /** `/proc/net/ip6_tables_names`: names in the file's order. */
  ip6TablesNames(options?: OptionsOfTable<Values["ip6TablesNames"]>): ResultOfTable<Values["ip6TablesNames"]>;
  /** `/proc/net/ip6_tables_targets`: names in the file's order. */
  ip6TablesTargets(options?: OptionsOfTable<Values["ip6TablesTargets"]>): ResultOfTable<Values["ip6TablesTargets"]>;
  /** `/proc/net/ip_tables_matches`: names in the file's order. */
  ipTablesMatches(options?: OptionsOfTable<Values["ipTablesMatches"]>): ResultOfTable<Values["ipTablesMatches"]>;
  /** `/proc/net/ip_tables_names`: names in the file's order. */
  ipTablesNames(options?: OptionsOfTable<Values["ipTablesNames"]>): ResultOfTable<Values["ipTablesNames"]>;
  /** `/proc/net/ip_tables_targets`: names in the file's order. */
  ipTablesTargets(options?: OptionsOfTable<Values["ipTablesTargets"]>): ResultOfTable<Values["ipTablesTargets"]>;
  /** What `/proc/net/ip_vs` tells of the virtual servers of a namespace. */
  ipVs(options?: OptionsOfTable<Values["ipVs"]>): ResultOfTable<Values["ipVs"]>;
  /** Rows of `/proc/net/ip_vs_app`. */
  ipVsApp(options?: OptionsOfTable<Values["ipVsApp"]>): ResultOfTable<Values["ipVsApp"]>;
  /** Rows of `/proc/net/ip_vs_conn`. */
  ipVsConn(options?: OptionsOfTable<Values["ipVsConn"]>): ResultOfTable<Values["ipVsConn"]>;
  /** Rows of `/proc/net/ip_vs_conn_sync`. */
  ipVsConnSync(options?: OptionsOfTable<Values["ipVsConnSync"]>): ResultOfTable<Values["ipVsConnSync"]>;
  /** Content of `/proc/net/ip_vs_stats`. */
  ipVsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["ipVsStats"], Exact>;
  /** With counters as numbers. */
  ipVsStats(options?: NumberOptions): ResultOfTable<Values["ipVsStats"]>;
  /** Content of `/proc/net/ip_vs_stats_percpu`. */
  ipVsStatsPercpu<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["ipVsStatsPercpu"], Exact>;
  /** With counters as numbers. */
  ipVsStatsPercpu(options?: NumberOptions): ResultOfTable<Values["ipVsStatsPercpu"]>;
  /** Lines of `/proc/net/ip_vs_status`. */
  ipVsStatus(options?: OptionsOfTable<Values["ipVsStatus"]>): ResultOfTable<Values["ipVsStatus"]>;
  /** A tracked connection: a row of `/proc/net/ip_conntrack`. */
  ipConntrack<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["ipConntrack"], Exact>;
  /** With counters as numbers. */
  ipConntrack(options?: NumberOptions): ResultOfTable<Values["ipConntrack"]>;
  /** A tracked connection: a row of `/proc/net/nf_conntrack`. */
  nfConntrack<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): ResultOfTable<Values["nfConntrack"], Exact>;
  /** With counters as numbers. */
  nfConntrack(options?: NumberOptions): ResultOfTable<Values["nfConntrack"]>;
  /** Rows of `/proc/net/ip_conntrack_expect`. */
  ipConntrackExpect(options?: OptionsOfTable<Values["ipConntrackExpect"]>): ResultOfTable<Values["ipConntrackExpect"]>;
  /** Rows of `/proc/net/nf_conntrack_expect`. */
  nfConntrackExpect(options?: OptionsOfTable<Values["nfConntrackExpect"]>): ResultOfTable<Values["nfConntrackExpect"]>;
  /** Rows of `/proc/net/netfilter/nf_log` or `nf_queue`. */
  netfilterNfLog(options?: OptionsOfTable<Values["netfilterNfLog"]>): ResultOfTable<Values["netfilterNfLog"]>;
  /** Rows of `/proc/net/netfilter/nf_queue` or `nf_queue`. */
  netfilterNfQueue(options?: OptionsOfTable<Values["netfilterNfQueue"]>): ResultOfTable<Values["netfilterNfQueue"]>;
  /** Rows of `/proc/net/netfilter/nfnetlink_log`. */
  netfilterNfnetlinkLog(
    options?: OptionsOfTable<Values["netfilterNfnetlinkLog"]>,
  ): ResultOfTable<Values["netfilterNfnetlinkLog"]>;
  /** Rows of `/proc/net/netfilter/nfnetlink_queue`. */
  netfilterNfnetlinkQueue(
    options?: OptionsOfTable<Values["netfilterNfnetlinkQueue"]>,
  ): ResultOfTable<Values["netfilterNfnetlinkQueue"]>;
  /** A trace of DCCP: a read waits for the next packet and takes its line away from other readers. */
  dccpprobe(options?: OptionsOfTable<Values["dccpprobe"]>): ResultOfTable<Values["dccpprobe"]>;
  /** A trace of SCTP: a read waits for the next packet and takes its line away from other readers. */
  sctpprobe(options?: OptionsOfTable<Values["sctpprobe"]>): ResultOfTable<Values["sctpprobe"]>;
  /** A trace of TCP: a read waits for the next packet and takes its line away from other readers. */
  tcpprobe(options?: OptionsOfTable<Values["tcpprobe"]>): ResultOfTable<Values["tcpprobe"]>;
  /** AppleTalk sockets, as text; `atalk/socket` took its place. */
  appletalk(options?: OptionsOfTable<Values["appletalk"]>): ResultOfTable<Values["appletalk"]>;
  /** AppleTalk interfaces, as text; `atalk/interface` took its place. */
  atalkIface(options?: OptionsOfTable<Values["atalkIface"]>): ResultOfTable<Values["atalkIface"]>;
  /** DECnet sockets, as text. */
  decnet(options?: OptionsOfTable<Values["decnet"]>): ResultOfTable<Values["decnet"]>;
  /** Cached DECnet routes, as text. */
  decnetCache(options?: OptionsOfTable<Values["decnetCache"]>): ResultOfTable<Values["decnetCache"]>;
  /** DECnet devices, as text. */
  decnetDev(options?: OptionsOfTable<Values["decnetDev"]>): ResultOfTable<Values["decnetDev"]>;
  /** DECnet neighbours, as text. */
  decnetNeigh(options?: OptionsOfTable<Values["decnetNeigh"]>): ResultOfTable<Values["decnetNeigh"]>;
  /** DECnet routes, as text. */
  decnetRoute(options?: OptionsOfTable<Values["decnetRoute"]>): ResultOfTable<Values["decnetRoute"]>;
  /** Econet, as text. */
  econet(options?: OptionsOfTable<Values["econet"]>): ResultOfTable<Values["econet"]>;
  /** IPX interfaces, as text. */
  ipxInterface(options?: OptionsOfTable<Values["ipxInterface"]>): ResultOfTable<Values["ipxInterface"]>;
  /** IPX routes, as text. */
  ipxRoute(options?: OptionsOfTable<Values["ipxRoute"]>): ResultOfTable<Values["ipxRoute"]>;
  /** IPX sockets, as text. */
  ipxSocket(options?: OptionsOfTable<Values["ipxSocket"]>): ResultOfTable<Values["ipxSocket"]>;
  /** Serial lines over infrared, as text. */
  ircomm(options?: OptionsOfTable<Values["ircomm"]>): ResultOfTable<Values["ircomm"]>;
  /** LAN over infrared, as text. */
  irlan(options?: OptionsOfTable<Values["irlan"]>): ResultOfTable<Values["irlan"]>;
  /** PPP over infrared, as text. */
  irnet(options?: OptionsOfTable<Values["irnet"]>): ResultOfTable<Values["irnet"]>;
  /** Addresses that MPTCP's path manager used before it was in the kernel, as text. */
  mptcpFullmesh(options?: OptionsOfTable<Values["mptcpFullmesh"]>): ResultOfTable<Values["mptcpFullmesh"]>;
  /** Connections of MPTCP before it was in the kernel, as text. */
  mptcpNetMptcp(options?: OptionsOfTable<Values["mptcpNetMptcp"]>): ResultOfTable<Values["mptcpNetMptcp"]>;
  /** Counters of MPTCP before it was in the kernel, as text. */
  mptcpNetSnmp(options?: OptionsOfTable<Values["mptcpNetSnmp"]>): ResultOfTable<Values["mptcpNetSnmp"]>;
  /** Neighbours of IPv6, as text. */
  ndisc(options?: OptionsOfTable<Values["ndisc"]>): ResultOfTable<Values["ndisc"]>;
  /** Times of the network code when it was built to be profiled, as text. */
  profile(options?: OptionsOfTable<Values["profile"]>): ResultOfTable<Values["profile"]>;
  /** Addresses that the kernel answered RARP requests with, as text. */
  rarp(options?: OptionsOfTable<Values["rarp"]>): ResultOfTable<Values["rarp"]>;
  /** Packets processed, as text; `softnet_stat` took its place. */
  softnet(options?: OptionsOfTable<Values["softnet"]>): ResultOfTable<Values["softnet"]>;
  /** Counters of the cache of DECnet neighbours, as text. */
  statDnNeighCache(options?: OptionsOfTable<Values["statDnNeighCache"]>): ResultOfTable<Values["statDnNeighCache"]>;
  /** Source routes of Token Ring, as text. */
  trRif(options?: OptionsOfTable<Values["trRif"]>): ResultOfTable<Values["trRif"]>;
  /** State of the queue of IPv6 packets to user space, as text. */
  ip6Queue(options?: OptionsOfTable<Values["ip6Queue"]>): ResultOfTable<Values["ip6Queue"]>;
  /** Accounting rules of ipfwadm, as text. */
  ipAcct(options?: OptionsOfTable<Values["ipAcct"]>): ResultOfTable<Values["ipAcct"]>;
  /** Forwarding rules of ipfwadm, as text. */
  ipForward(options?: OptionsOfTable<Values["ipForward"]>): ResultOfTable<Values["ipForward"]>;
  /** Rules of ipchains, as text. */
  ipFwchains(options?: OptionsOfTable<Values["ipFwchains"]>): ResultOfTable<Values["ipFwchains"]>;
  /** Chains of ipchains, as text. */
  ipFwnames(options?: OptionsOfTable<Values["ipFwnames"]>): ResultOfTable<Values["ipFwnames"]>;
  /** Input rules of ipfwadm, as text. */
  ipInput(options?: OptionsOfTable<Values["ipInput"]>): ResultOfTable<Values["ipInput"]>;
  /** Masqueraded connections of ipfwadm and ipchains, as text. */
  ipMasquerade(options?: OptionsOfTable<Values["ipMasquerade"]>): ResultOfTable<Values["ipMasquerade"]>;
  /** Output rules of ipfwadm, as text. */
  ipOutput(options?: OptionsOfTable<Values["ipOutput"]>): ResultOfTable<Values["ipOutput"]>;
  /** Connections that ipp2p recognised, as text. */
  ipp2p(options?: OptionsOfTable<Values["ipp2p"]>): ResultOfTable<Values["ipp2p"]>;
  /** State of the queue of packets to user space, as text. */
  ipQueue(options?: OptionsOfTable<Values["ipQueue"]>): ResultOfTable<Values["ipQueue"]>;
  /** How many packets l7-filter looks at of a connection, as text. */
  layer7Numpackets(options?: OptionsOfTable<Values["layer7Numpackets"]>): ResultOfTable<Values["layer7Numpackets"]>;
  /** Sockets that Android tagged by user and tag, as text. */
  xtQtaguidCtrl(options?: OptionsOfTable<Values["xtQtaguidCtrl"]>): ResultOfTable<Values["xtQtaguidCtrl"]>;
  /** Traffic of Android by interface, as text. */
  xtQtaguidIfaceStatAll(
    options?: OptionsOfTable<Values["xtQtaguidIfaceStatAll"]>,
  ): ResultOfTable<Values["xtQtaguidIfaceStatAll"]>;
  /** Traffic of Android by interface with a heading, as text. */
  xtQtaguidIfaceStatFmt(
    options?: OptionsOfTable<Values["xtQtaguidIfaceStatFmt"]>,
  ): ResultOfTable<Values["xtQtaguidIfaceStatFmt"]>;
  /** Traffic of Android by interface, tag and user, as text. */
  xtQtaguidStats(options?: OptionsOfTable<Values["xtQtaguidStats"]>): ResultOfTable<Values["xtQtaguidStats"]>;
  /** Rows of `/proc/net/anycast6`, by device. */
  anycast6(options?: OptionsOfTable<Values["anycast6"]>): ResultOfTable<Values["anycast6"]>;
  /** Rows of `/proc/net/arp`: neighbours, then proxy entries. */
  arp(options?: OptionsOfTable<Values["arp"]>): ResultOfTable<Values["arp"]>;
  /** Rows of `/proc/net/fib_trie`, each node before what is below it. */
  fibTrie(options?: OptionsOfTable<Values["fibTrie"]>): ResultOfTable<Values["fibTrie"]>;
  /** Tables of `/proc/net/fib_triestat`. */
  fibTriestat(options?: OptionsOfTable<Values["fibTriestat"]>): ResultOfTable<Values["fibTriestat"]>;
  /** Rows of `/proc/net/igmp`, by device. */
  igmp(options?: OptionsOfTable<Values["igmp"]>): ResultOfTable<Values["igmp"]>;
  /** Rows of `/proc/net/igmp6`, by device. */
  igmp6(options?: OptionsOfTable<Values["igmp6"]>): ResultOfTable<Values["igmp6"]>;
  /** A multicast route: a row of `/proc/net/ip6_mr_cache` and `ip6_mr_cache`. */
  ip6MrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["ip6MrCache"], Exact>;
  /** With counters as numbers. */
  ip6MrCache(options?: NumberOptions): ResultOfTable<Values["ip6MrCache"]>;
  /** A multicast route: a row of `/proc/net/ip_mr_cache` and `ip6_mr_cache`. */
  ipMrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["ipMrCache"], Exact>;
  /** With counters as numbers. */
  ipMrCache(options?: NumberOptions): ResultOfTable<Values["ipMrCache"]>;
  /** An interface of IPv6 multicast routing: a row of `/proc/net/ip6_mr_vif`. */
  ip6MrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["ip6MrVif"], Exact>;
  /** With counters as numbers. */
  ip6MrVif(options?: NumberOptions): ResultOfTable<Values["ip6MrVif"]>;
  /** An interface of IPv4 multicast routing: a row of `/proc/net/ip_mr_vif`. */
  ipMrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["ipMrVif"], Exact>;
  /** With counters as numbers. */
  ipMrVif(options?: NumberOptions): ResultOfTable<Values["ipMrVif"]>;
  /** Rows of `/proc/net/ip6_flowlabel`. */
  ip6Flowlabel(options?: OptionsOfTable<Values["ip6Flowlabel"]>): ResultOfTable<Values["ip6Flowlabel"]>;
  /** Rows of `/proc/net/ipv6_route`, table by table. */
  ipv6Route(options?: OptionsOfTable<Values["ipv6Route"]>): ResultOfTable<Values["ipv6Route"]>;
  /** Rows of `/proc/net/mcfilter` or `mcfilter6`. */
  mcfilter(options?: OptionsOfTable<Values["mcfilter"]>): ResultOfTable<Values["mcfilter"]>;
  /** Rows of `/proc/net/mcfilter6` or `mcfilter6`. */
  mcfilter6(options?: OptionsOfTable<Values["mcfilter6"]>): ResultOfTable<Values["mcfilter6"]>;
  /** Rows of `/proc/net/route`, ordered by destination. */
  route(options?: OptionsOfTable<Values["route"]>): ResultOfTable<Values["route"]>;
  /** `/proc/net/rt_acct`: route classes by number, those without traffic included. */
  rtAcct(options?: OptionsOfTable<Values["rtAcct"]>): ResultOfTable<Values["rtAcct"]>;
  /** Rows of `/proc/net/rt_cache`. */
  rtCache(options?: OptionsOfTable<Values["rtCache"]>): ResultOfTable<Values["rtCache"]>;
  /** Sizes of the IPv6 routing tables: `/proc/net/rt6_stats`. */
  rt6Stats(options?: OptionsOfTable<Values["rt6Stats"]>): ResultOfTable<Values["rt6Stats"]>;
  /** Rows of `/proc/net/nfsfs/servers`. */
  nfsfsServers(options?: OptionsOfTable<Values["nfsfsServers"]>): ResultOfTable<Values["nfsfsServers"]>;
  /** Rows of `/proc/net/nfsfs/volumes`. */
  nfsfsVolumes(options?: OptionsOfTable<Values["nfsfsVolumes"]>): ResultOfTable<Values["nfsfsVolumes"]>;
  /** Counters of `/proc/net/rpc/nfs` by the first word of each line. */
  rpcNfs<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["rpcNfs"], Exact>;
  /** With counters as numbers. */
  rpcNfs(options?: NumberOptions): ResultOfTable<Values["rpcNfs"]>;
  /** Counters of `/proc/net/rpc/nfsd` by the first word of each line. */
  rpcNfsd<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["rpcNfsd"], Exact>;
  /** With counters as numbers. */
  rpcNfsd(options?: NumberOptions): ResultOfTable<Values["rpcNfsd"]>;
  /** The text of `/proc/net/rpc/gss_krb5_enctypes`. */
  rpcGssKrb5Enctypes(
    options?: OptionsOfTable<Values["rpcGssKrb5Enctypes"]>,
  ): ResultOfTable<Values["rpcGssKrb5Enctypes"]>;
  /** 1 when the kernel asks gssproxy, 0 when another daemon, -1 while that is undecided: `/proc/net/rpc/use-gss-proxy`. */
  rpcUseGssProxy(options?: OptionsOfTable<Values["rpcUseGssProxy"]>): ResultOfTable<Values["rpcUseGssProxy"]>;
  /** Rows of `/proc/net/sctp/assocs`. */
  sctpAssocs(options?: OptionsOfTable<Values["sctpAssocs"]>): ResultOfTable<Values["sctpAssocs"]>;
  /** `/proc/net/sctp/sctp_dbg_objcnt`: how many objects of each kind SCTP holds, by the kernel's names: `sock`, `ep`, `assoc`, `transport`, `chunk`, ... */
  sctpDbgObjcnt(options?: OptionsOfTable<Values["sctpDbgObjcnt"]>): ResultOfTable<Values["sctpDbgObjcnt"]>;
  /** Rows of `/proc/net/sctp/eps`. */
  sctpEps(options?: OptionsOfTable<Values["sctpEps"]>): ResultOfTable<Values["sctpEps"]>;
  /** Rows of `/proc/net/sctp/remaddr`. */
  sctpRemaddr(options?: OptionsOfTable<Values["sctpRemaddr"]>): ResultOfTable<Values["sctpRemaddr"]>;
  /** Counters of `/proc/net/sctp/snmp` (RFC 3873, then Linux's own) by the kernel's names. */
  sctpSnmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): ResultOfTable<Values["sctpSnmp"], Exact>;
  /** With counters as numbers. */
  sctpSnmp(options?: NumberOptions): ResultOfTable<Values["sctpSnmp"]>;
  /** Ping sockets of IPv4 (`SOCK_DGRAM` of ICMP); `localPort` is the echo identifier. */
  icmp(options?: OptionsOfTable<Values["icmp"]>): ResultOfTable<Values["icmp"]>;
  /** Ping sockets of IPv6 (`SOCK_DGRAM` of ICMPv6); `localPort` is the echo identifier. */
  icmp6(options?: OptionsOfTable<Values["icmp6"]>): ResultOfTable<Values["icmp6"]>;
  /** Raw sockets of IPv4; `localPort` is the IP protocol. */
  raw(options?: OptionsOfTable<Values["raw"]>): ResultOfTable<Values["raw"]>;
  /** Raw sockets of IPv6; `localPort` is the IP protocol. */
  raw6(options?: OptionsOfTable<Values["raw6"]>): ResultOfTable<Values["raw6"]>;
  /** TCP sockets of IPv4. Linux lists listeners first. A socket that is bound but neither listens nor connects is in no file. */
  tcp(options?: OptionsOfTable<Values["tcp"]>): ResultOfTable<Values["tcp"]>;
  /** TCP sockets of IPv6. Linux lists listeners first; those that serve IPv4 too are here only. */
  tcp6(options?: OptionsOfTable<Values["tcp6"]>): ResultOfTable<Values["tcp6"]>;
  /** UDP sockets of IPv4 that have a local port. */
  udp(options?: OptionsOfTable<Values["udp"]>): ResultOfTable<Values["udp"]>;
  /** UDP sockets of IPv6 that have a local port. */
  udp6(options?: OptionsOfTable<Values["udp6"]>): ResultOfTable<Values["udp6"]>;
  /** UDP-Lite sockets of IPv4. */
  udplite(options?: OptionsOfTable<Values["udplite"]>): ResultOfTable<Values["udplite"]>;
  /** UDP-Lite sockets of IPv6. */
  udplite6(options?: OptionsOfTable<Values["udplite6"]>): ResultOfTable<Values["udplite6"]>;
  /** Rows of `/proc/net/netlink`. */
  netlink(options?: OptionsOfTable<Values["netlink"]>): ResultOfTable<Values["netlink"]>;
  /** Rows of `/proc/net/packet`. */
  packet(options?: OptionsOfTable<Values["packet"]>): ResultOfTable<Values["packet"]>;
  /** Rows of `/proc/net/protocols`. */
  protocols(options?: OptionsOfTable<Values["protocols"]>): ResultOfTable<Values["protocols"]>;
  /** Rows of `/proc/net/ptype`. */
  ptype(options?: OptionsOfTable<Values["ptype"]>): ResultOfTable<Values["ptype"]>;
  /** Unix sockets. Their names are foreign text: see docs/hostile-text.md. */
  unix(options?: OptionsOfTable<Values["unix"]>): ResultOfTable<Values["unix"]>;
}
