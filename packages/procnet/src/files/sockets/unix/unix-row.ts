import type { SocketType, UnixState } from "../../../codes/unix.ts";
import type { ParseOptions } from "../../../form/options.ts";
import type { UnixWhere } from "./unix-where.ts";

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
  /** Kind of the socket: see `SocketType`. */
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

/** Options of `/proc/net/unix`. */
export interface UnixOptions extends ParseOptions {
  /** Which rows are wanted; all by default. */
  readonly where?: UnixWhere;
}
