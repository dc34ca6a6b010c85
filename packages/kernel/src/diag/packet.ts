import type { PacketSocket } from "procnet";
import { eachAttribute } from "../netlink/attributes.ts";
import { hex, type KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import { AF_PACKET, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import type { Dump } from "./dump.ts";
import { messageOf } from "./message-length.ts";
import { cookieText, memoryOf } from "./values.ts";

/*
 * struct packet_diag_req, packet_diag_msg and PACKET_DIAG_*, include/uapi/linux/packet_diag.h; net/packet/diag.c.
 *
 *   0 family, type (bytes)   2 EtherType   4 inode   8 cookie
 */

/** Which packet sockets are asked for. */
export interface PacketQuestion {
  /** What names a socket for good. */
  readonly cookie?: boolean;
  readonly namespace?: number | undefined;
}

const SHOW_INFO = 1;
const SHOW_MEMORY = 0x10;
const HEAD = 16;

/** It gets packets: PDI_RUNNING. */
const RUNNING = 1;

/** Attributes that are known and not told: groups, rings, fanout, the filter. */
const KNOWN = 7;

/** Packet sockets, as procfs lists them. */
export function packetSockets({ cookie = false, namespace }: PacketQuestion = {}): Dump<PacketSocket> {
  const show = SHOW_INFO | SHOW_MEMORY;
  const writer = new Writer().u8(AF_PACKET, 0, 0, 0).u32(0).u32(show).u32(0xffffffff).u32(0xffffffff);
  return {
    question: { doing: "sock_diag of packet", type: SOCK_DIAG_BY_FAMILY, isDump: true, payload: writer.bytes() },
    reader: () => (of, from, to) => packetRow(of, from, to, namespace, cookie),
  };
}

/** One row, of a message. */
export function packetRow(
  of: KernelBytes,
  from: number,
  to: number,
  namespace: number | undefined,
  isCookieTold: boolean,
): PacketSocket {
  const attributes = messageOf(from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  let ifIndex = 0;
  let flags = 0;
  let uid = 0;
  let skMem: PacketSocket["skMem"];
  let unknown: Record<number, string> | undefined;
  eachAttribute(of, attributes, to, (type, start, end) => {
    const length = end - start;
    if (type === 0 && length >= 24) {
      ifIndex = view.getUint32(start, littleEndian);
      flags = view.getUint32(start + 20, littleEndian);
    } else if (type === 5 && length >= 4) uid = view.getUint32(start, littleEndian);
    else if (type === 6 && length >= 32) skMem = memoryOf(of, start, end);
    else if (type > KNOWN) {
      unknown ??= {};
      unknown[type] = hex(of, start, end);
    }
  });
  return {
    protocol: "packet",
    namespace,
    etherType: view.getUint16(from + 2, littleEndian),
    sk: undefined,
    refCount: undefined,
    type: bytes[from + 1]!,
    ifIndex,
    running: (flags & RUNNING) !== 0,
    rmem: skMem?.rmem_alloc ?? 0,
    uid,
    inode: view.getUint32(from + 4, littleEndian),
    owners: undefined,
    ownerless: undefined,
    cookie: isCookieTold ? cookieText(of, from + 8) : undefined,
    skMem,
    unknownAttributes: unknown,
  };
}
