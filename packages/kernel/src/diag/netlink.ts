import type { NetlinkOptions, NetlinkSocket as NetlinkRow } from "procnet";
import { eachAttribute } from "../netlink/attributes.ts";
import { hex, type KernelBytes } from "../netlink/bytes.ts";
import { AF_NETLINK } from "../netlink/constants.ts";
import { Writer } from "../netlink/message.ts";
import { SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import type { Dump, ReadRow } from "./dump.ts";
import { messageOf } from "./message-length.ts";
import { cookieText, memoryOf } from "./values.ts";

/*
 * struct netlink_diag_req, netlink_diag_msg and NETLINK_DIAG_*, include/uapi/linux/netlink_diag.h; net/netlink/diag.c.
 *
 *   0 family, type, protocol, state (bytes)   4 port   8 peer's port   12 peer's group   16 inode   20 cookie
 */

/** Which netlink sockets are asked for. */
export interface NetlinkQuestion {
  /** Of one netlink protocol; all by default. */
  readonly netlinkProtocol?: number;
  /** What names a socket for good. */
  readonly cookie?: boolean;
  /** As often as the kernel tells each: those in a group twice. Each once by default. */
  readonly repeated?: boolean;
  readonly namespace?: number | undefined;
}

const EVERY_PROTOCOL = 0xff;
const SHOW_MEMORY = 1;
const SHOW_GROUPS = 2;
const SHOW_FLAGS = 8;
const HEAD = 28;

/** NETLINK_CONNECTED of ndiag_state; NETLINK_UNCONNECTED is 0. */
const CONNECTED = 1;

/** A dump is running on the socket: NDIAG_FLAG_CB_RUNNING. */
const DUMPING = 1;

type ReadOne = (of: KernelBytes, from: number, to: number) => NetlinkRow;

/** Netlink sockets, the kernel's own included, as procfs lists them. */
export function netlinkSockets(question: NetlinkQuestion = {}): Dump<NetlinkRow> {
  const { netlinkProtocol = EVERY_PROTOCOL, cookie = false, repeated = false, namespace } = question;
  const read: ReadOne = (of, from, to) => netlinkRow(of, from, to, namespace, cookie);
  const show = SHOW_MEMORY | SHOW_GROUPS | SHOW_FLAGS;
  const writer = new Writer().u8(AF_NETLINK, netlinkProtocol, 0, 0).u32(0).u32(show).u32(0xffffffff).u32(0xffffffff);
  return {
    question: { doing: "sock_diag of netlink", type: SOCK_DIAG_BY_FAMILY, isDump: true, payload: writer.bytes() },
    reader: () => (repeated ? read : eachOnce(read)),
  };
}

/**
 * The kernel goes through all sockets, and then through those that are in a group, where it leaves out none that it told before, though it
 * means to (`sk_hashed` in __netlink_diag_dump). A protocol and a port are one socket's.
 */
function eachOnce(read: ReadOne): ReadRow<NetlinkRow> {
  const told = new Set<number>();
  return (of, from, to) => {
    const row = read(of, from, to);
    const key = row.netlinkProtocol * 2 ** 32 + row.portId;
    if (told.has(key)) return undefined;
    told.add(key);
    return row;
  };
}

/** One row, of a message. */
export function netlinkRow(
  of: KernelBytes,
  from: number,
  to: number,
  namespace: number | undefined,
  isCookieTold: boolean,
): NetlinkRow {
  const attributes = messageOf(from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  let groups = 0;
  let joinedGroups: readonly number[] = [];
  let flags: number | undefined;
  let skMem: NetlinkRow["skMem"];
  let unknown: Record<number, string> | undefined;
  eachAttribute(of, attributes, to, (type, start, end) => {
    const length = end - start;
    if (type === 0 && length >= 32) skMem = memoryOf(of, start, end);
    else if (type === 1) {
      groups = groupsOf(of, start, end);
      joinedGroups = joinedOf(of, start, end);
    } else if (type === 4 && length >= 4) flags = view.getUint32(start, littleEndian);
    // 2 and 3: rings of a mapped socket, which Linux 4.6 took away.
    else if (type > 4) {
      unknown ??= {};
      unknown[type] = hex(of, start, end);
    }
  });
  const connected = bytes[from + 3] === CONNECTED;
  return {
    protocol: "netlink",
    namespace,
    netlinkProtocol: bytes[from + 2]!,
    sk: undefined,
    portId: view.getUint32(from + 4, littleEndian),
    groups,
    rmem: skMem?.rmem_alloc ?? 0,
    wmem: skMem?.wmem_alloc ?? 0,
    dump: flags === undefined ? undefined : (flags & DUMPING) !== 0,
    refCount: undefined,
    drops: skMem?.drops,
    inode: view.getUint32(from + 16, littleEndian),
    owners: undefined,
    ownerless: undefined,
    cookie: isCookieTold ? cookieText(of, from + 20) : undefined,
    skMem,
    unknownAttributes: unknown,
    connected,
    remotePortId: connected ? view.getUint32(from + 8, littleEndian) : undefined,
    remoteGroup: connected ? view.getUint32(from + 12, littleEndian) : undefined,
    joinedGroups,
    netlinkOptions: flags === undefined ? undefined : optionsOf(flags),
  };
}

/** NDIAG_FLAG_*, which Linux tells since 4.4. */
function optionsOf(flags: number): NetlinkOptions {
  const is = (bit: number): boolean => (flags & (1 << bit)) !== 0;
  return { pktinfo: is(1), broadcast_error: is(2), no_enobufs: is(3), listen_all_nsid: is(4), cap_ack: is(5) };
}

/** The first 32 groups, as procfs prints them: the low half of the first word, which is as wide as a pointer. */
function groupsOf({ view, littleEndian }: KernelBytes, from: number, to: number): number {
  if (to - from < 4) return 0;
  return view.getUint32(littleEndian || to - from < 8 ? from : from + 4, littleEndian);
}

/** Numbers of all groups: the lowest bit of the first word is group 1. */
function joinedOf({ bytes, littleEndian }: KernelBytes, from: number, to: number): number[] {
  const joined: number[] = [];
  const word = littleEndian ? 1 : Math.min(8, to - from);
  for (let byte = 0; byte < to - from; byte++) {
    const inWord = byte % word;
    const at = from + byte - inWord + (word - 1 - inWord);
    if (at >= to || bytes[at] === 0) continue;
    for (let bit = 0; bit < 8; bit++) if ((bytes[at]! & (1 << bit)) !== 0) joined.push(byte * 8 + bit + 1);
  }
  return joined;
}
