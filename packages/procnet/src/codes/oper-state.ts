import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const OPER_STATES = { unknown: 0, notpresent: 1, down: 2, lowerlayerdown: 3, testing: 4, dormant: 5, up: 6 } as const;

/** Operational states of an interface (RFC 2863 section 3.1.14): the `IF_OPER_` numbers of include/uapi/linux/if.h by the names of sysfs. */
export const OperState: TwoWay<typeof OPER_STATES> = twoWay(OPER_STATES);

/** Name of an operational state. */
export type OperState = keyof typeof OPER_STATES | Unknown;
