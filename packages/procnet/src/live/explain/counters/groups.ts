import { DEV, SOFTNET_STAT } from "./devices.ts";
import { ICMP, ICMP_MESSAGES, ICMP6 } from "./icmp.ts";
import { IP, IP_EXT, IP6 } from "./ip.ts";
import { type CounterEntry, entriesOf } from "./lines.ts";
import { MPTCP_EXT } from "./mptcp-ext.ts";
import { TLS_STAT, XFRM_STAT } from "./security.ts";
import { NEIGHBOURS, NF_CONNTRACK, NF_FLOWTABLE, RT_CACHE, SOCKSTAT, SYNPROXY } from "./tables.ts";
import { TCP_EXT_HANDSHAKE } from "./tcp-ext-handshake.ts";
import { TCP_EXT_LOSS } from "./tcp-ext-loss.ts";
import { TCP_EXT_MEMORY } from "./tcp-ext-memory.ts";
import { TCP, UDP } from "./transport.ts";

/** Bits after which a counter begins anew; `word`: 32 on 32-bit kernels, else 64. */
export type CounterBits = 32 | 64 | "word";

/** Counters that stand together. */
export interface CounterGroup {
  /** As it stands before the dot: `TcpExt`, `stat/arp_cache`. */
  readonly name: string;
  readonly file: string;
  readonly bits: CounterBits;
  readonly isMachine: boolean;
  /** The RFC that says what they mean, where one does. */
  readonly rfc: string | undefined;
  readonly entries: ReadonlyMap<string, CounterEntry>;
}

type Rest = Partial<Pick<CounterGroup, "bits" | "isMachine" | "rfc">>;

function group(name: string, file: string, entries: Map<string, CounterEntry>, rest: Rest = {}): CounterGroup {
  return { name, file: `net/${file}`, bits: "word", isMachine: false, rfc: undefined, entries, ...rest };
}

/** Messages of ICMP each have a counter of those received and one of those sent. */
function icmp(lines: string, folder: string, received: string, sent: string): Map<string, CounterEntry> {
  const entries = entriesOf(lines, folder);
  for (const [message, meaning] of Object.entries(ICMP_MESSAGES)) {
    const take = (name: string, source: string, verb: string) =>
      entries.set(name, { name, source, meaning: `messages ${verb}: ${meaning}`, since: undefined });
    take(`In${message}`, received, "received");
    take(`Out${message}`, sent, "sent");
  }
  return entries;
}

/** All groups, in the order of the files. */
export function counterGroups(): CounterGroup[] {
  const udp = entriesOf(UDP, "net/ipv4");
  const tcpExt = TCP_EXT_HANDSHAKE + TCP_EXT_LOSS.trimStart() + TCP_EXT_MEMORY.trimStart();
  const neighbours = entriesOf(NEIGHBOURS, "net/core");
  const rfc4293 = "RFC 4293";
  const rfc4113 = "RFC 4113";
  return [
    group("Ip", "snmp", entriesOf(IP, "net/ipv4"), { bits: 64, rfc: rfc4293 }),
    group("Icmp", "snmp", icmp(ICMP, "net/ipv4", "icmp_rcv, net/ipv4/icmp.c", "icmp_out_count, net/ipv4/icmp.c"), {
      rfc: rfc4293,
    }),
    group("Tcp", "snmp", entriesOf(TCP, "net/ipv4"), { rfc: "RFC 4022" }),
    group("Udp", "snmp", udp, { rfc: rfc4113 }),
    group("UdpLite", "snmp", udp),
    group("Ip6", "snmp6", entriesOf(IP6, "net/ipv6"), { bits: 64, rfc: rfc4293 }),
    group("Icmp6", "snmp6", icmp(ICMP6, "net/ipv6", "icmpv6_rcv, net/ipv6/icmp.c", "icmp6_send, net/ipv6/icmp.c"), {
      rfc: rfc4293,
    }),
    group("Udp6", "snmp6", udp, { rfc: rfc4113 }),
    group("UdpLite6", "snmp6", udp),
    group("TcpExt", "netstat", entriesOf(tcpExt, "net/ipv4")),
    group("IpExt", "netstat", entriesOf(IP_EXT, "net/ipv4"), { bits: 64 }),
    group("MPTcpExt", "netstat", entriesOf(MPTCP_EXT, "net/mptcp"), { rfc: "RFC 8684" }),
    ...Object.entries(SOCKSTAT).map(([name, lines]) => {
      const [file, folder] = name.endsWith("6") ? ["sockstat6", "net/ipv6"] : ["sockstat", "net/ipv4"];
      return group(name, file!, entriesOf(lines, folder!));
    }),
    group("xfrm_stat", "xfrm_stat", entriesOf(XFRM_STAT, "net/xfrm")),
    group("tls_stat", "tls_stat", entriesOf(TLS_STAT, "net/tls")),
    group("dev", "dev", entriesOf(DEV, "net/core"), { bits: 64 }),
    group("softnet_stat", "softnet_stat", entriesOf(SOFTNET_STAT, "net/core"), { bits: 32, isMachine: true }),
    group("stat/arp_cache", "stat/arp_cache", neighbours, { isMachine: true }),
    group("stat/ndisc_cache", "stat/ndisc_cache", neighbours, { isMachine: true }),
    group("stat/nf_conntrack", "stat/nf_conntrack", entriesOf(NF_CONNTRACK, "net/netfilter"), { bits: 32 }),
    group("stat/nf_flowtable", "stat/nf_flowtable", entriesOf(NF_FLOWTABLE, "net/netfilter")),
    group("stat/rt_cache", "stat/rt_cache", entriesOf(RT_CACHE, "net/ipv4"), { bits: 32, isMachine: true }),
    group("stat/synproxy", "stat/synproxy", entriesOf(SYNPROXY, "net/netfilter"), { bits: 32 }),
  ];
}
