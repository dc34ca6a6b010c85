import { utf8 } from "../../bytes/strings.ts";
import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { counterTable, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/can/rcvlist_all, _fil, _inv, _eff, _sff, _err: can_rcvlist_proc_show and its siblings (net/can/proc.c).
 * Blank lines around it, a title, and for each device a banner with rows, or a line that there are none.
 *
 *   receive list 'rx_eff':
 *     (any: no entry)
 *     device   can_id   can_mask      function          userdata       matches  ident
 *      vcan0  92345678  9fffffff  0000000000000000  0000000000000000         0  raw
 *
 * The banner of 32-bit kernels, and of all older ones, is narrower. Standard ids have three digits and more blanks.
 */

/** A filter of a CAN socket or module: a row of `/proc/net/can/rcvlist_*`. */
export interface CanRcvlistEntry<Value extends Counter = number> {
  /** Interface; `any` for filters on all of them, which is also a legal name. */
  readonly device: string;
  /** Identifier to match, with the bits of `CanIdFlags`. */
  readonly canId: number;
  /** Bits of the identifier that count. */
  readonly canMask: number;
  /** Opaque pointer of the function that takes the frames. */
  readonly function: string;
  /** Opaque pointer that the function is given: the socket, as a rule. */
  readonly userdata: string;
  /** Frames that matched. A machine word. */
  readonly matches: Value;
  /** Who set the filter: `raw`, `bcm`, `isotp`, `j1939`, `gw`, ... */
  readonly ident: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/can/rcvlist_*`. */
export type CanRcvlistEntries<Value extends Counter = number> = CanRcvlistEntry<Value>[];

const canRcvlistForm: RowForm<CanRcvlistEntry<Counter>> = lineForm([], rcvlistRow, { blanks: "usual" });

/**
 * Filters of CAN sockets and modules that take every frame: rows of `/proc/net/can/rcvlist_all`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistAll } from "procnet/tables";
 * for (const row of each(canRcvlistAll)) console.log(row);
 * ```
 */
export const canRcvlistAll: RowTable<"can/rcvlist_all", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_all", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Filters of CAN sockets and modules for one extended id: rows of `/proc/net/can/rcvlist_eff`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistEff } from "procnet/tables";
 * for (const row of each(canRcvlistEff)) console.log(row);
 * ```
 */
export const canRcvlistEff: RowTable<"can/rcvlist_eff", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_eff", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Filters of CAN sockets and modules for error frames: rows of `/proc/net/can/rcvlist_err`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistErr } from "procnet/tables";
 * for (const row of each(canRcvlistErr)) console.log(row);
 * ```
 */
export const canRcvlistErr: RowTable<"can/rcvlist_err", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_err", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Filters of CAN sockets and modules by id and mask: rows of `/proc/net/can/rcvlist_fil`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistFil } from "procnet/tables";
 * for (const row of each(canRcvlistFil)) console.log(row);
 * ```
 */
export const canRcvlistFil: RowTable<"can/rcvlist_fil", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_fil", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Filters of CAN sockets and modules by id and mask, inverted: rows of `/proc/net/can/rcvlist_inv`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistInv } from "procnet/tables";
 * for (const row of each(canRcvlistInv)) console.log(row);
 * ```
 */
export const canRcvlistInv: RowTable<"can/rcvlist_inv", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_inv", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Filters of CAN sockets and modules for one standard id: rows of `/proc/net/can/rcvlist_sff`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { canRcvlistSff } from "procnet/tables";
 * for (const row of each(canRcvlistSff)) console.log(row);
 * ```
 */
export const canRcvlistSff: RowTable<"can/rcvlist_sff", CanRcvlistEntry, CanRcvlistEntry<bigint>> = counterTable(
  { name: "can/rcvlist_sff", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  canRcvlistForm,
);

/**
 * Parses the text of any of `/proc/net/can/rcvlist_*`. The list's name is the file's.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseCanRcvlist } from "procnet/parse";
 * parseCanRcvlist(bytes).filter((filter) => filter.device === "can0");
 * ```
 */
export function parseCanRcvlist<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): CanRcvlistEntries<CounterOf<Exact>>;
export function parseCanRcvlist(text: Uint8Array, options: ParseOptions = {}): CanRcvlistEntries<Counter> {
  return parseRows(canRcvlistForm, text, options);
}

function rcvlistRow(line: Line, options: ParseOptions): CanRcvlistEntry<Counter> | undefined {
  if (isFrame(line)) return undefined;
  return {
    device: line.word("device"),
    canId: line.hex32("can_id"),
    canMask: line.hex32("can_mask"),
    function: line.word("function"),
    userdata: line.word("userdata"),
    matches: counterOf(line, "matches", options.bigint === true),
    ident: line.word("ident"),
    ...line.extra(),
  };
}

const NO_ENTRY = ": no entry)";

/** Titles, banners and "no entry" lines. A device can be called like their first word, but has a number behind it. */
function isFrame(line: Line): boolean {
  if (startsWith(line, "receive list '") || startsWith(line, "device   can_id ")) return true;
  return (
    startsWith(line, "(") && utf8(line.bytes, Math.max(line.start, line.end - NO_ENTRY.length), line.end) === NO_ENTRY
  );
}
