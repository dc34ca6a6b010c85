import type { TableOf } from "./catalogue.ts";
import type { Snmp } from "./files/counters/snmp.ts";
import type { Snmp6 } from "./files/counters/snmp6.ts";
import { byName, type InterfaceDeviceStatus } from "./files/devices/dev.ts";
import type { ArpEntries } from "./files/routes/arp.ts";
import type { RouteEntries } from "./files/routes/route.ts";
import type { InetOptions } from "./files/sockets/inet/inet-scanner.ts";
import type { TcpNetEntries } from "./files/sockets/inet/tcp.ts";
import type { UdpNetEntries } from "./files/sockets/inet/udp.ts";
import type { UnixNetEntries, UnixOptions } from "./files/sockets/unix/unix.ts";
import type { Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "./form/options.ts";
import { NetFiles } from "./read/net-reader.ts";

/**
 * The files under `/proc/net` of one network namespace. Every call opens, reads and closes its file.
 *
 * A table has three forms: rows ({@link Net.read} and the methods named like the files), rows one by one in constant memory
 * ({@link Net.each}), and counts by state ({@link Net.count}). A reading is no snapshot: between two pages of rows the
 * kernel drops its locks, so a row can be missing or come twice where sockets come and go.
 *
 * All methods throw a `ProcfsError`: `ENOENT` when the kernel lacks the file, `EACCES`, `ESRCH` when the process whose
 * namespace this is has ended, `ERR_PARSE` at the first row that cannot be read unless `onIssue` is given.
 *
 * @example
 * ```ts
 * import { net } from "procnet";
 * for (const socket of net.each("tcp", { where: { state: "LISTEN" } })) console.log(socket.localPort, socket.uid);
 * ```
 */
export class Net extends NetFiles {
  /** TCP sockets of IPv4, listeners first. A socket that is bound but neither listens nor connects is in no file. */
  tcp(options?: InetOptions): TcpNetEntries {
    return this.read("tcp", options);
  }

  /** TCP sockets of IPv6, listeners first; those that serve IPv4 too are here only. */
  tcp6(options?: InetOptions): TcpNetEntries {
    return this.read("tcp6", options);
  }

  /** UDP sockets of IPv4 that have a local port. */
  udp(options?: InetOptions): UdpNetEntries {
    return this.read("udp", options);
  }

  /** UDP sockets of IPv6 that have a local port. */
  udp6(options?: InetOptions): UdpNetEntries {
    return this.read("udp6", options);
  }

  /** Unix sockets. Their names are foreign text: see docs/hostile-text.md. */
  unix(options?: UnixOptions): UnixNetEntries {
    return this.read("unix", options);
  }

  /** Neighbours of IPv4. */
  arp(options?: ParseOptions): ArpEntries {
    return this.read("arp", options);
  }

  /** Routes of IPv4, main table. */
  route(options?: ParseOptions): RouteEntries {
    return this.read("route", options);
  }

  /** Counters of the interfaces (`dev`), by name in the file's order. */
  devStatus<Exact extends boolean = false>(options?: ExactOptions<Exact>): InterfaceDeviceStatus<CounterOf<Exact>>;
  devStatus(options?: NumberOptions): InterfaceDeviceStatus;
  devStatus(options?: ParseOptions): InterfaceDeviceStatus<Counter> {
    return byName<Counter>(this.read("dev", options));
  }

  /** Counters of IPv4, ICMP, TCP and UDP, by protocol and the kernel's own names. */
  snmp<Exact extends boolean = false>(options?: ExactOptions<Exact>): Snmp<CounterOf<Exact>>;
  snmp(options?: NumberOptions): Snmp;
  snmp(options?: ParseOptions): Snmp<Counter> {
    return this.read("snmp", options);
  }

  /** Counters of IPv6, ICMPv6 and UDP of IPv6. */
  snmp6<Exact extends boolean = false>(options?: ExactOptions<Exact>): Snmp6<CounterOf<Exact>>;
  snmp6(options?: NumberOptions): Snmp6;
  snmp6(options?: ParseOptions): Snmp6<Counter> {
    return this.read("snmp6", options);
  }

  /** Reads the file `icmp`. */
  icmp(options?: InetOptions): TableOf<"icmp"> {
    return this.read("icmp", options);
  }

  /** Reads the file `icmp6`. */
  icmp6(options?: InetOptions): TableOf<"icmp6"> {
    return this.read("icmp6", options);
  }

  /** Reads the file `netlink`. */
  netlink(options?: ParseOptions): TableOf<"netlink"> {
    return this.read("netlink", options);
  }

  /** Reads the file `packet`. */
  packet(options?: ParseOptions): TableOf<"packet"> {
    return this.read("packet", options);
  }

  /** Reads the file `protocols`. */
  protocols(options?: ParseOptions): TableOf<"protocols"> {
    return this.read("protocols", options);
  }

  /** Reads the file `ptype`. */
  ptype(options?: ParseOptions): TableOf<"ptype"> {
    return this.read("ptype", options);
  }

  /** Reads the file `raw`. */
  raw(options?: InetOptions): TableOf<"raw"> {
    return this.read("raw", options);
  }

  /** Reads the file `raw6`. */
  raw6(options?: InetOptions): TableOf<"raw6"> {
    return this.read("raw6", options);
  }

  /** Reads the file `udplite`. */
  udplite(options?: InetOptions): TableOf<"udplite"> {
    return this.read("udplite", options);
  }

  /** Reads the file `udplite6`. */
  udplite6(options?: InetOptions): TableOf<"udplite6"> {
    return this.read("udplite6", options);
  }

  /** Reads the file `netstat`. */
  netstat<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"netstat", CounterOf<Exact>>;
  netstat(options?: NumberOptions): TableOf<"netstat">;
  netstat(options?: ParseOptions): TableOf<"netstat", Counter> {
    return this.read("netstat", options);
  }

  /** Reads the file `sockstat`. */
  sockstat(options?: ParseOptions): TableOf<"sockstat"> {
    return this.read("sockstat", options);
  }

  /** Reads the file `sockstat6`. */
  sockstat6(options?: ParseOptions): TableOf<"sockstat6"> {
    return this.read("sockstat6", options);
  }

  /** Reads the file `softnet_stat`. */
  softnetStat(options?: ParseOptions): TableOf<"softnet_stat"> {
    return this.read("softnet_stat", options);
  }

  /** Reads the file `stat/arp_cache`. */
  statArpCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): TableOf<"stat/arp_cache", CounterOf<Exact>>;
  statArpCache(options?: NumberOptions): TableOf<"stat/arp_cache">;
  statArpCache(options?: ParseOptions): TableOf<"stat/arp_cache", Counter> {
    return this.read("stat/arp_cache", options);
  }

  /** Reads the file `stat/clip_arp_cache`. */
  statClipArpCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): TableOf<"stat/clip_arp_cache", CounterOf<Exact>>;
  statClipArpCache(options?: NumberOptions): TableOf<"stat/clip_arp_cache">;
  statClipArpCache(options?: ParseOptions): TableOf<"stat/clip_arp_cache", Counter> {
    return this.read("stat/clip_arp_cache", options);
  }

  /** Reads the file `stat/ndisc_cache`. */
  statNdiscCache<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): TableOf<"stat/ndisc_cache", CounterOf<Exact>>;
  statNdiscCache(options?: NumberOptions): TableOf<"stat/ndisc_cache">;
  statNdiscCache(options?: ParseOptions): TableOf<"stat/ndisc_cache", Counter> {
    return this.read("stat/ndisc_cache", options);
  }

  /** Reads the file `stat/nf_conntrack`. */
  statNfConntrack(options?: ParseOptions): TableOf<"stat/nf_conntrack"> {
    return this.read("stat/nf_conntrack", options);
  }

  /** Reads the file `stat/nf_flowtable`. */
  statNfFlowtable(options?: ParseOptions): TableOf<"stat/nf_flowtable"> {
    return this.read("stat/nf_flowtable", options);
  }

  /** Reads the file `stat/rt_cache`. */
  statRtCache(options?: ParseOptions): TableOf<"stat/rt_cache"> {
    return this.read("stat/rt_cache", options);
  }

  /** Reads the file `stat/synproxy`. */
  statSynproxy(options?: ParseOptions): TableOf<"stat/synproxy"> {
    return this.read("stat/synproxy", options);
  }

  /** Reads the file `tls_stat`. */
  tlsStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"tls_stat", CounterOf<Exact>>;
  tlsStat(options?: NumberOptions): TableOf<"tls_stat">;
  tlsStat(options?: ParseOptions): TableOf<"tls_stat", Counter> {
    return this.read("tls_stat", options);
  }

  /** Reads the file `xfrm_stat`. */
  xfrmStat<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"xfrm_stat", CounterOf<Exact>>;
  xfrmStat(options?: NumberOptions): TableOf<"xfrm_stat">;
  xfrmStat(options?: ParseOptions): TableOf<"xfrm_stat", Counter> {
    return this.read("xfrm_stat", options);
  }

  /** Reads the file `connector`. */
  connector(options?: ParseOptions): TableOf<"connector"> {
    return this.read("connector", options);
  }

  /** Reads the file `dev_mcast`. */
  devMcast(options?: ParseOptions): TableOf<"dev_mcast"> {
    return this.read("dev_mcast", options);
  }

  /** Reads the file `if_inet6`. */
  ifInet6(options?: ParseOptions): TableOf<"if_inet6"> {
    return this.read("if_inet6", options);
  }

  /** Reads the file `ipconfig/ntp_servers`. */
  ipconfigNtpServers(options?: ParseOptions): TableOf<"ipconfig/ntp_servers"> {
    return this.read("ipconfig/ntp_servers", options);
  }

  /** Reads the file `pnp`. */
  pnp(options?: ParseOptions): TableOf<"pnp"> {
    return this.read("pnp", options);
  }

  /** Reads the file `pppoe`. */
  pppoe(options?: ParseOptions): TableOf<"pppoe"> {
    return this.read("pppoe", options);
  }

  /** Reads the file `pppol2tp`. */
  pppol2tp<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"pppol2tp", CounterOf<Exact>>;
  pppol2tp(options?: NumberOptions): TableOf<"pppol2tp">;
  pppol2tp(options?: ParseOptions): TableOf<"pppol2tp", Counter> {
    return this.read("pppol2tp", options);
  }

  /** Reads the file `psched`. */
  psched(options?: ParseOptions): TableOf<"psched"> {
    return this.read("psched", options);
  }

  /** Reads the file `vlan/config`. */
  vlanConfig(options?: ParseOptions): TableOf<"vlan/config"> {
    return this.read("vlan/config", options);
  }

  /** Reads the file `wireless`. */
  wireless(options?: ParseOptions): TableOf<"wireless"> {
    return this.read("wireless", options);
  }

  /** Reads the file `anycast6`. */
  anycast6(options?: ParseOptions): TableOf<"anycast6"> {
    return this.read("anycast6", options);
  }

  /** Reads the file `fib_trie`. */
  fibTrie(options?: ParseOptions): TableOf<"fib_trie"> {
    return this.read("fib_trie", options);
  }

  /** Reads the file `fib_triestat`. */
  fibTriestat(options?: ParseOptions): TableOf<"fib_triestat"> {
    return this.read("fib_triestat", options);
  }

  /** Reads the file `igmp`. */
  igmp(options?: ParseOptions): TableOf<"igmp"> {
    return this.read("igmp", options);
  }

  /** Reads the file `igmp6`. */
  igmp6(options?: ParseOptions): TableOf<"igmp6"> {
    return this.read("igmp6", options);
  }

  /** Reads the file `ip_mr_cache`. */
  ipMrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"ip_mr_cache", CounterOf<Exact>>;
  ipMrCache(options?: NumberOptions): TableOf<"ip_mr_cache">;
  ipMrCache(options?: ParseOptions): TableOf<"ip_mr_cache", Counter> {
    return this.read("ip_mr_cache", options);
  }

  /** Reads the file `ip_mr_vif`. */
  ipMrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"ip_mr_vif", CounterOf<Exact>>;
  ipMrVif(options?: NumberOptions): TableOf<"ip_mr_vif">;
  ipMrVif(options?: ParseOptions): TableOf<"ip_mr_vif", Counter> {
    return this.read("ip_mr_vif", options);
  }

  /** Reads the file `ip6_flowlabel`. */
  ip6Flowlabel(options?: ParseOptions): TableOf<"ip6_flowlabel"> {
    return this.read("ip6_flowlabel", options);
  }

  /** Reads the file `ip6_mr_cache`. */
  ip6MrCache<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"ip6_mr_cache", CounterOf<Exact>>;
  ip6MrCache(options?: NumberOptions): TableOf<"ip6_mr_cache">;
  ip6MrCache(options?: ParseOptions): TableOf<"ip6_mr_cache", Counter> {
    return this.read("ip6_mr_cache", options);
  }

  /** Reads the file `ip6_mr_vif`. */
  ip6MrVif<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"ip6_mr_vif", CounterOf<Exact>>;
  ip6MrVif(options?: NumberOptions): TableOf<"ip6_mr_vif">;
  ip6MrVif(options?: ParseOptions): TableOf<"ip6_mr_vif", Counter> {
    return this.read("ip6_mr_vif", options);
  }

  /** Reads the file `ipv6_route`. */
  ipv6Route(options?: ParseOptions): TableOf<"ipv6_route"> {
    return this.read("ipv6_route", options);
  }

  /** Reads the file `mcfilter`. */
  mcfilter(options?: ParseOptions): TableOf<"mcfilter"> {
    return this.read("mcfilter", options);
  }

  /** Reads the file `mcfilter6`. */
  mcfilter6(options?: ParseOptions): TableOf<"mcfilter6"> {
    return this.read("mcfilter6", options);
  }

  /** Reads the file `rt_acct`. */
  rtAcct(options?: ParseOptions): TableOf<"rt_acct"> {
    return this.read("rt_acct", options);
  }

  /** Reads the file `rt_cache`. */
  rtCache(options?: ParseOptions): TableOf<"rt_cache"> {
    return this.read("rt_cache", options);
  }

  /** Reads the file `rt6_stats`. */
  rt6Stats(options?: ParseOptions): TableOf<"rt6_stats"> {
    return this.read("rt6_stats", options);
  }

  /** Reads the file `nf_conntrack`. */
  nfConntrack<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"nf_conntrack", CounterOf<Exact>>;
  nfConntrack(options?: NumberOptions): TableOf<"nf_conntrack">;
  nfConntrack(options?: ParseOptions): TableOf<"nf_conntrack", Counter> {
    return this.read("nf_conntrack", options);
  }

  /** Reads the file `nf_conntrack_expect`. */
  nfConntrackExpect(options?: ParseOptions): TableOf<"nf_conntrack_expect"> {
    return this.read("nf_conntrack_expect", options);
  }

  /** Reads the file `ip_tables_names`. */
  ipTablesNames(options?: ParseOptions): TableOf<"ip_tables_names"> {
    return this.read("ip_tables_names", options);
  }

  /** Reads the file `ip_tables_matches`. */
  ipTablesMatches(options?: ParseOptions): TableOf<"ip_tables_matches"> {
    return this.read("ip_tables_matches", options);
  }

  /** Reads the file `ip_tables_targets`. */
  ipTablesTargets(options?: ParseOptions): TableOf<"ip_tables_targets"> {
    return this.read("ip_tables_targets", options);
  }

  /** Reads the file `ip6_tables_names`. */
  ip6TablesNames(options?: ParseOptions): TableOf<"ip6_tables_names"> {
    return this.read("ip6_tables_names", options);
  }

  /** Reads the file `ip6_tables_matches`. */
  ip6TablesMatches(options?: ParseOptions): TableOf<"ip6_tables_matches"> {
    return this.read("ip6_tables_matches", options);
  }

  /** Reads the file `ip6_tables_targets`. */
  ip6TablesTargets(options?: ParseOptions): TableOf<"ip6_tables_targets"> {
    return this.read("ip6_tables_targets", options);
  }

  /** Reads the file `arp_tables_names`. */
  arpTablesNames(options?: ParseOptions): TableOf<"arp_tables_names"> {
    return this.read("arp_tables_names", options);
  }

  /** Reads the file `arp_tables_matches`. */
  arpTablesMatches(options?: ParseOptions): TableOf<"arp_tables_matches"> {
    return this.read("arp_tables_matches", options);
  }

  /** Reads the file `arp_tables_targets`. */
  arpTablesTargets(options?: ParseOptions): TableOf<"arp_tables_targets"> {
    return this.read("arp_tables_targets", options);
  }

  /** Reads the file `netfilter/nf_log`. */
  netfilterNfLog(options?: ParseOptions): TableOf<"netfilter/nf_log"> {
    return this.read("netfilter/nf_log", options);
  }

  /** Reads the file `netfilter/nf_queue`. */
  netfilterNfQueue(options?: ParseOptions): TableOf<"netfilter/nf_queue"> {
    return this.read("netfilter/nf_queue", options);
  }

  /** Reads the file `netfilter/nfnetlink_log`. */
  netfilterNfnetlinkLog(options?: ParseOptions): TableOf<"netfilter/nfnetlink_log"> {
    return this.read("netfilter/nfnetlink_log", options);
  }

  /** Reads the file `netfilter/nfnetlink_queue`. */
  netfilterNfnetlinkQueue(options?: ParseOptions): TableOf<"netfilter/nfnetlink_queue"> {
    return this.read("netfilter/nfnetlink_queue", options);
  }

  /** Reads the file `ip_vs`. */
  ipVs(options?: ParseOptions): TableOf<"ip_vs"> {
    return this.read("ip_vs", options);
  }

  /** Reads the file `ip_vs_app`. */
  ipVsApp(options?: ParseOptions): TableOf<"ip_vs_app"> {
    return this.read("ip_vs_app", options);
  }

  /** Reads the file `ip_vs_conn`. */
  ipVsConn(options?: ParseOptions): TableOf<"ip_vs_conn"> {
    return this.read("ip_vs_conn", options);
  }

  /** Reads the file `ip_vs_conn_sync`. */
  ipVsConnSync(options?: ParseOptions): TableOf<"ip_vs_conn_sync"> {
    return this.read("ip_vs_conn_sync", options);
  }

  /** Reads the file `ip_vs_stats`. */
  ipVsStats<Exact extends boolean = false>(options?: ExactOptions<Exact>): TableOf<"ip_vs_stats", CounterOf<Exact>>;
  ipVsStats(options?: NumberOptions): TableOf<"ip_vs_stats">;
  ipVsStats(options?: ParseOptions): TableOf<"ip_vs_stats", Counter> {
    return this.read("ip_vs_stats", options);
  }

  /** Reads the file `ip_vs_stats_percpu`. */
  ipVsStatsPercpu<Exact extends boolean = false>(
    options?: ExactOptions<Exact>,
  ): TableOf<"ip_vs_stats_percpu", CounterOf<Exact>>;
  ipVsStatsPercpu(options?: NumberOptions): TableOf<"ip_vs_stats_percpu">;
  ipVsStatsPercpu(options?: ParseOptions): TableOf<"ip_vs_stats_percpu", Counter> {
    return this.read("ip_vs_stats_percpu", options);
  }

  /** Reads the file `ip_vs_status`. */
  ipVsStatus(options?: ParseOptions): TableOf<"ip_vs_status"> {
    return this.read("ip_vs_status", options);
  }
}
