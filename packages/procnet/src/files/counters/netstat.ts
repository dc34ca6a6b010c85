import { type Counters, mibPairs } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";
import type { MPTcpExtMib } from "./netstat-mptcp-ext.ts";
import type { TcpExtMib } from "./netstat-tcp-ext.ts";

/*
 * /proc/net/netstat: netstat_seq_show (net/ipv4/proc.c), mptcp_seq_show (net/mptcp/mib.c). Lines of names, then values.
 *
 *   TcpExt: SyncookiesSent SyncookiesRecv SyncookiesFailed ...
 *   TcpExt: 0 0 0 ...
 *
 * Newer kernels insert names in the middle.
 */

/** Linux's own counters of IPv4, 64 bits wide on every kernel. */
export type IpExtMib<Value extends Counter = number> = Counters<Value> & {
  /** Packets dropped because no route leads on or back. */
  readonly InNoRoutes: Value;
  /** Packets shorter than their header says. */
  readonly InTruncatedPkts: Value;
  /** Multicast packets received. */
  readonly InMcastPkts: Value;
  /** Multicast packets sent. */
  readonly OutMcastPkts: Value;
  /** Broadcast packets received. */
  readonly InBcastPkts: Value;
  /** Broadcast packets sent. */
  readonly OutBcastPkts: Value;
  /** Bytes received, with the headers of IP. */
  readonly InOctets: Value;
  /** Bytes sent, with the headers of IP. */
  readonly OutOctets: Value;
  /** Bytes of multicast received. */
  readonly InMcastOctets: Value;
  /** Bytes of multicast sent. */
  readonly OutMcastOctets: Value;
  /** Bytes of broadcast received. */
  readonly InBcastOctets: Value;
  /** Bytes of broadcast sent. */
  readonly OutBcastOctets: Value;
  /** Since Linux 3.10. */
  readonly InCsumErrors?: Value;
  /** Packets received without ECN. Since Linux 3.11. */
  readonly InNoECTPkts?: Value;
  /** Since Linux 3.11. */
  readonly InECT1Pkts?: Value;
  /** Since Linux 3.11. */
  readonly InECT0Pkts?: Value;
  /** Packets received that met congestion (ECN). Since Linux 3.11. */
  readonly InCEPkts?: Value;
  /** Fragments that overlap others. Since Linux 4.13. */
  readonly ReasmOverlaps?: Value;
};

/** Counters of `/proc/net/netstat` by protocol, then by the kernel's own name, those this version does not know too. */
export type Netstat<Value extends Counter = number> = { readonly [protocol: string]: Counters<Value> | undefined } & {
  /** TCP, SYN cookies and the queues of sockets. */
  readonly TcpExt: TcpExtMib<Value>;
  /** IPv4 beyond `snmp`. */
  readonly IpExt: IpExtMib<Value>;
  /** Absent on kernels without MPTCP. Since Linux 5.7. */
  readonly MPTcpExt?: MPTcpExtMib<Value>;
};

/**
 * Counters of `/proc/net/netstat` by protocol, then by the kernel's own name, those this version does not know too.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { netstat } from "procnet/tables";
 * const { TcpExt } = read(netstat);
 * console.log(TcpExt.ListenDrops, TcpExt.TCPTimeouts);
 * ```
 */
export const netstat: TextTable<"netstat", Netstat, Netstat<bigint>> = counterTable(
  { name: "netstat", needs: "CONFIG_INET" },
  {
    parse: (text, options) => mibPairs(text, options) as Netstat<Counter>,
  },
);

/**
 * Parses the text of `/proc/net/netstat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when names and values do not pair, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNetstat } from "procnet/parse";
 * const { TcpExt } = parseNetstat(bytes);
 * console.log(TcpExt.ListenDrops, TcpExt.TCPTimeouts);
 * ```
 */
export function parseNetstat<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Netstat<CounterOf<Exact>>;
export function parseNetstat(text: Uint8Array, options: ParseOptions = {}): Netstat<Counter> {
  return netstat.parse(text, options);
}
