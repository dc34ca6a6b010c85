import { type Counters, mibPairs } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/snmp: snmp_seq_show (net/ipv4/proc.c). Pairs of lines, names then values.
 *
 *   Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens ...
 *   Tcp: 1 200 120000 -1 50061 ...
 *
 * The units are those of RFC 4293 (Ip, Icmp), RFC 4022 (Tcp) and RFC 4113 (Udp).
 */

/** IPv4 counters, 64 bits wide on every kernel. */
export type IpMib<Value extends Counter = number> = Counters<Value> & {
  /** 1 forwards packets, 2 does not: see `IpForwarding`. */
  readonly Forwarding: Value;
  /** Time to live of packets sent. */
  readonly DefaultTTL: Value;
  /** Packets received, faulty ones too. */
  readonly InReceives: Value;
  /** Packets dropped for a faulty header. */
  readonly InHdrErrors: Value;
  /** Packets dropped for an address that is not of here. */
  readonly InAddrErrors: Value;
  /** Packets forwarded. */
  readonly ForwDatagrams: Value;
  /** Packets for a protocol that nobody takes. */
  readonly InUnknownProtos: Value;
  /** Packets received and dropped without a fault of theirs. */
  readonly InDiscards: Value;
  /** Packets handed to their protocol. */
  readonly InDelivers: Value;
  /** Packets that protocols of this machine sent. */
  readonly OutRequests: Value;
  /** Packets to be sent and dropped without a fault of theirs. */
  readonly OutDiscards: Value;
  /** Packets dropped because no route leads on. */
  readonly OutNoRoutes: Value;
  /** Packets given up because not all of their fragments came in time: a count, whatever the RFC says. */
  readonly ReasmTimeout: Value;
  /** Fragments received that had to be put together. */
  readonly ReasmReqds: Value;
  /** Packets put together. */
  readonly ReasmOKs: Value;
  /** Times putting together failed. */
  readonly ReasmFails: Value;
  /** Packets cut into fragments. */
  readonly FragOKs: Value;
  /** Packets that could not be or must not be cut. */
  readonly FragFails: Value;
  /** Fragments made. */
  readonly FragCreates: Value;
  /** Packets given to the link layer. Since Linux 6.7. */
  readonly OutTransmits?: Value;
};

/** ICMP counters. */
export type IcmpMib<Value extends Counter = number> = Counters<Value> & {
  /** Messages received, faulty ones too. */
  readonly InMsgs: Value;
  /** Messages received that were faulty. */
  readonly InErrors: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
  /** "Destination unreachable" received. */
  readonly InDestUnreachs: Value;
  /** "Time exceeded" received. */
  readonly InTimeExcds: Value;
  /** Echo requests received. */
  readonly InEchos: Value;
  /** Echo replies received. */
  readonly InEchoReps: Value;
  /** Messages sent, or meant to be. */
  readonly OutMsgs: Value;
  /** Messages not sent for want of memory, say. */
  readonly OutErrors: Value;
  /** Messages held back by the limit of the host. Since Linux 6.4. */
  readonly OutRateLimitGlobal?: Value;
  /** Messages held back by the limit of a destination. Since Linux 6.4. */
  readonly OutRateLimitHost?: Value;
  /** "Destination unreachable" sent. */
  readonly OutDestUnreachs: Value;
  /** "Time exceeded" sent. */
  readonly OutTimeExcds: Value;
  /** Echo requests sent. */
  readonly OutEchos: Value;
  /** Echo replies sent. */
  readonly OutEchoReps: Value;
};

/** TCP counters, both address families together. They are machine words: 32 bits wide on 32-bit kernels. */
export type TcpMib<Value extends Counter = number> = Counters<Value> & {
  /** See `TcpRtoAlgorithm`. */
  readonly RtoAlgorithm: Value;
  /** Shortest retransmission timeout, milliseconds. */
  readonly RtoMin: Value;
  /** Longest retransmission timeout, milliseconds. */
  readonly RtoMax: Value;
  /** Limit of connections; -1 for none. */
  readonly MaxConn: Value;
  /** Connections begun from here. */
  readonly ActiveOpens: Value;
  /** Connections begun by peers. */
  readonly PassiveOpens: Value;
  /** Connections that failed before they were established. */
  readonly AttemptFails: Value;
  /** Established connections that ended by a reset. */
  readonly EstabResets: Value;
  /** Connections now `ESTABLISHED` or `CLOSE_WAIT`: a gauge. */
  readonly CurrEstab: Value;
  /** Segments received, faulty ones too. */
  readonly InSegs: Value;
  /** Segments sent, those sent again aside. */
  readonly OutSegs: Value;
  /** Segments sent again. */
  readonly RetransSegs: Value;
  /** Segments received that were faulty. */
  readonly InErrs: Value;
  /** Resets sent. */
  readonly OutRsts: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
};

/** UDP counters of IPv4. */
export type UdpMib<Value extends Counter = number> = Counters<Value> & {
  /** Datagrams that programs received. */
  readonly InDatagrams: Value;
  /** Datagrams for a port that nobody has. */
  readonly NoPorts: Value;
  /** Datagrams received and dropped for another reason. */
  readonly InErrors: Value;
  /** Datagrams sent. */
  readonly OutDatagrams: Value;
  /** Datagrams dropped because the receive buffer was full. */
  readonly RcvbufErrors: Value;
  /** Datagrams not sent because the send buffer was full. */
  readonly SndbufErrors: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
  /** Multicast that no socket wanted. Since Linux 3.19. */
  readonly IgnoredMulti?: Value;
  /** Since Linux 5.11. */
  readonly MemErrors?: Value;
};

/** Counters of `/proc/net/snmp` by protocol, then by the kernel's own name; what this version does not know is kept too. */
export type Snmp<Value extends Counter = number> = { readonly [protocol: string]: Counters<Value> | undefined } & {
  /** IPv4 (RFC 4293). */
  readonly Ip: IpMib<Value>;
  /** ICMP of IPv4 (RFC 4293). */
  readonly Icmp: IcmpMib<Value>;
  /** `InType3`, `OutType8`, ...: messages by type, only types seen. Absent before the first. */
  readonly IcmpMsg?: Counters<Value>;
  /** TCP over both IP versions (RFC 4022). */
  readonly Tcp: TcpMib<Value>;
  /** UDP over IPv4 (RFC 4113). */
  readonly Udp: UdpMib<Value>;
  /** From Linux 2.6.20 to 7.0. */
  readonly UdpLite?: UdpMib<Value>;
};

/**
 * Counters of `/proc/net/snmp` by protocol, then by the kernel's own name.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { snmp } from "procnet/tables";
 * const { Tcp } = read(snmp);
 * console.log(Tcp.RetransSegs / Tcp.OutSegs);
 * ```
 */
export const snmp: TextTable<"snmp", Snmp, Snmp<bigint>> = counterTable(
  { name: "snmp", needs: "CONFIG_INET" },
  {
    parse: (text, options) => mibPairs(text, options) as Snmp<Counter>,
  },
);

/**
 * Parses the text of `/proc/net/snmp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when names and values do not pair, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSnmp } from "procnet/parse";
 * const { Tcp } = parseSnmp(bytes);
 * console.log(Tcp.RetransSegs / Tcp.OutSegs);
 * ```
 */
export function parseSnmp<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Snmp<CounterOf<Exact>>;
export function parseSnmp(text: Uint8Array, options: ParseOptions = {}): Snmp<Counter> {
  return snmp.parse(text, options);
}
