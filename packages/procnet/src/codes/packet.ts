import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

/*
 * Packet sockets: include/uapi/linux/if_packet.h.
 */

const PACKET_VERSIONS = { TPACKET_V1: 0, TPACKET_V2: 1, TPACKET_V3: 2 } as const;

/** Layouts of the frames in a ring of a packet socket: `enum tpacket_versions`. */
export const PacketVersion: TwoWay<typeof PACKET_VERSIONS> = twoWay(PACKET_VERSIONS);

/** Name of such a layout. */
export type PacketVersion = keyof typeof PACKET_VERSIONS | Unknown;

const PACKET_MEMBERSHIPS = { MULTICAST: 0, PROMISC: 1, ALLMULTI: 2, UNICAST: 3 } as const;

/** What a packet socket wants of an interface besides: `PACKET_MR_*`. */
export const PacketMembershipType: TwoWay<typeof PACKET_MEMBERSHIPS> = twoWay(PACKET_MEMBERSHIPS);

/** Name of such a wish. */
export type PacketMembershipType = keyof typeof PACKET_MEMBERSHIPS | Unknown;

const PACKET_FANOUTS = { hash: 0, lb: 1, cpu: 2, rollover: 3, rnd: 4, qm: 5, cbpf: 6, ebpf: 7 } as const;

/** How packets are spread over the sockets of a group: `PACKET_FANOUT_*`, in small letters as their functions in net/packet/af_packet.c are called. */
export const PacketFanoutType: TwoWay<typeof PACKET_FANOUTS> = twoWay(PACKET_FANOUTS);

/** Name of such a way. */
export type PacketFanoutType = keyof typeof PACKET_FANOUTS | Unknown;

const FANOUT_FLAGS = { ROLLOVER: 0x1000, UNIQUEID: 0x2000, IGNORE_OUTGOING: 0x4000, DEFRAG: 0x8000 } as const;

/** What else a group of packet sockets does, bits: `PACKET_FANOUT_FLAG_*`. */
export const PacketFanoutFlags: TwoWay<typeof FANOUT_FLAGS> = twoWay(FANOUT_FLAGS);
