import { isUtf8, utf8 } from "../../../bytes/strings.ts";
import { nameOf } from "../../../codes/two-way.ts";
import { type SocketType, SocketType as SocketTypes, UnixFlags, UnixState } from "../../../codes/unix.ts";
import { parseRows } from "../../../form/forms.ts";
import type { ParseOptions } from "../../../form/options.ts";
import type { Scanner } from "../../../form/scanner.ts";
import { type CountableTable, table } from "../../../form/table.ts";
import type { UnixColumns } from "./unix-columns.ts";
import { UnixCounter } from "./unix-counter.ts";
import { UnixScanner } from "./unix-scanner.ts";
import { reportSharedInodes } from "./unix-suspects.ts";
import { UNIX_CONDITIONS, type UnixWhere } from "./unix-where.ts";

/*
 * /proc/net/unix: unix_seq_show (net/unix/af_unix.c).
 *
 *   Num       RefCount Protocol Flags    Type St Inode Path
 *   00000000d01efaba: 00000002 00000000 00010000 0001 01 350241 /tmp/us/a b  c
 *
 * The path is whatever its owner bound, printed raw: blanks, escape sequences, newlines. A line that is no row continues
 * the path before it. A path can also hold a whole false row, which nothing in the text tells from a true one.
 */

/** A row of `/proc/net/unix`. */
export interface UnixNetEntry {
  /** Reference count of the kernel's structure. */
  readonly refCount: number;
  /** Always 0. */
  readonly protocol: number;
  /** Bits of `UnixFlags`. */
  readonly flags: number;
  /** Whether the socket listens: `ACCEPTCON` in `flags`. */
  readonly listening: boolean;
  readonly type: SocketType;
  /** `CONNECTED`, or `UNCONNECTED`, which listening sockets are too; `CONNECTING` waits for `accept`. */
  readonly state: UnixState;
  /** Number in the link `socket:[N]`. 0 when no process holds the socket: it waits for `accept`, or is an orphan. */
  readonly inode: number;
  /**
   * The name it is bound to, whole, as given to `bind`: a path, or `@` and an abstract name (NUL bytes in it print as `@`,
   * and a file can also be called `@x`). Absent when unnamed. Accepted sockets repeat their listener's name.
   */
  readonly path: string | undefined;
  /** The bytes of `path`, only where they are not UTF-8 and `path` shows U+FFFD. */
  readonly pathBytes?: Uint8Array;
}

/** Rows of `/proc/net/unix`. */
export type UnixNetEntries = UnixNetEntry[];

export type { UnixWhere } from "./unix-where.ts";

/** Options of `/proc/net/unix`. */
export interface UnixOptions extends ParseOptions {
  /** Which rows are wanted; all by default. */
  readonly where?: UnixWhere;
}

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
