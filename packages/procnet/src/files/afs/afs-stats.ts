import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import { groupName, keyNumbers } from "../../form/key-values.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/afs/stats: afs_proc_stats_show (fs/afs/proc.c).
 *
 *   kAFS statistics
 *   dir-mgmt: look=10 reval=2 inval=0 relpg=0
 *   file-rd : n=5 nb=20480
 */

/** Counters of a group by the kernel's names. `nb` is bytes and a machine word, the others wrap at 2^32. */
export type AfsStatsGroup<Value extends Counter = number> = {
  readonly [key: string]: Value | readonly Value[] | undefined;
};

/** Counters of `/proc/net/afs/stats` by the kernel's groups: `dir-mgmt`, `dir-data`, `dir-edit`, `file-rd`, `file-wr`. */
export type AfsStats<Value extends Counter = number> = { readonly [group: string]: AfsStatsGroup<Value> | undefined };

/**
 * Counters of `/proc/net/afs/stats` by the kernel's groups: `dir-mgmt`, `dir-data`, `dir-edit`, `file-rd`, `file-wr`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsStats } from "procnet/tables";
 * read(afsStats)["file-rd"]?.["nb"];
 * ```
 */
export const afsStats: TextTable<"afs/stats", AfsStats, AfsStats<bigint>> = counterTable(
  { name: "afs/stats", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  { parse },
);

/**
 * Parses the text of `/proc/net/afs/stats`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsStats } from "procnet/parse";
 * parseAfsStats(bytes)["file-rd"]?.["nb"];
 * ```
 */
export function parseAfsStats<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): AfsStats<CounterOf<Exact>>;
export function parseAfsStats(text: Uint8Array, options: ParseOptions = {}): AfsStats<Counter> {
  return afsStats.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): AfsStats<Counter> {
  const groups: [string, AfsStatsGroup<Counter>][] = [];
  let titled = false;
  eachLine(text, options, (line) => {
    if (titled) groups.push([groupName(line), Object.fromEntries(keyNumbers(line, options.bigint === true))]);
    else if (startsWith(line, "kAFS")) titled = true;
    else throw new RowError(line.start, "header", 'expected a title that begins with "kAFS"');
  });
  return Object.fromEntries(groups);
}
