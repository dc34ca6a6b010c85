import { flagLetters, foreign, left } from "../text/printf.ts";
import type { Page } from "./page.ts";

/*
 * One line for each unix socket.
 */

export interface LocalSocket {
  readonly refCount: number;
  readonly protocol: number;
  readonly flags: number;
  readonly type: string;
  readonly state: string;
  readonly inode: number;
  readonly path: string | undefined;
  readonly pathBytes?: Uint8Array;
}

export interface UnixView {
  readonly owner: ((inode: number) => string) | undefined;
  readonly all: boolean;
  readonly listening: boolean;
}

/** Bits of the flags that are shown: SO_ACCEPTCON, SO_WAITDATA, SO_NOSPACE of include/uapi/linux/net.h. */
const FLAGS = [
  [0x10000, "ACC "],
  [0x20000, "W "],
  [0x40000, "N "],
] as const;

const TYPES: ReadonlySet<string> = new Set(["STREAM", "DGRAM", "RAW", "RDM", "SEQPACKET"]);
const STATES: ReadonlySet<string> = new Set(["FREE", "CONNECTING", "CONNECTED", "DISCONNECTING"]);

export function unixHeading(view: UnixView): string {
  const which = view.all ? "servers and established" : view.listening ? "only servers" : "w/o servers";
  const owner = view.owner === undefined ? "" : " PID/Program name    ";
  return `Active UNIX domain sockets (${which})\nProto RefCnt Flags       Type       State         I-Node  ${owner} Path\n`;
}

export function printUnix(sockets: readonly LocalSocket[], view: UnixView, page: Page): boolean {
  for (const socket of sockets) {
    if (!view.all && isServer(socket) !== view.listening) continue;
    page.print(lineOf(socket, view));
    if (!page.open) return false;
  }
  return true;
}

/** Waits for others; a socket in another state may have the flag too and is none. */
function isServer({ state, flags }: LocalSocket): boolean {
  return state === "UNCONNECTED" && (flags & 0x10000) !== 0;
}

function lineOf(socket: LocalSocket, view: UnixView): string {
  const { refCount, protocol, type, inode, path, pathBytes } = socket;
  const flags = `[ ${flagLetters(socket.flags, FLAGS)}]`;
  const kind = TYPES.has(type) ? type : "UNKNOWN";
  let line = `${(protocol === 0 ? "unix" : "??").padEnd(5)} ${String(refCount).padEnd(6)} ${flags.padEnd(11)} `;
  line += `${kind.padEnd(10)} ${stateOf(socket).padEnd(13)} ${String(inode).padEnd(8)}`;
  if (view.owner !== undefined) line += ` ${left(view.owner(inode), 20)}`;
  return `${line} ${shownPath(pathBytes ?? path)}\n`;
}

/** Blanks of C's isspace(). */
const BLANK = /[\t-\r ]/;
const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** netstat reads a path as a word: without blanks in front, and up to the next. */
function shownPath(path: string | Uint8Array | undefined): string {
  if (typeof path === "object") {
    const start = path.findIndex((byte) => !isBlank(byte));
    if (start === -1) return "";
    const length = path.subarray(start).findIndex(isBlank);
    return foreign(path.subarray(start, length === -1 ? undefined : start + length));
  }
  if (path === undefined || !BLANK.test(path)) return foreign(path);
  return foreign(path.split(BLANK).find((word) => word !== "") ?? "");
}

function stateOf(socket: LocalSocket): string {
  if (isServer(socket)) return "LISTENING";
  if (socket.state === "UNCONNECTED") return "";
  return STATES.has(socket.state) ? socket.state : "UNKNOWN";
}
