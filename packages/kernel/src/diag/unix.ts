import type { UnixSocket } from "procnet";
import { nameOf, SocketType, TcpState, UnixFlags } from "procnet/parse";
import { hex, type KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import { AF_UNIX, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import type { Dump } from "./dump.ts";
import { messageOf } from "./message-length.ts";
import { cookieText, memoryOf } from "./values.ts";

/*
 * struct unix_diag_req, unix_diag_msg and UNIX_DIAG_*, include/uapi/linux/unix_diag.h; net/unix/diag.c.
 *
 *   0 family, type, state, pad (bytes)   4 inode   8 cookie
 */

/** What is wanted of each unix socket besides its name, type, state and inode: everything by default but memory and cookies. */
export interface UnixWanted {
  readonly peer?: boolean;
  readonly vfs?: boolean;
  readonly icons?: boolean;
  readonly queues?: boolean;
  readonly uid?: boolean;
  readonly memory?: boolean;
  readonly cookie?: boolean;
}

/** Which unix sockets are asked for. */
export interface UnixQuestion extends UnixWanted {
  /** States of TCP as bits, which the kernel has for unix sockets too: connected is 1, listening 10, all others 7. All by default. */
  readonly states?: number;
  readonly namespace?: number | undefined;
}

const SHOW = { name: 1, vfs: 2, peer: 4, icons: 8, queues: 0x10, memory: 0x20, uid: 0x40 };
const HEAD = 16;

/**
 * Unix sockets. Those that no process has (connections that nobody accepted yet) the kernel does not list here, and procfs does: listeners
 * tell who waits in `icons`.
 */
export function unixSockets(question: UnixQuestion = {}): Dump<UnixSocket> {
  const { states = 0xffffffff, namespace, cookie = false } = question;
  const { peer = true, vfs = true, icons = true, queues = true, uid = true, memory = false } = question;
  let show = SHOW.name;
  if (peer) show |= SHOW.peer;
  if (vfs) show |= SHOW.vfs;
  if (icons) show |= SHOW.icons;
  if (queues) show |= SHOW.queues;
  if (uid) show |= SHOW.uid;
  if (memory) show |= SHOW.memory;
  const writer = new Writer().u8(AF_UNIX, 0, 0, 0).u32(states).u32(0).u32(show).u32(0xffffffff).u32(0xffffffff);
  return {
    question: { doing: "sock_diag of unix", type: SOCK_DIAG_BY_FAMILY, isDump: true, payload: writer.bytes() },
    reader: () => unixRows(namespace, peer, cookie),
  };
}

const TYPES: readonly UnixSocket["type"][] = Array.from({ length: 256 }, (_, code) => nameOf(SocketType, code));

/** Makes the rows of one dump; without a peer that was asked for there is none: 0. */
export function unixRows(
  namespace: number | undefined,
  isPeerTold: boolean,
  isCookieTold: boolean,
): (of: KernelBytes, from: number, to: number) => UnixSocket {
  const has = new UnixAttributes();
  return (of, from, to) => {
    const attributes = messageOf(from, to, HEAD);
    const { bytes, view, littleEndian } = of;
    has.read(of, attributes, to);
    const code = bytes[from + 2]!;
    const listening = code === TcpState.LISTEN;
    const inode = view.getUint32(from + 4, littleEndian);
    const { name, queues, pathBytes } = has;
    const row: UnixSocket = {
      protocol: "unix",
      namespace,
      refCount: undefined,
      flags: listening ? UnixFlags.ACCEPTCON : 0,
      listening,
      type: TYPES[bytes[from + 1]!]!,
      state: stateOf(code, inode),
      inode,
      path: name,
      owners: undefined,
      ownerless: undefined,
      cookie: isCookieTold ? cookieText(of, from + 8) : undefined,
      skMem: has.memory === 0 ? undefined : memoryOf(of, has.memory, has.memoryEnd),
      shutdown: has.shutdown === 0 ? undefined : bytes[has.shutdown],
      unknownAttributes: has.unknown,
      peer: has.peer === 0 ? (isPeerTold ? 0 : undefined) : view.getUint32(has.peer, littleEndian),
      vfs: has.vfs === 0 ? undefined : vfsOf(of, has.vfs),
      icons: has.icons === 0 ? undefined : iconsOf(of, has.icons, has.iconsEnd),
      rxQueue: queues === 0 ? undefined : view.getUint32(queues, littleEndian),
      txQueue: queues === 0 ? undefined : view.getUint32(queues + 4, littleEndian),
      uid: has.uid === 0 ? undefined : view.getUint32(has.uid, littleEndian),
    };
    return pathBytes === undefined ? row : { ...row, pathBytes };
  };
}

/** As unix_seq_show of net/unix/af_unix.c prints it: a socket of no process is on its way, to a connection or away from one. */
function stateOf(code: number, inode: number): UnixSocket["state"] {
  const isConnected = code === TcpState.ESTABLISHED;
  if (inode !== 0) return isConnected ? "CONNECTED" : "UNCONNECTED";
  return isConnected ? "CONNECTING" : "DISCONNECTING";
}

/** The kernel tells its own form of a device, twelve bits of major and twenty of minor: here it is that of stat(2), new_encode_dev. */
function vfsOf({ view, littleEndian }: KernelBytes, at: number): UnixSocket["vfs"] {
  const device = view.getUint32(at + 4, littleEndian);
  const [major, minor] = [device >>> 20, device & 0xfffff];
  const dev = ((minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12)) >>> 0;
  return { dev, inode: view.getUint32(at, littleEndian) };
}

function iconsOf({ view, littleEndian }: KernelBytes, from: number, to: number): number[] {
  const inodes: number[] = [];
  for (let at = from; at + 4 <= to; at += 4) inodes.push(view.getUint32(at, littleEndian));
  return inodes;
}

const LOSSY = new TextDecoder("utf-8", { ignoreBOM: true });
const STRICT = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
const AT = 0x40;

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

/** Names have 108 bytes at most: as arguments they are a text sooner than a decoder has begun. */
function asciiText(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** Flags of a type: that attributes are in it, that its number is in the order of the network. */
const TYPE = 0x3fff;

/** Where the attributes of a unix socket lie, 0 for those it has not; one such thing serves all rows of a dump. */
class UnixAttributes {
  name: string | undefined;
  pathBytes: Uint8Array | undefined;
  vfs = 0;
  peer = 0;
  icons = 0;
  iconsEnd = 0;
  queues = 0;
  memory = 0;
  memoryEnd = 0;
  shutdown = 0;
  uid = 0;
  unknown: Record<number, string> | undefined;

  read(of: KernelBytes, from: number, to: number): void {
    this.name = undefined;
    this.pathBytes = undefined;
    this.unknown = undefined;
    this.vfs = this.peer = this.icons = this.queues = this.memory = this.shutdown = this.uid = 0;
    const { view, littleEndian } = of;
    for (let at = from; at + 4 <= to; ) {
      const length = view.getUint16(at, littleEndian);
      if (length < 4 || at + length > to) return;
      this.one(of, view.getUint16(at + 2, littleEndian) & TYPE, at + 4, at + length);
      at += (length + 3) & ~3;
    }
  }

  private one(of: KernelBytes, type: number, from: number, to: number): void {
    const length = to - from;
    switch (type) {
      case 0:
        this.readName(of.bytes, from, to);
        return;
      case 1:
        if (length >= 8) this.vfs = from;
        return;
      case 2:
        if (length >= 4) this.peer = from;
        return;
      case 3:
        this.icons = from;
        this.iconsEnd = to;
        return;
      case 4:
        if (length >= 8) this.queues = from;
        return;
      case 5:
        if (length >= 32) this.memory = from;
        this.memoryEnd = to;
        return;
      case 6:
        if (length >= 1) this.shutdown = from;
        return;
      case 7:
        if (length >= 4) this.uid = from;
        return;
      default:
        this.unknown ??= {};
        this.unknown[type] = hex(of, from, to);
    }
  }

  /** As procfs prints it: an abstract name with `@` for each NUL, a path without the NUL that ends it. */
  private readName(bytes: Uint8Array, from: number, to: number): void {
    const isAbstract = bytes[from] === 0;
    let end = to;
    if (!isAbstract) {
      const nul = bytes.subarray(from, to).indexOf(0);
      if (nul >= 0) end = from + nul;
    }
    if (end === from) return;
    if (!isAbstract && isAscii(bytes, from, end)) {
      this.name = asciiText(bytes, from, end);
      return;
    }
    // Own bytes: what they are cut from is written over by the next datagram.
    const own = bytes.slice(from, end);
    if (isAbstract) for (let at = 0; at < own.length; at++) if (own[at] === 0) own[at] = AT;
    try {
      this.name = STRICT.decode(own);
    } catch {
      this.name = LOSSY.decode(own);
      this.pathBytes = own;
    }
  }
}
