import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/cells: afs_proc_cells_show (fs/afs/proc.c).
 *
 *   USE ACT    TTL SV ST NAME
 *     2   0  86399  3  4 example.org
 */

/** A cell: a row of `/proc/net/afs/cells`. */
export interface AfsCellsEntry extends UnknownColumns {
  /** Reference count. */
  readonly use: number;
  /** Users. Absent on old kernels. */
  readonly act: number | undefined;
  /** Seconds until the addresses of its servers must be looked up again; negative when that is due. Absent on old kernels. */
  readonly ttl: number | undefined;
  /** Volume location servers known. The kernel's `SV`. */
  readonly servers: number | undefined;
  /** Number of the cell's state. The kernel's `ST`. Absent on old kernels. */
  readonly state: number | undefined;
  /** Name of the cell. */
  readonly name: string;
}

/** Rows of `/proc/net/afs/cells`. */
export type AfsCellsEntries = AfsCellsEntry[];

/**
 * Rows of `/proc/net/afs/cells`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsCells } from "procnet/tables";
 * read(afsCells).map((cell) => cell.name);
 * ```
 */
export const afsCells: RowTable<"afs/cells", AfsCellsEntry> = table(
  { name: "afs/cells", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  headerForm("USE", cellRow),
);

/**
 * Parses the text of `/proc/net/afs/cells`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsCells } from "procnet/parse";
 * parseAfsCells(bytes).map((cell) => cell.name);
 * ```
 */
export function parseAfsCells(text: Uint8Array, options: ParseOptions = {}): AfsCellsEntries {
  return parseRows(afsCells, text, options);
}

function cellRow(cells: Cells): AfsCellsEntry {
  return {
    use: cells.decimal("USE"),
    act: cells.signedIfAny("ACT"),
    ttl: cells.signedIfAny("TTL"),
    servers: cells.decimalIfAny("SV"),
    state: cells.decimalIfAny("ST"),
    name: cells.word("NAME"),
    ...cells.rest(),
  };
}
