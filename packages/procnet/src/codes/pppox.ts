import { type TwoWay, twoWay } from "./two-way.ts";

const PPPOX_STATES = { NONE: 0, CONNECTED: 1, BOUND: 2, RELAY: 4, ZOMBIE: 8, DEAD: 16 } as const;

/** States of a PPP session's socket, bits: include/linux/if_pppox.h. */
export const PppoxState: TwoWay<typeof PPPOX_STATES> = twoWay(PPPOX_STATES);
