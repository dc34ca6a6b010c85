import { type Counters, mibLines } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/xfrm_stat: xfrm_statistics_seq_show (net/xfrm/xfrm_proc.c). One counter a line.
 *
 *   XfrmInNoStates          	0
 */

/**
 * Packets that IPsec dropped, by reason and the kernel's own names; what this version does not know is kept too. A
 * state is a security association, a template what a policy asks of it.
 */
export type XfrmStat<Value extends Counter = number> = Counters<Value> & {
  /** Reasons that none of the others names. */
  readonly XfrmInError: Value;
  /** No memory for the packet. */
  readonly XfrmInBufferError: Value;
  /** The header could not be read. */
  readonly XfrmInHdrError: Value;
  /** No state for the address, protocol and SPI of the packet: the peer uses one that is not here. */
  readonly XfrmInNoStates: Value;
  /** The transformation failed: a wrong key or a packet changed on its way. */
  readonly XfrmInStateProtoError: Value;
  /** The mode of the state does not fit the packet. */
  readonly XfrmInStateModeError: Value;
  /** Outside the replay window: a repeated packet, or one much too late. */
  readonly XfrmInStateSeqError: Value;
  /** The state has expired. */
  readonly XfrmInStateExpired: Value;
  /** The state does not fit the packet, the port of encapsulation in UDP for one. */
  readonly XfrmInStateMismatch: Value;
  /** The state is not valid, or no longer. */
  readonly XfrmInStateInvalid: Value;
  /** The states that the packet went through are not those its policy asks for. */
  readonly XfrmInTmplMismatch: Value;
  /** States, but no policy for what was in the packet. */
  readonly XfrmInNoPols: Value;
  /** A policy discards it. */
  readonly XfrmInPolBlock: Value;
  /** The policy could not be applied. */
  readonly XfrmInPolError: Value;
  /** Reasons that none of the others names. */
  readonly XfrmOutError: Value;
  /** The states of a policy could not be put together. */
  readonly XfrmOutBundleGenError: Value;
  /** The states put together for a policy are no longer valid. */
  readonly XfrmOutBundleCheckError: Value;
  /** A policy, but no state for it: the key exchange has not happened, or failed. */
  readonly XfrmOutNoStates: Value;
  /** The transformation failed. */
  readonly XfrmOutStateProtoError: Value;
  /** The mode of the state does not fit the packet, its size for one. */
  readonly XfrmOutStateModeError: Value;
  /** The sequence number ran out. */
  readonly XfrmOutStateSeqError: Value;
  /** The state has expired. */
  readonly XfrmOutStateExpired: Value;
  /** A policy discards it. */
  readonly XfrmOutPolBlock: Value;
  /** The policy was removed meanwhile. */
  readonly XfrmOutPolDead: Value;
  /** The policy could not be applied. */
  readonly XfrmOutPolError: Value;
  /** Packets to be forwarded whose header could not be read. In Linux 3.2 and later. */
  readonly XfrmFwdHdrError?: Value;
  /** In Linux 3.10 and later. */
  readonly XfrmOutStateInvalid?: Value;
  /** The key exchange could not be asked for a state. In Linux 4.14 and later. */
  readonly XfrmAcquireError?: Value;
  /** A state meant for packets received. Since Linux 6.10. */
  readonly XfrmOutStateDirError?: Value;
  /** A state meant for packets sent. Since Linux 6.10. */
  readonly XfrmInStateDirError?: Value;
  /** Since Linux 6.14. */
  readonly XfrmInIptfsError?: Value;
  /** In Linux 6.18 and later. */
  readonly XfrmOutNoQueueSpace?: Value;
};

/**
 * `/proc/net/xfrm_stat`: packets that IPsec dropped, by reason and the kernel's own names.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xfrmStat } from "procnet/tables";
 * const reasons = Object.entries(read(xfrmStat)).filter(([, packets]) => packets !== 0);
 * ```
 */
export const xfrmStat: TextTable<"xfrm_stat", XfrmStat, XfrmStat<bigint>> = counterTable(
  { name: "xfrm_stat", needs: "CONFIG_XFRM_STATISTICS", since: "2.6.25" },
  {
    parse: (text, options) => mibLines(text, options) as XfrmStat<Counter>,
  },
);

/**
 * Parses the text of `/proc/net/xfrm_stat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseXfrmStat } from "procnet/parse";
 * const reasons = Object.entries(parseXfrmStat(bytes)).filter(([, packets]) => packets !== 0);
 * ```
 */
export function parseXfrmStat<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): XfrmStat<CounterOf<Exact>>;
export function parseXfrmStat(text: Uint8Array, options: ParseOptions = {}): XfrmStat<Counter> {
  return xfrmStat.parse(text, options);
}
