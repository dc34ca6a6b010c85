import { utf8 } from "../../bytes/strings.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { eachLine, lineTable, parseRows, type RowTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/afs/rootcell: afs_proc_rootcell_show, and /proc/net/afs/sysname: afs_proc_sysname_show (fs/afs/proc.c).
 * One name a line; rootcell has one or none.
 *
 *   amd64_linux26
 */

/** The texts that `@sys` in a path stands for, in the order they are tried; one can be empty. */
export const afsSysnameTable: RowTable<string> = lineTable([], nameOf, { blanks: "content" });

/** Name of the cell this machine belongs to; `undefined` when none is set. */
export const afsRootcellTable: TextTable<string | undefined> = { parse: rootcell };

/**
 * Parses the text of `/proc/net/afs/sysname`. Any text is valid.
 *
 * @example
 * ```ts
 * import { parseAfsSysname } from "procnet/parse";
 * parseAfsSysname(bytes); // ["amd64_linux26"]
 * ```
 */
export function parseAfsSysname(text: Uint8Array, options: ParseOptions = {}): string[] {
  return parseRows(afsSysnameTable, text, options);
}

/**
 * Parses the text of `/proc/net/afs/rootcell`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when there is more than one line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsRootcell } from "procnet/parse";
 * parseAfsRootcell(bytes); // "example.org"
 * ```
 */
export function parseAfsRootcell(text: Uint8Array, options: ParseOptions = {}): string | undefined {
  return afsRootcellTable.parse(text, options);
}

function nameOf(line: Line): string {
  return utf8(line.bytes, line.start, line.end);
}

function rootcell(text: Uint8Array, options: ParseOptions): string | undefined {
  let name: string | undefined;
  eachLine(text, options, (line) => {
    if (name !== undefined) throw new RowError(line.start, "name", "expected one line");
    name = nameOf(line);
  });
  return name;
}
