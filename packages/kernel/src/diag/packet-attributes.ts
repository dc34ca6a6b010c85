import type { BpfInstruction, PacketFanout, PacketMembership, PacketOptions, PacketRing } from "procnet";
import { nameOf, PacketFanoutType, PacketMembershipType } from "procnet/parse";
import { hardwareAddress, type KernelBytes } from "../netlink/bytes.ts";

/*
 * What the attributes of a packet socket hold: include/uapi/linux/packet_diag.h. Whoever calls has seen that there is room for it.
 */

/** `PDI_*`. */
const PDI = { running: 1, auxdata: 2, origdev: 4, vnethdr: 8, loss: 16 };

/** It gets packets. */
export function isRunning(flags: number): boolean {
  return (flags & PDI.running) !== 0;
}

export function optionsOf(flags: number): PacketOptions {
  return {
    auxdata: (flags & PDI.auxdata) !== 0,
    origdev: (flags & PDI.origdev) !== 0,
    vnethdr: (flags & PDI.vnethdr) !== 0,
    loss: (flags & PDI.loss) !== 0,
  };
}

/** Bytes of `struct packet_diag_mclist`, and the place and the room of the address in it: MAX_ADDR_LEN. */
const MEMBERSHIP = 44;
const ADDRESS = 12;
const MOST_ADDRESS = 32;

/** One behind the other, without heads of attributes: nla_reserve_nohdr. */
export function membershipsOf(of: KernelBytes, from: number, to: number): PacketMembership[] {
  const { view, littleEndian } = of;
  const found: PacketMembership[] = [];
  for (let at = from; at + MEMBERSHIP <= to; at += MEMBERSHIP) {
    const length = Math.min(view.getUint16(at + 10, littleEndian), MOST_ADDRESS);
    found.push({
      ifIndex: view.getUint32(at, littleEndian),
      count: view.getUint32(at + 4, littleEndian),
      type: nameOf(PacketMembershipType, view.getUint16(at + 8, littleEndian)),
      address: hardwareAddress(of, at + ADDRESS, at + ADDRESS + length),
    });
  }
  return found;
}

/** Bytes of `struct packet_diag_ring`. */
export const RING = 28;

export function ringOf({ view, littleEndian }: KernelBytes, at: number): PacketRing {
  return {
    blockSize: view.getUint32(at, littleEndian),
    blockCount: view.getUint32(at + 4, littleEndian),
    frameSize: view.getUint32(at + 8, littleEndian),
    frameCount: view.getUint32(at + 12, littleEndian),
    retireTimeout: view.getUint32(at + 16, littleEndian),
    privateSize: view.getUint32(at + 20, littleEndian),
    features: view.getUint32(at + 24, littleEndian),
  };
}

/** Sixteen bits of the group's number, and sixteen as PACKET_FANOUT takes them: eight of flags above eight of the type. */
export function fanoutOf({ view, littleEndian }: KernelBytes, at: number): PacketFanout {
  const value = view.getUint32(at, littleEndian);
  const flags = (value >>> 16) & 0xff00;
  const group = { id: value & 0xffff, type: nameOf(PacketFanoutType, (value >>> 16) & 0xff) };
  return flags === 0 ? group : { ...group, flags };
}

/** Bytes of `struct sock_filter`. */
const INSTRUCTION = 8;

export function filterOf({ bytes, view, littleEndian }: KernelBytes, from: number, to: number): BpfInstruction[] {
  const found: BpfInstruction[] = [];
  for (let at = from; at + INSTRUCTION <= to; at += INSTRUCTION) {
    found.push({
      code: view.getUint16(at, littleEndian),
      jt: bytes[at + 2]!,
      jf: bytes[at + 3]!,
      k: view.getUint32(at + 4, littleEndian),
    });
  }
  return found;
}
