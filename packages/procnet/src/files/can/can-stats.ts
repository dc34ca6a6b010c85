import { utf8 } from "../../bytes/strings.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counters } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/can/stats: can_stats_proc_show (net/can/proc.c). Blank lines between groups; the key is the abbreviation.
 *
 *          7 transmitted frames (TXF)
 *         33 % total match ratio (RXMR)
 */

/** CAN statistics of a namespace by the kernel's abbreviations; unknown ones are kept too. Machine words. */
export type CanStats<Value extends Counter = number> = Counters<Value> & {
  /** Frames sent. */
  readonly TXF?: Value;
  /** Frames received. */
  readonly RXF?: Value;
  /** Frames received that a filter matched, counted once for each filter. */
  readonly RXMF?: Value;
  /** Matches in percent of the frames received since the last reset. This and the other rates: only while the timer runs. */
  readonly RXMR?: Value;
  /** Frames sent per second since the last reset. */
  readonly TXR?: Value;
  /** Frames received per second since the last reset. */
  readonly RXR?: Value;
  /** Like `RXMR`, of the last second. */
  readonly CRXMR?: Value;
  /** Frames sent in the last second. */
  readonly CTXR?: Value;
  /** Frames received in the last second. */
  readonly CRXR?: Value;
  /** The highest `CRXMR`. */
  readonly MRXMR?: Value;
  /** The highest `CTXR`. */
  readonly MTXR?: Value;
  /** The highest `CRXR`. */
  readonly MRXR?: Value;
  /** Filters now. */
  readonly CRCV?: Value;
  /** The most filters at a time. */
  readonly MRCV?: Value;
  /** Resets of these statistics. Absent before the first. */
  readonly STR?: Value;
  /** Resets that a read of `can/reset_stats` caused. Absent before the first. */
  readonly USTR?: Value;
};

/**
 * Statistics of CAN in a namespace by the kernel's abbreviations: `/proc/net/can/stats`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { canStats } from "procnet/tables";
 * const { TXF, RXF } = read(canStats);
 * ```
 */
export const canStats: TextTable<"can/stats", CanStats, CanStats<bigint>> = counterTable(
  { name: "can/stats", needs: "CONFIG_CAN, module can", since: "2.6.25" },
  { parse },
);

/**
 * Parses the text of `/proc/net/can/stats`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no counter, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseCanStats } from "procnet/parse";
 * const { TXF, RXF } = parseCanStats(bytes);
 * ```
 */
export function parseCanStats<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): CanStats<CounterOf<Exact>>;
export function parseCanStats(text: Uint8Array, options: ParseOptions = {}): CanStats<Counter> {
  return canStats.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): CanStats<Counter> {
  const counters: [string, Counter][] = [];
  eachLine(
    text,
    options,
    (line) => {
      const value = counterOf(line, "value", options.bigint === true);
      counters.push([abbreviation(line), value]);
    },
    { blanks: "usual" },
  );
  return Object.fromEntries(counters);
}

/** The last token of the line, without its parentheses. */
function abbreviation(line: Line): string {
  let token = "";
  while (line.more()) token = line.word("text");
  if (!token.startsWith("(") || !token.endsWith(")"))
    throw new RowError(line.at, "text", "no (ABBREVIATION) at the end");
  return utf8(line.bytes, line.tokenStart + 1, line.tokenEnd - 1);
}
