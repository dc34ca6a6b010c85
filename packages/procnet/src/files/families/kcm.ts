import { parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { LineScanner } from "../../form/scanner.ts";
import { counterTable, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/kcm: kcm_seq_show (net/kcm/kcmproc.c). A row for each multiplexor, then rows for its sockets on both sides.
 *
 *   *** KCM statistics (1 MUX) ****
 *   Object         RX-Msgs    RX-Bytes         TX-Msgs    TX-Bytes         Recv-Q   Rmem     Send-Q   Smem     Status
 *   mux            0          0                0          0                -        -        -        -        KCMs: 1, Psocks 1
 *      kcm-0       0          0                0          0                0        0        0        -        RxWait
 *      psock-0     0          0                0          0                0        0        0        1        Done RdyRx
 */

/** A kernel connection multiplexor or one of its sockets: a row of `/proc/net/kcm`. */
export interface KcmEntry<Value extends Counter = number> {
  /** `mux`, or `kcm-N` for a socket of a program, or `psock-N` for a TCP socket below. */
  readonly object: string;
  /** Which multiplexor the row belongs to: its place in the file, from 0. */
  readonly mux: number;
  /** Messages received. */
  readonly rxMsgs: Value;
  /** Bytes received. */
  readonly rxBytes: Value;
  /** Messages sent. */
  readonly txMsgs: Value;
  /** Bytes sent. */
  readonly txBytes: Value;
  /** Buffers waiting to be read. Absent for a multiplexor. */
  readonly recvQ: number | undefined;
  /** Receive memory, bytes. Absent for a multiplexor. */
  readonly rmem: number | undefined;
  /** Buffers waiting to be sent. Absent for a multiplexor. */
  readonly sendQ: number | undefined;
  /** Send memory, bytes. Only for `psock-N`. */
  readonly smem: number | undefined;
  /** The words behind the numbers: `KCMs:`, `1,` ... of a multiplexor, `TxWait`, `RxWait`, `RdyRx` ... of a socket. */
  readonly status: readonly string[];
}

/** Rows of `/proc/net/kcm`. */
export type KcmEntries<Value extends Counter = number> = KcmEntry<Value>[];

/**
 * A kernel connection multiplexor or one of its sockets: a row of `/proc/net/kcm`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { kcm } from "procnet/tables";
 * read(kcm).filter((row) => row.object === "mux").length;
 * ```
 */
export const kcm: RowTable<"kcm", KcmEntry, KcmEntry<bigint>> = counterTable(
  { name: "kcm", needs: "CONFIG_AF_KCM, module kcm", since: "4.6" },
  {
    scanner: (options) => {
      let mux = -1;
      const row = (line: Line) => {
        const object = line.word("Object");
        if (object === "mux") mux++;
        return kcmRow(line, object, mux, options.bigint === true);
      };
      return new LineScanner({ headers: ["*** KCM statistics", "Object"], row }, options);
    },
  },
);

/**
 * Parses the text of `/proc/net/kcm`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseKcm } from "procnet/parse";
 * parseKcm(bytes).filter((row) => row.object === "mux").length;
 * ```
 */
export function parseKcm<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): KcmEntries<CounterOf<Exact>>;
export function parseKcm(text: Uint8Array, options: ParseOptions = {}): KcmEntries<Counter> {
  return parseRows(kcm, text, options);
}

function kcmRow(line: Line, object: string, mux: number, bigint: boolean): KcmEntry<Counter> {
  if (!/^(mux|kcm-[0-9]{1,10}|psock-[0-9]{1,10})$/.test(object)) line.fail("Object", "mux, kcm-N or psock-N");
  return {
    object,
    mux: mux < 0 ? line.fail("Object", "below a mux") : mux,
    rxMsgs: counterOf(line, "RX-Msgs", bigint),
    rxBytes: counterOf(line, "RX-Bytes", bigint),
    txMsgs: counterOf(line, "TX-Msgs", bigint),
    txBytes: counterOf(line, "TX-Bytes", bigint),
    recvQ: numberIfAny(line, "Recv-Q"),
    rmem: numberIfAny(line, "Rmem"),
    sendQ: numberIfAny(line, "Send-Q"),
    smem: numberIfAny(line, "Smem"),
    status: line.extra()?.extra ?? [],
  };
}

/** A decimal number, or `-` where the object has none. */
function numberIfAny(line: Line, field: string): number | undefined {
  line.more();
  const at = line.at;
  if (line.word(field) === "-") return undefined;
  line.at = at;
  return line.decimal(field);
}
