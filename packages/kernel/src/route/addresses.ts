import { nameOf, RouteScope } from "procnet/parse";
import type { Dump } from "../diag/dump.ts";
import type { KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import { type AttributeReaders, type DraftOf, fill, type UnknownAttributes, untold } from "../netlink/value.ts";
import { type Family, familyCode, familyOf, RTM_GETADDR } from "./constants.ts";
import { attributesBehind } from "./head.ts";

/*
 * struct ifaddrmsg and IFA_*, include/uapi/linux/if_addr.h; inet_fill_ifaddr (net/ipv4/devinet.c), inet6_fill_ifaddr (net/ipv6/addrconf.c).
 *
 *   0 family   1 length of the prefix   2 flags, the low eight   3 scope   4 index of the interface
 */

/** An address of an interface, as `ip address` lists it. */
export interface IpAddress extends Readonly<UnknownAttributes> {
  /** IP version of the address. */
  readonly family: Family;
  /** Index of the interface. */
  readonly ifIndex: number;
  /** The address as text, without the prefix. */
  readonly address: string;
  /** Length of the network's prefix, bits; of the peer's network where there is a peer. */
  readonly prefixLength: number;
  /** Address of the other end; absent where there is none. */
  readonly peer: string | undefined;
  /** Address of all machines of the network; IPv4 only. */
  readonly broadcast: string | undefined;
  /** How far the address reaches. */
  readonly scope: RouteScope;
  /** Bits of `AddressFlags`, all of them. */
  readonly flags: number;
  /** IPv4: name of the interface, of old with a colon and more; what ifconfig(8) makes an interface of. */
  readonly label: string | undefined;
  /** Seconds that it can be used; absent where for ever. */
  readonly validLifetime: number | undefined;
  /** Seconds that new connections use it; absent where for ever. */
  readonly preferredLifetime: number | undefined;
  /** When it was made, seconds since the machine began. */
  readonly createdAt: number | undefined;
  /** When it was last changed, seconds since the machine began. */
  readonly updatedAt: number | undefined;
  /** Priority of the route to its network; absent where it is the usual. */
  readonly metric: number | undefined;
  /** Who made it, since Linux 5.18: 1 the kernel for loopback, 2 for a router's advertisement, 3 for the link; others as they were given. */
  readonly protocol: number | undefined;
}

/** Which addresses are asked for. */
export interface AddressQuestion {
  /** Of one family; of both by default. */
  readonly family?: Family;
  /** Of the interface with this index. */
  readonly ifIndex?: number;
}

const HEAD = 8;

/**
 * Addresses of interfaces.
 *
 * @throws KernelError `ENODEV` on asking where there is no interface with the index
 * @example
 * ```ts
 * import { addresses, allRows, NETLINK_ROUTE, NetlinkSocket, openDoor } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * for (const { address, prefixLength, scope } of allRows(socket, addresses({ family: "IPv6" })).rows)
 *   console.log(`${address}/${prefixLength}`, scope);
 * socket.close();
 * ```
 */
export function addresses({ family, ifIndex = 0 }: AddressQuestion = {}): Dump<IpAddress> {
  const payload = new Writer().u8(familyCode(family), 0, 0, 0).u32(ifIndex).bytes();
  return {
    question: { doing: "rtnetlink: addresses", type: RTM_GETADDR, isDump: true, payload },
    reader: () => (of, from, to) => {
      const row = addressRow(of, from, to);
      // Kernels before 4.20 know of no filters.
      return ifIndex === 0 || row?.ifIndex === ifIndex ? row : undefined;
    },
  };
}

/** Seconds of a lifetime, of which the largest is for ever. */
function seconds(lifetime: number | undefined): number | undefined {
  return lifetime === 0xffffffff ? undefined : lifetime;
}

/** Of hundredths. */
function ofHundredths(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 100;
}

interface AddressDraft extends DraftOf<IpAddress> {
  /** IFA_ADDRESS: the address, or its peer where IFA_LOCAL is told and is another. */
  other: string | undefined;
  local: string | undefined;
}

const READERS: AttributeReaders<AddressDraft> = {
  0: untold,
  1: (row, value) => {
    row.other = value.ip();
  },
  2: (row, value) => {
    row.local = value.ip();
  },
  3: (row, value) => {
    row.label = value.text();
  },
  4: (row, value) => {
    row.broadcast = value.ip();
  },
  // Anycast, in rows that are asked for by another question.
  5: untold,
  6: (row, value) => {
    row.preferredLifetime = seconds(value.u32());
    row.validLifetime = seconds(value.u32(4));
    row.createdAt = ofHundredths(value.u32(8));
    row.updatedAt = ofHundredths(value.u32(12));
  },
  8: (row, value) => {
    row.flags = value.u32() ?? row.flags;
  },
  9: (row, value) => {
    row.metric = value.u32();
  },
  // The namespace that was asked for.
  10: untold,
  11: (row, value) => {
    row.protocol = value.u8();
  },
};

/** One row, of a message; none for families that are not told here. */
export function addressRow(of: KernelBytes, from: number, to: number): IpAddress | undefined {
  const attributes = attributesBehind("an address", from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  const family = familyOf(bytes[from]!);
  if (family === undefined) return undefined;
  const draft: AddressDraft = {
    family,
    ifIndex: view.getUint32(from + 4, littleEndian),
    address: "",
    prefixLength: bytes[from + 1]!,
    peer: undefined,
    broadcast: undefined,
    scope: nameOf(RouteScope, bytes[from + 3]!),
    flags: bytes[from + 2]!,
    label: undefined,
    validLifetime: undefined,
    preferredLifetime: undefined,
    createdAt: undefined,
    updatedAt: undefined,
    metric: undefined,
    protocol: undefined,
    unknownAttributes: undefined,
    other: undefined,
    local: undefined,
  };
  fill(draft, READERS, of, attributes, to);
  const { other, local, ...row } = draft;
  const address = local ?? other;
  if (address === undefined) return undefined; // anycast and multicast addresses alone are not asked for
  return { ...row, address, peer: other === address ? undefined : other };
}
