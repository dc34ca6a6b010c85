import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const NEIGHBOUR_STATES = {
  NONE: 0x00,
  INCOMPLETE: 0x01,
  REACHABLE: 0x02,
  STALE: 0x04,
  DELAY: 0x08,
  PROBE: 0x10,
  FAILED: 0x20,
  NOARP: 0x40,
  PERMANENT: 0x80,
} as const;

/**
 * States of a neighbour: the `NUD_` numbers of include/uapi/linux/neighbour.h. An entry is in one of them; they are bits so that several can
 * be asked for. `NOARP` and `PERMANENT` never change, `NONE` is an entry that nothing was asked for yet.
 */
export const NeighbourState: TwoWay<typeof NEIGHBOUR_STATES> = twoWay(NEIGHBOUR_STATES);

/** Name of a neighbour's state. */
export type NeighbourState = keyof typeof NEIGHBOUR_STATES | Unknown;

const NEIGHBOUR_FLAGS = {
  USE: 0x1,
  SELF: 0x2,
  MASTER: 0x4,
  PROXY: 0x8,
  EXT_LEARNED: 0x10,
  OFFLOADED: 0x20,
  STICKY: 0x40,
  ROUTER: 0x80,
  MANAGED: 0x100,
  LOCKED: 0x200,
  EXT_VALIDATED: 0x400,
} as const;

/**
 * Flags of a neighbour: the `NTF_` bits of include/uapi/linux/neighbour.h, and from `MANAGED` on those of `NTF_EXT_`, which the kernel itself
 * keeps eight bits further up. `PROXY` is an address that this machine answers for, `ROUTER` a neighbour of IPv6 that forwards.
 */
export const NeighbourFlags: TwoWay<typeof NEIGHBOUR_FLAGS> = twoWay(NEIGHBOUR_FLAGS);
