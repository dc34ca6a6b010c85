import { NeighbourFlags, NeighbourState, nameOf, RouteProtocol, RouteType } from "procnet/parse";
import type { Dump } from "../diag/dump.ts";
import type { KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import { type AttributeReaders, type DraftOf, fill, type UnknownAttributes, untold } from "../netlink/value.ts";
import { type Family, familyCode, familyOf, RTM_GETNEIGH } from "./constants.ts";
import { attributesBehind } from "./head.ts";

/*
 * struct ndmsg and NDA_*, include/uapi/linux/neighbour.h; neigh_fill_info and pneigh_fill_info (net/core/neighbour.c).
 *
 *   0 family   4 index of the interface   8 state (two bytes)   10 flags   11 type
 */

/** A neighbour, as `ip neighbour` lists it: who answers to an address on a link, or an address that is answered for. */
export interface Neighbour extends Readonly<UnknownAttributes> {
  /** IP version of the address. */
  readonly family: Family;
  /** The address. */
  readonly address: string;
  /** Index of the interface; 0 for a proxy entry that belongs to none. */
  readonly ifIndex: number;
  /** Hardware address, lower-case hexadecimal with colons; absent while it is not known, in proxy entries, and where there are none. */
  readonly hwAddress: string | undefined;
  /** What is known of it. Entries of devices that need no resolution are `NOARP`, which procfs leaves out. */
  readonly state: NeighbourState;
  /** Bits of `NeighbourFlags`: `PROXY` for entries of the proxy. */
  readonly flags: number;
  /** What the address is: `UNICAST`, `LOCAL`, `BROADCAST`, `MULTICAST`. */
  readonly type: RouteType;
  /** How often it was asked for since it last answered; absent in proxy entries. */
  readonly probes: number | undefined;
  /** Seconds since it was last known to answer; absent in proxy entries. */
  readonly confirmedAgo: number | undefined;
  /** Seconds since it was last used. */
  readonly usedAgo: number | undefined;
  /** Seconds since it last changed. */
  readonly updatedAgo: number | undefined;
  /** References to the kernel's structure. */
  readonly refCount: number | undefined;
  /** Who made it; absent where nobody said. */
  readonly protocol: RouteProtocol | undefined;
  /** Index of the interface's master; absent where there is none. */
  readonly master: number | undefined;
}

/** Which neighbours are asked for. */
export interface NeighbourQuestion {
  /** Of one family; of both by default. */
  readonly family?: Family;
  /** Of the interface with this index. */
  readonly ifIndex?: number;
  /** Of interfaces with this master. */
  readonly master?: number;
  /** Entries of the proxy, and no others: the kernel tells either. */
  readonly isProxy?: boolean;
}

const HEAD = 12;
const NDA_IFINDEX = 8;
const NDA_MASTER = 9;

/** Clock ticks of the user's, of which there are 100 in a second on all processors that are known here. */
const TICKS = 100;

/**
 * Neighbours of both families, or the entries of the proxy.
 *
 * @example
 * ```ts
 * import { allRows, NETLINK_ROUTE, NetlinkSocket, neighbours, openDoor } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * for (const { address, hwAddress, state } of allRows(socket, neighbours()).rows) console.log(address, hwAddress, state);
 * socket.close();
 * ```
 */
export function neighbours({ family, ifIndex, master, isProxy = false }: NeighbourQuestion = {}): Dump<Neighbour> {
  const writer = new Writer().u8(familyCode(family), 0, 0, 0).u32(0).u16(0);
  writer.u8(isProxy ? NeighbourFlags.PROXY : 0, 0);
  if (ifIndex !== undefined) writer.attribute(NDA_IFINDEX, new Writer().u32(ifIndex).bytes());
  if (master !== undefined) writer.attribute(NDA_MASTER, new Writer().u32(master).bytes());
  const payload = writer.bytes();
  return {
    question: { doing: "rtnetlink: neighbours", type: RTM_GETNEIGH, isDump: true, payload },
    reader: () => (of, from, to) => {
      const row = neighbourRow(of, from, to);
      // Kernels before 4.20 may tell of more.
      return ifIndex === undefined || row?.ifIndex === ifIndex ? row : undefined;
    },
  };
}

function ofTicks(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / TICKS;
}

const READERS: AttributeReaders<DraftOf<Neighbour>> = {
  0: untold,
  1: (row, value) => {
    row.address = value.ip() ?? value.hex();
  },
  2: (row, value) => {
    row.hwAddress = value.hwAddress();
  },
  3: (row, value) => {
    row.confirmedAgo = ofTicks(value.u32());
    row.usedAgo = ofTicks(value.u32(4));
    row.updatedAgo = ofTicks(value.u32(8));
    row.refCount = value.u32(12);
  },
  4: (row, value) => {
    row.probes = value.u32();
  },
  9: (row, value) => {
    row.master = value.u32();
  },
  12: (row, value) => {
    const code = value.u8();
    row.protocol = code === undefined || code === 0 ? undefined : nameOf(RouteProtocol, code);
  },
  15: (row, value) => {
    row.flags |= (value.u32() ?? 0) << 8;
  },
};

/** One row, of a message; none for families that are not told here. */
export function neighbourRow(of: KernelBytes, from: number, to: number): Neighbour | undefined {
  const attributes = attributesBehind("a neighbour", from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  const family = familyOf(bytes[from]!);
  if (family === undefined) return undefined;
  const row: DraftOf<Neighbour> = {
    family,
    address: family === "IPv4" ? "0.0.0.0" : "::",
    ifIndex: view.getUint32(from + 4, littleEndian),
    hwAddress: undefined,
    state: nameOf(NeighbourState, view.getUint16(from + 8, littleEndian)),
    flags: bytes[from + 10]!,
    type: nameOf(RouteType, bytes[from + 11]!),
    probes: undefined,
    confirmedAgo: undefined,
    usedAgo: undefined,
    updatedAgo: undefined,
    refCount: undefined,
    protocol: undefined,
    master: undefined,
    unknownAttributes: undefined,
  };
  fill(row, READERS, of, attributes, to);
  return row;
}
