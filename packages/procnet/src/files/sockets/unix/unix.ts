import { isUtf8, utf8 } from "../../../bytes/strings.ts";
import { nameOf } from "../../../codes/two-way.ts";
import { SocketType as SocketTypes, UnixFlags, UnixState } from "../../../codes/unix.ts";
import { parseRows } from "../../../form/forms.ts";
import type { Scanner } from "../../../form/scanner.ts";
import { type CountableTable, table } from "../../../form/table.ts";
import type { UnixColumns } from "./unix-columns.ts";
import { UnixCounter } from "./unix-counter.ts";
import type { UnixNetEntry, UnixOptions } from "./unix-row.ts";
import { UnixScanner } from "./unix-scanner.ts";
import { reportSharedInodes } from "./unix-suspects.ts";
import { UNIX_CONDITIONS } from "./unix-where.ts";

/*
 * /proc/net/unix: unix_seq_show (net/unix/af_unix.c).
 *
 *   Num       RefCount Protocol Flags    Type St Inode Path
 *   00000000d01efaba: 00000002 00000000 00010000 0001 01 350241 /tmp/us/a b  c
 *
 * The path is whatever its owner bound, printed raw: blanks, escape sequences, newlines. A line that is no row continues
 * the path before it. A path can also hold a whole false row, which nothing in the text tells from a true one.
 */

export type { UnixNetEntry, UnixOptions } from "./unix-row.ts";

/** Rows of `/proc/net/unix`. */
export type UnixNetEntries = UnixNetEntry[];

export type { UnixWhere } from "./unix-where.ts";

/**
 * Unix sockets. Their names are foreign text: see docs/hostile-text.md.
 *
 * @example
 * ```ts
 * import { escapeText, read } from "procnet";
 * import { unix } from "procnet/tables";
 * for (const { path } of read(unix, { where: { listening: true } })) console.log(escapeText(path ?? ""));
 * ```
 */
export const unix: CountableTable<"unix", UnixNetEntry, UnixOptions> = table(
  { name: "unix", needs: "CONFIG_UNIX" },
  {
    conditions: UNIX_CONDITIONS,
    scanner: (options): Scanner<UnixNetEntry> => new UnixScanner(unixRow, options),
    counter: (options) => new UnixCounter(options),
    check: reportSharedInodes,
  },
);

/**
 * Parses the text of `/proc/net/unix`. With `onIssue`, rows that share their inode are reported as `ERR_SUSPECT`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when the first row is none, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseUnix } from "procnet/parse";
 * parseUnix(bytes, { where: { listening: true } }).map((socket) => socket.path);
 * ```
 */
export function parseUnix(text: Uint8Array, options: UnixOptions = {}): UnixNetEntries {
  return parseRows(unix, text, options);
}

function unixRow(columns: UnixColumns, path: Uint8Array | undefined): UnixNetEntry {
  const { refCount, protocol, flags, inode } = columns;
  const row = {
    refCount,
    protocol,
    flags,
    listening: (flags & UnixFlags.ACCEPTCON) !== 0,
    type: nameOf(SocketTypes, columns.type),
    state: nameOf(UnixState, columns.state),
    inode,
    path: path && utf8(path, 0, path.length),
  };
  return path === undefined || isUtf8(path, 0, path.length) ? row : { ...row, pathBytes: path };
}
