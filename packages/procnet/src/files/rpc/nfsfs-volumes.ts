import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { type NfsfsServer, nfsfsServer } from "./nfsfs-servers.ts";

/*
 * /proc/net/nfsfs/volumes (through the link /proc/fs/nfsfs): nfs_volume_list_show (fs/nfs/client.c).
 *
 *   NV SERVER   PORT DEV          FSID                              FSC
 *   v4 c0a80601  801 0:52         c10a1819257f4d4d:a0d6372e2f44b4e3 no
 *
 * Old kernels have narrower columns, and cut what is longer: the device after 7 characters, the number after 16.
 */

/** A mounted file system: a row of `/proc/net/nfsfs/volumes`. */
export interface NfsfsVolumesEntry extends NfsfsServer, UnknownColumns {
  /** Device number, `major:minor` in decimal, as in `/proc/<pid>/mountinfo`. */
  readonly dev: string;
  /** Number of the file system on the server, two hexadecimal numbers and a colon. */
  readonly fsid: string;
  /** Whether the local cache (FS-Cache) is used: `yes` or `no`. Absent on old kernels. */
  readonly fsc: string | undefined;
}

/** Rows of `/proc/net/nfsfs/volumes`. */
export type NfsfsVolumesEntries = NfsfsVolumesEntry[];

/**
 * Rows of `/proc/net/nfsfs/volumes`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { nfsfsVolumes } from "procnet/tables";
 * read(nfsfsVolumes).map((volume) => [volume.dev, volume.address]);
 * ```
 */
export const nfsfsVolumes: RowTable<"nfsfs/volumes", NfsfsVolumesEntry> = table(
  { name: "nfsfs/volumes", needs: "CONFIG_NFS_FS, module nfs", since: "4.1" },
  headerForm("NV SERVER   PORT DEV", volumeRow),
);

/**
 * Parses the text of `/proc/net/nfsfs/volumes`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfsfsVolumes } from "procnet/parse";
 * parseNfsfsVolumes(bytes).map((volume) => [volume.dev, volume.address]);
 * ```
 */
export function parseNfsfsVolumes(text: Uint8Array, options: ParseOptions = {}): NfsfsVolumesEntries {
  return parseRows(nfsfsVolumes, text, options);
}

function volumeRow(cells: Cells): NfsfsVolumesEntry {
  for (const name of ["SERVER", "PORT"]) cells.has(name);
  return {
    ...nfsfsServer(cells.at("NV")),
    dev: matching(cells, "DEV", /^[0-9]{1,10}(:[0-9]{0,10})?$/),
    fsid: matching(cells, "FSID", /^[0-9a-f]{1,16}(:[0-9a-f]{0,16})?$/),
    fsc: cells.wordIfAny("FSC"),
    ...cells.rest(),
  };
}

function matching(cells: Cells, name: string, form: RegExp): string {
  const text = cells.word(name);
  return form.test(text) ? text : cells.line.fail(name, "a number, a colon and a number");
}
