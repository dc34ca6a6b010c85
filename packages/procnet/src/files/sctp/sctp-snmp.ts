import { type Counters, mibLines } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/sctp/snmp: sctp_snmp_seq_show (net/sctp/proc.c). One counter a line; machine words, 32 bits wide on 32-bit kernels.
 *
 *   SctpCurrEstab                   	0
 */

/** Counters of `/proc/net/sctp/snmp` (RFC 3873, then Linux's own) by the kernel's names; unknown ones are kept too. */
export type SctpSnmp<Value extends Counter = number> = Counters<Value> & {
  /** Associations now established or shutting down: a gauge. */
  readonly SctpCurrEstab?: Value;
  /** Associations begun from here and established. */
  readonly SctpActiveEstabs?: Value;
  /** Associations begun by peers and established. */
  readonly SctpPassiveEstabs?: Value;
  /** Associations that ended by an abort. */
  readonly SctpAborteds?: Value;
  /** Associations that ended in good order. */
  readonly SctpShutdowns?: Value;
  /** Packets "out of the blue": valid, but of no association here. */
  readonly SctpOutOfBlues?: Value;
  /** Packets received with a wrong checksum. */
  readonly SctpChecksumErrors?: Value;
  /** Control chunks sent. */
  readonly SctpOutCtrlChunks?: Value;
  /** Ordered data chunks sent. */
  readonly SctpOutOrderChunks?: Value;
  /** Unordered data chunks sent. */
  readonly SctpOutUnorderChunks?: Value;
  /** Control chunks received. */
  readonly SctpInCtrlChunks?: Value;
  /** Ordered data chunks received. */
  readonly SctpInOrderChunks?: Value;
  /** Unordered data chunks received. */
  readonly SctpInUnorderChunks?: Value;
  /** Messages of users that were cut into pieces. */
  readonly SctpFragUsrMsgs?: Value;
  /** Messages of users that were put together. */
  readonly SctpReasmUsrMsgs?: Value;
  /** Packets sent. */
  readonly SctpOutSCTPPacks?: Value;
  /** Packets received. */
  readonly SctpInSCTPPacks?: Value;
  /** Retransmissions after the timer T3 expired. */
  readonly SctpT3Retransmits?: Value;
  /** Chunks sent again before a time-out. */
  readonly SctpFastRetransmits?: Value;
  /** Packets dropped on receipt. */
  readonly SctpInPktDiscards?: Value;
  /** Data chunks received and dropped. */
  readonly SctpInDataChunkDiscards?: Value;
};

/**
 * Counters of `/proc/net/sctp/snmp` (RFC 3873, then Linux's own) by the kernel's names.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpSnmp } from "procnet/tables";
 * read(sctpSnmp).SctpCurrEstab;
 * ```
 */
export const sctpSnmp: TextTable<"sctp/snmp", SctpSnmp, SctpSnmp<bigint>> = counterTable(
  { name: "sctp/snmp", needs: "CONFIG_IP_SCTP, module sctp" },
  {
    // sctp_snmp_seq_show prints %ld.
    parse: (text, options): SctpSnmp<Counter> => mibLines(text, options, true),
  },
);

/**
 * Parses the text of `/proc/net/sctp/snmp`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSctpSnmp } from "procnet/parse";
 * parseSctpSnmp(bytes).SctpCurrEstab;
 * ```
 */
export function parseSctpSnmp<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): SctpSnmp<CounterOf<Exact>>;
export function parseSctpSnmp(text: Uint8Array, options: ParseOptions = {}): SctpSnmp<Counter> {
  return sctpSnmp.parse(text, options);
}
