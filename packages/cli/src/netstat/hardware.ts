/*
 * Kinds of hardware as net-tools calls them. It knows fewer than the kernel has: the others are `unspec`.
 */

export interface Hardware {
  readonly name: string;
  readonly title: string;
  /** How an address is written; absent where it is not shown. */
  readonly write?: (address: readonly number[]) => string;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/** So many bytes, with zeros where the device has fewer. */
function bytes(address: readonly number[], count: number, separator: string): string {
  return Array.from({ length: count }, (_, at) => hex(address[at] ?? 0)).join(separator);
}

const UNKNOWN: Hardware = {
  name: "unspec",
  title: "UNSPEC",
  write: (address) => bytes(address, 16, "-").toUpperCase(),
};

/** By the numbers of include/uapi/linux/if_arp.h. */
const KINDS: Readonly<Record<number, Hardware>> = {
  1: { name: "ether", title: "Ethernet", write: (address) => bytes(address, 6, ":") },
  27: { name: "eui64", title: "Generic EUI-64", write: (address) => bytes(address, 8, ":").toUpperCase() },
  256: { name: "slip", title: "Serial Line IP" },
  257: { name: "cslip", title: "VJ Serial Line IP" },
  258: { name: "slip6", title: "6-bit Serial Line IP" },
  259: { name: "cslip6", title: "VJ 6-bit Serial Line IP" },
  264: { name: "adaptive", title: "Adaptive Serial Line IP" },
  512: { name: "ppp", title: "Point-to-Point Protocol" },
  513: { name: "hdlc", title: "(Cisco)-HDLC" },
  516: { name: "lapb", title: "LAPB" },
  768: { name: "tunnel", title: "IPIP Tunnel" },
  770: { name: "frad", title: "Frame Relay Access Device" },
  772: { name: "loop", title: "Local Loopback" },
  774: {
    name: "fddi",
    title: "Fiber Distributed Data Interface",
    write: (address) => bytes(address, 6, "-").toUpperCase(),
  },
  776: { name: "sit", title: "IPv6-in-IPv4" },
  780: { name: "hippi", title: "HIPPI", write: (address) => bytes(address, 6, ":").toUpperCase() },
};

export function hardwareOf(type: number): Hardware {
  return KINDS[type] ?? UNKNOWN;
}
