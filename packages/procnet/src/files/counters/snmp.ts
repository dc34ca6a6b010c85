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
  readonly InReceives: Value;
  readonly InHdrErrors: Value;
  readonly InAddrErrors: Value;
  readonly ForwDatagrams: Value;
  readonly InUnknownProtos: Value;
  readonly InDiscards: Value;
  readonly InDelivers: Value;
  readonly OutRequests: Value;
  readonly OutDiscards: Value;
  readonly OutNoRoutes: Value;
  /** Seconds that fragments wait for their rest. */
  readonly ReasmTimeout: Value;
  readonly ReasmReqds: Value;
  readonly ReasmOKs: Value;
  readonly ReasmFails: Value;
  readonly FragOKs: Value;
  readonly FragFails: Value;
  readonly FragCreates: Value;
  /** Packets given to the link layer. Since Linux 6.7. */
  readonly OutTransmits?: Value;
};

/** ICMP counters. */
export type IcmpMib<Value extends Counter = number> = Counters<Value> & {
  readonly InMsgs: Value;
  readonly InErrors: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
  readonly InDestUnreachs: Value;
  readonly InTimeExcds: Value;
  readonly InEchos: Value;
  readonly InEchoReps: Value;
  readonly OutMsgs: Value;
  readonly OutErrors: Value;
  /** Messages held back by the limit of the host. Since Linux 6.4. */
  readonly OutRateLimitGlobal?: Value;
  /** Messages held back by the limit of a destination. Since Linux 6.4. */
  readonly OutRateLimitHost?: Value;
  readonly OutDestUnreachs: Value;
  readonly OutTimeExcds: Value;
  readonly OutEchos: Value;
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
  readonly ActiveOpens: Value;
  readonly PassiveOpens: Value;
  readonly AttemptFails: Value;
  readonly EstabResets: Value;
  /** Connections now `ESTABLISHED` or `CLOSE_WAIT`: a gauge. */
  readonly CurrEstab: Value;
  readonly InSegs: Value;
  readonly OutSegs: Value;
  readonly RetransSegs: Value;
  readonly InErrs: Value;
  readonly OutRsts: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
};

/** UDP counters of IPv4. */
export type UdpMib<Value extends Counter = number> = Counters<Value> & {
  readonly InDatagrams: Value;
  readonly NoPorts: Value;
  readonly InErrors: Value;
  readonly OutDatagrams: Value;
  readonly RcvbufErrors: Value;
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
  readonly Ip: IpMib<Value>;
  readonly Icmp: IcmpMib<Value>;
  /** `InType3`, `OutType8`, ...: messages by type, only types seen. Absent before the first. */
  readonly IcmpMsg?: Counters<Value>;
  readonly Tcp: TcpMib<Value>;
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
