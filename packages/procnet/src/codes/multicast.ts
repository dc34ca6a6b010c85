import { type TwoWay, twoWay } from "./two-way.ts";

const MEMBERSHIP_FLAGS = {
  TIMER_RUNNING: 0x1,
  LAST_REPORTER: 0x2,
  LOADED: 0x4,
  NOREPORT: 0x8,
  GSQUERY: 0x10,
} as const;

/**
 * Flags of a membership in an IPv6 multicast group: the `MAF_` bits of include/net/if_inet6.h. `LOADED` says that the
 * device receives the group, `NOREPORT` that it is never reported (node-local and all-nodes groups).
 */
export const MembershipFlags: TwoWay<typeof MEMBERSHIP_FLAGS> = twoWay(MEMBERSHIP_FLAGS);

const VIF_FLAGS = { TUNNEL: 0x1, SRCRT: 0x2, REGISTER: 0x4, USE_IFINDEX: 0x8, STATIC: 0x8000 } as const;

/** Flags of an interface of IPv4 multicast routing: the `VIFF_` bits of include/uapi/linux/mroute.h. */
export const VifFlags: TwoWay<typeof VIF_FLAGS> = twoWay(VIF_FLAGS);

const MIF_FLAGS = { REGISTER: 0x1, STATIC: 0x8000 } as const;

/** Flags of an interface of IPv6 multicast routing: the `MIFF_` bits of include/uapi/linux/mroute6.h. */
export const MifFlags: TwoWay<typeof MIF_FLAGS> = twoWay(MIF_FLAGS);
