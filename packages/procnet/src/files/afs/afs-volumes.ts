import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import { hexCounterOf } from "../../form/line-counters.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/<cell>/volumes: afs_proc_cell_volumes_show (fs/afs/proc.c).
 *
 *   USE VID      TY NAME
 *     1 20000000 RO root.cell
 */

/** A volume in use: a row of `/proc/net/afs/<cell>/volumes`. */
export interface AfsVolumesEntry extends UnknownColumns {
  /** Reference count. */
  readonly use: number;
  /** Number of the volume, hexadecimal as printed, up to 64 bits. Absent on old kernels, which print other columns. */
  readonly vid: string | undefined;
  /** `RW`, `RO` or `BK` (backup). The kernel's `TY`. */
  readonly type: string | undefined;
  /** Name of the volume. Absent on some older kernels. */
  readonly name: string | undefined;
}

/** Rows of `/proc/net/afs/<cell>/volumes`. */
export type AfsVolumesEntries = AfsVolumesEntry[];

/**
 * Rows of `/proc/net/afs/<cell>/volumes`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsVolumes } from "procnet/tables";
 * console.log(read(afsVolumes, { name: "afs/example.org/volumes" }));
 * ```
 */
export const afsVolumes: RowTable<"afs/*/volumes", AfsVolumesEntry> = table(
  { name: "afs/*/volumes", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  headerForm("USE", volumeRow),
);

/**
 * Parses the text of `/proc/net/afs/<cell>/volumes`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsVolumes } from "procnet/parse";
 * parseAfsVolumes(bytes).filter((volume) => volume.type === "RW");
 * ```
 */
export function parseAfsVolumes(text: Uint8Array, options: ParseOptions = {}): AfsVolumesEntries {
  return parseRows(afsVolumes, text, options);
}

function volumeRow(cells: Cells): AfsVolumesEntry {
  if (cells.has("VID")) hexCounterOf(cells.at("VID"), "VID", true);
  return {
    use: cells.decimal("USE"),
    vid: cells.wordIfAny("VID"),
    type: cells.wordIfAny("TY"),
    name: cells.wordIfAny("NAME"),
    ...cells.rest(),
  };
}
