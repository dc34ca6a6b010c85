import type { PacketSocket } from "procnet";
import { nameOf, PacketVersion } from "procnet/parse";
import { eachAttribute } from "../netlink/attributes.ts";
import { hex, type KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import type { DraftOf } from "../netlink/value.ts";
import { AF_PACKET, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import type { Dump } from "./dump.ts";
import { messageOf } from "./message-length.ts";
import { fanoutOf, filterOf, isRunning, membershipsOf, optionsOf, RING, ringOf } from "./packet-attributes.ts";
import { cookieText, memoryOf } from "./values.ts";

/*
 * struct packet_diag_req, packet_diag_msg and PACKET_DIAG_*, include/uapi/linux/packet_diag.h; net/packet/diag.c.
 *
 *   0 family, type (bytes)   2 EtherType   4 inode   8 cookie
 */

/** Which packet sockets are asked for, and what of them. */
export interface PacketQuestion {
  /** What names a socket for good. */
  readonly cookie?: boolean;
  /** Rings; `true` by default. */
  readonly rings?: boolean;
  /** The group with which it shares what comes; `true` by default. */
  readonly fanout?: boolean;
  /**
   * What it wants of interfaces besides. The kernel ends its answer, as if nothing followed, at a socket with more than a datagram has room
   * for, about 700: who has to know of every socket asks for these apart. `false` by default.
   */
  readonly memberships?: boolean;
  /** What packets must pass; the same is true of a filter of more than about 4,000 instructions. Takes CAP_NET_ADMIN. `false` by default. */
  readonly filter?: boolean;
  readonly namespace?: number | undefined;
}

/** PACKET_SHOW_*. */
const SHOW = { info: 1, memberships: 2, rings: 4, fanout: 8, memory: 0x10, filter: 0x20 };
const HEAD = 16;

/** Bytes of `struct packet_diag_info`. */
const INFO = 24;

/** Packet sockets, as procfs lists them, with what it does not tell. */
export function packetSockets(question: PacketQuestion = {}): Dump<PacketSocket> {
  const { rings = true, fanout = true, memberships = false, filter = false } = question;
  let show = SHOW.info | SHOW.memory;
  if (memberships) show |= SHOW.memberships;
  if (rings) show |= SHOW.rings;
  if (fanout) show |= SHOW.fanout;
  if (filter) show |= SHOW.filter;
  const writer = new Writer().u8(AF_PACKET, 0, 0, 0).u32(0).u32(show).u32(0xffffffff).u32(0xffffffff);
  return {
    question: { doing: "sock_diag of packet", type: SOCK_DIAG_BY_FAMILY, isDump: true, payload: writer.bytes() },
    reader: () => (of, from, to) => packetRow(of, from, to, question),
  };
}

/** One row, of a message. */
export function packetRow(of: KernelBytes, from: number, to: number, asked: PacketQuestion): PacketSocket {
  const attributes = messageOf(from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  const row: DraftOf<PacketSocket> = {
    protocol: "packet",
    namespace: asked.namespace,
    etherType: view.getUint16(from + 2, littleEndian),
    sk: undefined,
    refCount: undefined,
    type: bytes[from + 1]!,
    ifIndex: 0,
    running: false,
    rmem: 0,
    uid: 0,
    inode: view.getUint32(from + 4, littleEndian),
    owners: undefined,
    ownerless: undefined,
    cookie: asked.cookie === true ? cookieText(of, from + 8) : undefined,
    skMem: undefined,
    unknownAttributes: undefined,
    version: undefined,
    reserve: undefined,
    copyThreshold: undefined,
    timestamp: undefined,
    packetOptions: undefined,
    memberships: undefined,
    rxRing: undefined,
    txRing: undefined,
    fanout: undefined,
    // Without a filter there is no attribute, without the right to see one an empty one: sock_diag_put_filterinfo.
    filter: asked.filter === true ? [] : undefined,
  };
  let unknown: Record<number, string> | undefined;
  eachAttribute(of, attributes, to, (type, start, end) => {
    if (readAttribute(row, type, of, start, end)) return;
    unknown ??= {};
    unknown[type] = hex(of, start, end);
  });
  row.unknownAttributes = unknown;
  return row;
}

/** Fills in what an attribute tells, where it is whole; `false` for one that is not known. */
function readAttribute(row: DraftOf<PacketSocket>, type: number, of: KernelBytes, from: number, to: number): boolean {
  const length = to - from;
  switch (type) {
    case 0:
      if (length >= INFO) readInfo(row, of, from);
      return true;
    case 1:
      row.memberships = membershipsOf(of, from, to);
      return true;
    case 2:
      if (length >= RING) row.rxRing = ringOf(of, from);
      return true;
    case 3:
      if (length >= RING) row.txRing = ringOf(of, from);
      return true;
    case 4:
      if (length >= 4) row.fanout = fanoutOf(of, from);
      return true;
    case 5:
      if (length >= 4) row.uid = of.view.getUint32(from, of.littleEndian);
      return true;
    case 6:
      if (length >= 32) {
        row.skMem = memoryOf(of, from, to);
        row.rmem = row.skMem.rmem_alloc;
      }
      return true;
    case 7:
      row.filter = length === 0 ? undefined : filterOf(of, from, to);
      return true;
    default:
      return false;
  }
}

/** `struct packet_diag_info`: pdiag_put_info. */
function readInfo(row: DraftOf<PacketSocket>, { view, littleEndian }: KernelBytes, at: number): void {
  const flags = view.getUint32(at + 20, littleEndian);
  row.ifIndex = view.getUint32(at, littleEndian);
  row.version = nameOf(PacketVersion, view.getUint32(at + 4, littleEndian));
  row.reserve = view.getUint32(at + 8, littleEndian);
  row.copyThreshold = view.getInt32(at + 12, littleEndian);
  row.timestamp = view.getUint32(at + 16, littleEndian);
  row.running = isRunning(flags);
  row.packetOptions = optionsOf(flags);
}

/** What of a packet socket may have no room in an answer. */
export type PacketPart = "memberships" | "filter";

/**
 * Fills in what was asked for apart, see {@link PacketQuestion.memberships}.
 *
 * @returns of how many sockets it was not told; one that closed meanwhile is among them
 * @example
 * ```ts
 * import { allRows, fillPackets, NETLINK_SOCK_DIAG, NetlinkSocket, openDoor, packetSockets } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG);
 * const { rows } = allRows(socket, packetSockets());
 * const untold = fillPackets(rows, allRows(socket, packetSockets({ filter: true })).rows, "filter");
 * socket.close();
 * console.log(rows.map(({ filter }) => filter?.length), untold);
 * ```
 */
export function fillPackets(
  rows: readonly Pick<PacketSocket, "inode" | PacketPart>[],
  apart: readonly Pick<PacketSocket, "inode" | PacketPart>[],
  part: PacketPart,
): number {
  const byInode = new Map(apart.map((row) => [row.inode, row]));
  let untold = 0;
  for (const row of rows) {
    const more = byInode.get(row.inode);
    if (more === undefined) untold++;
    else Object.assign(row, { [part]: more[part] });
  }
  return untold;
}
