import { ZERO } from "../bytes/ascii.ts";
import { isUtf8, latin1, latin1Bytes, utf8 } from "../bytes/strings.ts";

/*
 * Links in /proc/<pid>/fd, as do_proc_readlink (fs/proc/base.c) and the d_dname of pseudo file systems write them:
 *
 *   socket:[12345]    pipe:[67]    anon_inode:[eventpoll]    anon_inode:inotify    net:[4026531840]
 *   /memfd:name (deleted)    /path/of a file    /path/of a file (deleted)
 *
 * Paths are raw bytes and begin with "/", so no path can pass for a socket. But a file can really be called "x (deleted)".
 */

/** Types of namespaces, as the links in `/proc/<pid>/ns` begin. */
export type NamespaceType = "net" | "mnt" | "user" | "pid" | "uts" | "ipc" | "cgroup" | "time";

/** What a file descriptor stands for: the link `/proc/<pid>/fd/<n>`, told apart by `kind`. */
export type FdTarget =
  | SocketTarget
  | PipeTarget
  | AnonInodeTarget
  | MemfdTarget
  | NamespaceTarget
  | PidfdTarget
  | PathTarget
  | DeletedTarget
  | OtherTarget
  | UnknownTarget
  | UnreadableTarget;

/** A socket of any family. */
export interface SocketTarget {
  readonly kind: "socket";
  /** The number in the column `inode` of the socket tables, within the socket's own network namespace. */
  readonly inode: number;
}

/** A pipe without a name. A named one (FIFO) is a path. */
export interface PipeTarget {
  readonly kind: "pipe";
  /** Both ends have the same number. */
  readonly inode: number;
}

/** An object of the kernel without an inode of its own. */
export interface AnonInodeTarget {
  readonly kind: "anonInode";
  /** The kernel's name without brackets: `eventpoll`, `eventfd`, `timerfd`, `inotify`, `io_uring`, `bpf-map`, ... */
  readonly name: string;
}

/** Memory made by `memfd_create`. A file `/memfd:x` in the root directory that was deleted reads the same. */
export interface MemfdTarget {
  readonly kind: "memfd";
  /** The name its maker chose, any bytes but NUL; those that are not UTF-8 become U+FFFD. */
  readonly name: string;
  /** The name exactly; present only when it is not UTF-8. */
  readonly nameBytes?: Uint8Array;
}

/** A namespace held open. */
export interface NamespaceTarget {
  readonly kind: "namespace";
  /** Which kind of namespace. */
  readonly type: NamespaceType;
  /** Equal for the same namespace. */
  readonly inode: number;
}

/** A process held open, see `pidfd_open(2)`. */
export interface PidfdTarget {
  readonly kind: "pidfd";
  /** Unique for each process; since Linux 6.9, absent where the link is `anon_inode:[pidfd]`. */
  readonly inode: number | undefined;
}

/** A file, directory or device, as seen from the reader's root directory. */
export interface PathTarget {
  readonly kind: "path";
  /** Bytes that are not UTF-8 become U+FFFD. */
  readonly path: string;
  /** The path exactly; present only when it is not UTF-8. */
  readonly pathBytes?: Uint8Array;
}

/**
 * A path that ends in ` (deleted)`: a file without a name any more, shared memory (`/SYSV00000000`), `/dev/zero` mapped
 * shared, or a file that is really called so. Only `stat` of the link tells: `nlink` is 0 when it was deleted.
 */
export interface DeletedTarget {
  readonly kind: "deleted";
  /** The path it had; bytes that are not UTF-8 become U+FFFD. */
  readonly path: string;
  /** The path exactly; present only when it is not UTF-8. */
  readonly pathBytes?: Uint8Array;
  /** The link as the kernel wrote it, ` (deleted)` included. */
  readonly raw: string;
}

/** An object of a pseudo file system that this version does not know: `type:[N]`. */
export interface OtherTarget {
  readonly kind: "other";
  /** What the kernel writes before the number. */
  readonly type: string;
  /** The number: N of `type:[N]`. */
  readonly inode: number;
}

/** A link of a form that this version does not know; also a path in a mount that was detached. */
export interface UnknownTarget {
  readonly kind: "unknown";
  /** The link; bytes that are not UTF-8 become U+FFFD. */
  readonly raw: string;
  /** The link exactly; present only when it is not UTF-8. */
  readonly rawBytes?: Uint8Array;
}

/**
 * The descriptor is open, and its link cannot be read: the path is longer than the 4,095 bytes the kernel gives out.
 * Only readers give this, never {@link parseFdTarget}.
 */
export interface UnreadableTarget {
  readonly kind: "unreadable";
  /** Why: `ENAMETOOLONG` for a path too long for the kernel, `EINVAL` for a file that is no link, in a copied tree. */
  readonly code: string;
}

const CLOSING = 0x5d;
const DELETED = " (deleted)";
const MEMFD = "/memfd:";
const ANON_INODE = "anon_inode:";
const OPENING = ":[";
const TYPE = /^[a-z_]{1,64}$/;
const NAMESPACES: ReadonlySet<string> = /* @__PURE__ */ new Set<NamespaceType>([
  "net",
  "mnt",
  "user",
  "pid",
  "uts",
  "ipc",
  "cgroup",
  "time",
]);

/**
 * Parses the text of a link in `/proc/<pid>/fd`. Every text has a target; nothing is refused.
 *
 * @param link the bytes, or a string with one character for each byte (encoding `latin1`)
 * @example
 * ```ts
 * import { parseFdTarget } from "procnet/parse";
 * parseFdTarget("socket:[12345]"); // { kind: "socket", inode: 12345 }
 * ```
 */
export function parseFdTarget(link: Uint8Array | string): FdTarget {
  const text = typeof link === "string" ? link : latin1(link, 0, link.length);
  if (text.startsWith("/")) return fileTarget(text);
  const opening = text.indexOf(OPENING);
  const inode = opening < 0 ? undefined : numberInBrackets(text, opening + OPENING.length);
  if (inode !== undefined && TYPE.test(text.slice(0, opening))) return numberedTarget(text.slice(0, opening), inode);
  if (text.startsWith(ANON_INODE)) return anonInodeTarget(decoded(text.slice(ANON_INODE.length)));
  const bytes = lossyBytes(text);
  return { kind: "unknown", raw: decoded(text), ...(bytes && { rawBytes: bytes }) };
}

/**
 * The number from `start` up to the bracket that ends the link, digit by digit as the kernel prints it (`%lu`); `undefined`
 * when it is none, or one that a double would round to another's.
 */
export function numberInBrackets(link: string, start: number): number | undefined {
  const end = link.length - 1;
  if (end <= start || link.charCodeAt(end) !== CLOSING || (end - start > 1 && link.charCodeAt(start) === ZERO))
    return undefined;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = link.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

function numberedTarget(type: string, inode: number): FdTarget {
  if (type === "socket" || type === "pipe" || type === "pidfd") return { kind: type, inode };
  if (NAMESPACES.has(type)) return { kind: "namespace", type: type as NamespaceType, inode };
  return { kind: "other", type, inode };
}

function anonInodeTarget(text: string): FdTarget {
  const name = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  return name === "pidfd" ? { kind: "pidfd", inode: undefined } : { kind: "anonInode", name };
}

function fileTarget(text: string): FdTarget {
  const deleted = text.endsWith(DELETED);
  const path = deleted ? text.slice(0, -DELETED.length) : text;
  if (deleted && path.startsWith(MEMFD)) {
    const name = path.slice(MEMFD.length);
    const nameBytes = lossyBytes(name);
    return { kind: "memfd", name: decoded(name), ...(nameBytes && { nameBytes }) };
  }
  const pathBytes = lossyBytes(path);
  const exact = pathBytes && { pathBytes };
  if (deleted) return { kind: "deleted", path: decoded(path), ...exact, raw: decoded(text) };
  return { kind: "path", path: decoded(path), ...exact };
}

/** A string of bytes as text. */
function decoded(text: string): string {
  if (isAscii(text)) return text;
  const bytes = latin1Bytes(text);
  return utf8(bytes, 0, bytes.length);
}

/** The bytes of a text that decoding changes; `undefined` when it is UTF-8. */
function lossyBytes(text: string): Uint8Array | undefined {
  if (isAscii(text)) return undefined;
  const bytes = latin1Bytes(text);
  return isUtf8(bytes, 0, bytes.length) ? undefined : bytes;
}

function isAscii(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text);
}
