import { utf8 } from "../../bytes/strings.ts";
import { eachLine, lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/rootcell: afs_proc_rootcell_show, and /proc/net/afs/sysname: afs_proc_sysname_show (fs/afs/proc.c).
 * One name a line; rootcell has one or none.
 *
 *   amd64_linux26
 */

/**
 * The file `/proc/net/afs/sysname`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsSysname } from "procnet/tables";
 * read(afsSysname); // ["amd64_linux26"]
 * ```
 */
export const afsSysname: RowTable<"afs/sysname", string> = table(
  { name: "afs/sysname", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  lineForm([], nameOf, { blanks: "content" }),
);

/**
 * The file `/proc/net/afs/rootcell`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsRootcell } from "procnet/tables";
 * read(afsRootcell); // "example.org"
 * ```
 */
export const afsRootcell: TextTable<"afs/rootcell", string | undefined> = table(
  { name: "afs/rootcell", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  { parse: rootcell },
);

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
  return parseRows(afsSysname, text, options);
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
  return afsRootcell.parse(text, options);
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
