import type { PacketFanoutType, PacketMembershipType, PacketVersion } from "../codes/packet.ts";
import type { KernelFields } from "./kernel-fields.ts";

/*
 * What the kernel tells of packet sockets by netlink and not in procfs: include/uapi/linux/packet_diag.h, net/packet/diag.c. Since Linux 3.7,
 * filters since 3.10.
 */

/** Options of a packet socket: `PDI_*`, of pdiag_put_info. Each is the option of that name as it is set. */
export interface PacketOptions {
  /** `PACKET_AUXDATA`: with each packet come its state, lengths and VLAN (`struct tpacket_auxdata`). */
  readonly auxdata: boolean;
  /** `PACKET_ORIGDEV`: the interface on which a packet came in is told, not the one above it, such as a bond. */
  readonly origdev: boolean;
  /** `PACKET_VNET_HDR`: in front of each packet stands a `struct virtio_net_hdr`. */
  readonly vnethdr: boolean;
  /** `PACKET_LOSS`: frames of the sending ring that are malformed are left out, and do not stop it. */
  readonly loss: boolean;
}

/** What a packet socket wants of an interface besides what comes anyway: `PACKET_ADD_MEMBERSHIP`, `struct packet_diag_mclist`. */
export interface PacketMembership {
  /** The interface. */
  readonly ifIndex: number;
  /** How often the same was asked for, and so how often it has to be taken back. */
  readonly count: number;
  /** `PACKET_MR_*`: frames to a group (`MULTICAST`), to any group (`ALLMULTI`), to one more address (`UNICAST`), or all (`PROMISC`). */
  readonly type: PacketMembershipType;
  /** The hardware address: lower-case hexadecimal with colons. Absent where none was given, as with `PROMISC`. */
  readonly address: string | undefined;
}

/** A ring of frames that the kernel and the program share: `PACKET_RX_RING`, `PACKET_TX_RING`; `struct packet_diag_ring`, pdiag_put_ring. */
export interface PacketRing {
  /** Bytes of a block. */
  readonly blockSize: number;
  /** How many blocks there are. */
  readonly blockCount: number;
  /** Bytes of a frame; of a `TPACKET_V3` ring for receiving, what was said of them: frames lie there as they come. */
  readonly frameSize: number;
  /** How many frames there are. */
  readonly frameCount: number;
  /** Milliseconds after which a block that is not full is handed on; with `TPACKET_V3`, 0 without. */
  readonly retireTimeout: number;
  /** Bytes at the head of each block that are the program's; with `TPACKET_V3`, 0 without. */
  readonly privateSize: number;
  /** Bits of `TP_FT_REQ_*`: 1 a hash for each packet; with `TPACKET_V3`, 0 without. */
  readonly features: number;
}

/** The group of packet sockets that share what comes: `PACKET_FANOUT`, pdiag_put_fanout. */
export interface PacketFanout {
  /** Number of the group, in its network namespace. */
  readonly id: number;
  /** By what a packet's socket is chosen: `hash` of its flow, `lb` in turns, `cpu` on which it came, `rollover` the next when one is full, `rnd` by chance, `qm` the queue it came in, `cbpf` and `ebpf` a program. */
  readonly type: PacketFanoutType;
  /** Bits of `PacketFanoutFlags`. Absent where none is told: pdiag_put_fanout has the type alone, whatever the group's flags are, in all kernels so far. */
  readonly flags?: number;
}

/** An instruction of classic BPF: `struct sock_filter`, include/uapi/linux/filter.h. */
export interface BpfInstruction {
  /** What is done: `BPF_LD`, `BPF_JMP`, ... with its kind and width. */
  readonly code: number;
  /** So many instructions are left out where a test is true. */
  readonly jt: number;
  /** So many where it is not. */
  readonly jf: number;
  /** A place in the packet, a value, a length: as `code` takes it. */
  readonly k: number;
}

/** What packet sockets have besides. */
export interface PacketKernelFields extends KernelFields {
  /** Layout of frames in its rings: `PACKET_VERSION`. */
  readonly version?: PacketVersion | undefined;
  /** Bytes kept free in front of each frame of its ring: `PACKET_RESERVE`. */
  readonly reserve?: number | undefined;
  /** `PACKET_COPY_THRESH`: other than 0, a packet too long for its frame in the ring is queued whole besides (tpacket_rcv). */
  readonly copyThreshold?: number | undefined;
  /** Which timestamps its rings have, bits of `SOF_TIMESTAMPING_*`: `PACKET_TIMESTAMP`; 0 the kernel's own. */
  readonly timestamp?: number | undefined;
  /** Its options. */
  readonly packetOptions?: PacketOptions | undefined;
  /** What it wants of interfaces besides, in the kernel's order: the last comes first. Empty where that is nothing. */
  readonly memberships?: readonly PacketMembership[] | undefined;
  /** The ring in which it gets packets. */
  readonly rxRing?: PacketRing | undefined;
  /** The ring from which it sends them. */
  readonly txRing?: PacketRing | undefined;
  /** The group with which it shares what comes. */
  readonly fanout?: PacketFanout | undefined;
  /**
   * What a packet must pass: `SO_ATTACH_FILTER`, sock_diag_put_filterinfo. Empty where there is none, or one of eBPF, of which the kernel tells
   * nothing; absent without CAP_NET_ADMIN in the namespace.
   */
  readonly filter?: readonly BpfInstruction[] | undefined;
}
