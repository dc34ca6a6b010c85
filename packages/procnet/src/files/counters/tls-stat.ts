import { type Counters, mibLines } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/tls_stat: tls_statistics_seq_show (net/tls/tls_proc.c). One counter a line.
 *
 *   TlsCurrTxSw                     	0
 */

/** Counters of TLS in the kernel by the kernel's own names; what this version does not know is kept too. */
export type TlsStat<Value extends Counter = number> = Counters<Value> & {
  /** Sessions now open whose records a CPU encrypts: a gauge. */
  readonly TlsCurrTxSw: Value;
  /** Sessions now open whose records a CPU decrypts: a gauge. */
  readonly TlsCurrRxSw: Value;
  /** Sessions now open that a device encrypts: a gauge. */
  readonly TlsCurrTxDevice: Value;
  /** Sessions now open that a device decrypts: a gauge. */
  readonly TlsCurrRxDevice: Value;
  /** Sessions ever opened whose records a CPU encrypts. */
  readonly TlsTxSw: Value;
  /** Sessions ever opened whose records a CPU decrypts. */
  readonly TlsRxSw: Value;
  /** Sessions ever opened that a device encrypts. */
  readonly TlsTxDevice: Value;
  /** Sessions ever opened that a device decrypts. */
  readonly TlsRxDevice: Value;
  /** Records that could not be decrypted: a wrong tag, say. */
  readonly TlsDecryptError: Value;
  /** Times a device had to find the records of a stream again. */
  readonly TlsRxDeviceResync: Value;
  /** Records decrypted twice, because they were padded or no data. Since Linux 6.0. */
  readonly TlsDecryptRetry?: Value;
  /** Records padded although the program promised that none is. Since Linux 6.0. */
  readonly TlsRxNoPadViolation?: Value;
  /** Changes of the receiving key. Since Linux 6.14. */
  readonly TlsRxRekeyOk?: Value;
  /** Changes of the receiving key that failed. Since Linux 6.14. */
  readonly TlsRxRekeyError?: Value;
  /** Changes of the sending key. Since Linux 6.14. */
  readonly TlsTxRekeyOk?: Value;
  /** Changes of the sending key that failed. Since Linux 6.14. */
  readonly TlsTxRekeyError?: Value;
  /** Messages of peers that change their key. Since Linux 6.14. */
  readonly TlsRxRekeyReceived?: Value;
};

/**
 * `/proc/net/tls_stat`: counters of TLS in the kernel by the kernel's own names.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { tlsStat } from "procnet/tables";
 * read(tlsStat).TlsDecryptError;
 * ```
 */
export const tlsStat: TextTable<"tls_stat", TlsStat, TlsStat<bigint>> = counterTable(
  { name: "tls_stat", needs: "CONFIG_TLS, module tls", since: "5.5" },
  {
    parse: (text, options) => mibLines(text, options) as TlsStat<Counter>,
  },
);

/**
 * Parses the text of `/proc/net/tls_stat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseTlsStat } from "procnet/parse";
 * parseTlsStat(bytes).TlsDecryptError;
 * ```
 */
export function parseTlsStat<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): TlsStat<CounterOf<Exact>>;
export function parseTlsStat(text: Uint8Array, options: ParseOptions = {}): TlsStat<Counter> {
  return tlsStat.parse(text, options);
}
