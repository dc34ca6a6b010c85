import { SPACE } from "../../bytes/ascii.ts";
import { eachLine } from "../../form/forms.ts";
import { type Issues, type LinePlace, RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counters } from "../../form/mib.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/kcm_stats: kcm_stats_seq_show (net/kcm/kcmproc.c). Pairs of lines, names then values; only the first has a name.
 *
 *   MUX      RX-Msgs    RX-Bytes         TX-Msgs    TX-Bytes         TX-Retries Attach     Unattach   UnattchRsvd RX-RdyDrops
 *            0          0                0          0                0          0          0          0          0
 *   Psock    RX-Msgs    RX-Bytes ...
 *            0          0        ...
 */

/** Counters of `/proc/net/kcm_stats` by the kernel's names; unknown ones are kept too. */
export interface KcmStats<Value extends Counter = number> {
  /**
   * Of all multiplexors. Kernels up to 7.2 at least print the numbers of `Unattach` and `UnattchRsvd` in each other's
   * place; they stand here as printed.
   */
  readonly MUX?: Counters<Value>;
  /** Of all TCP sockets below them. */
  readonly Psock?: Counters<Value>;
  /** Groups that this version does not know. */
  readonly [group: string]: Counters<Value> | undefined;
}

/**
 * Counters of `/proc/net/kcm_stats` by the kernel's names.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { kcmStats } from "procnet/tables";
 * read(kcmStats).Psock?.["RX-BadLen"];
 * ```
 */
export const kcmStats: TextTable<"kcm_stats", KcmStats, KcmStats<bigint>> = counterTable(
  { name: "kcm_stats", needs: "CONFIG_AF_KCM, module kcm", since: "4.6" },
  { parse },
);

/**
 * Parses the text of `/proc/net/kcm_stats`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when names and values do not pair, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseKcmStats } from "procnet/parse";
 * parseKcmStats(bytes).Psock?.["RX-BadLen"];
 * ```
 */
export function parseKcmStats<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): KcmStats<CounterOf<Exact>>;
export function parseKcmStats(text: Uint8Array, options: ParseOptions = {}): KcmStats<Counter> {
  return kcmStats.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): KcmStats<Counter> {
  const groups: [string, Counters<Counter>][] = [];
  let due: { readonly names: readonly string[]; readonly place: LinePlace } | undefined;
  let heard: Issues | undefined;
  eachLine(text, options, (line, issues) => {
    heard = issues;
    // Values begin with a blank where the names have their group.
    if (line.bytes[line.start] !== SPACE) {
      const names = namesOf(line);
      const { bytes, start, end, number } = line;
      const before = due;
      due = { names, place: { bytes, start, end, number } };
      if (before !== undefined) withoutValues(before, issues);
      return;
    }
    if (due === undefined) throw new RowError(line.start, "name", "values without names in front of them");
    const [group = "", ...expected] = due.names;
    due = undefined;
    const values = expected.map((name): [string, Counter] => [name, counterOf(line, name, options.bigint === true)]);
    if (line.more()) throw new RowError(line.at, group, "more values than names");
    groups.push([group, Object.fromEntries(values)]);
  });
  if (due !== undefined && heard !== undefined) withoutValues(due, heard);
  return Object.fromEntries(groups);
}

function namesOf(line: Line): string[] {
  const names: string[] = [];
  while (line.more()) names.push(line.word("name"));
  if (names.length < 2) throw new RowError(line.start, "name", "expected a group and the names of its counters");
  return names;
}

function withoutValues(due: { readonly names: readonly string[]; readonly place: LinePlace }, issues: Issues): void {
  const { names, place } = due;
  issues.row(place, new RowError(place.end, names[0] ?? "", "the values of this group do not follow its names"));
}
