import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const ROUTE_PROTOCOLS = {
  UNSPEC: 0,
  REDIRECT: 1,
  KERNEL: 2,
  BOOT: 3,
  STATIC: 4,
  GATED: 8,
  RA: 9,
  MRT: 10,
  ZEBRA: 11,
  BIRD: 12,
  DNROUTED: 13,
  XORP: 14,
  NTK: 15,
  DHCP: 16,
  MROUTED: 17,
  KEEPALIVED: 18,
  BABEL: 42,
  OVN: 84,
  OPENR: 99,
  BGP: 186,
  ISIS: 187,
  OSPF: 188,
  RIP: 189,
  EIGRP: 192,
} as const;

/**
 * Who made a route or a rule: the `RTPROT_` numbers of include/uapi/linux/rtnetlink.h. `KERNEL` for itself, `BOOT` what ip(8) is not told
 * otherwise, `RA` router advertisements; from `STATIC` on the kernel only keeps the number.
 */
export const RouteProtocol: TwoWay<typeof ROUTE_PROTOCOLS> = twoWay(ROUTE_PROTOCOLS);

/** Name of who made a route or a rule. */
export type RouteProtocol = keyof typeof ROUTE_PROTOCOLS | Unknown;

const NEXT_HOP_FLAGS = {
  DEAD: 0x1,
  PERVASIVE: 0x2,
  ONLINK: 0x4,
  OFFLOAD: 0x8,
  LINKDOWN: 0x10,
  UNRESOLVED: 0x20,
  TRAP: 0x40,
  NOTIFY: 0x100,
  CLONED: 0x200,
  EQUALIZE: 0x400,
  PREFIX: 0x800,
  RT_OFFLOAD: 0x4000,
  RT_TRAP: 0x8000,
  OFFLOAD_FAILED: 0x20000000,
} as const;

/**
 * Flags of a route and of its next hops as netlink tells them, which are not those of procfs (`RouteFlags`): the `RTNH_F_` bits of
 * include/uapi/linux/rtnetlink.h, and from `NOTIFY` on `RTM_F_`, of routes alone. `LINKDOWN` is a device without a carrier, `CLONED` an
 * exception that the kernel learnt, as a smaller MTU.
 */
export const NextHopFlags: TwoWay<typeof NEXT_HOP_FLAGS> = twoWay(NEXT_HOP_FLAGS);

const ENCAPSULATIONS = {
  NONE: 0,
  MPLS: 1,
  IP: 2,
  ILA: 3,
  IP6: 4,
  SEG6: 5,
  BPF: 6,
  SEG6_LOCAL: 7,
  RPL: 8,
  IOAM6: 9,
  XFRM: 10,
} as const;

/** What a route puts packets into: the `LWTUNNEL_ENCAP_` numbers of include/uapi/linux/lwtunnel.h. */
export const RouteEncapsulation: TwoWay<typeof ENCAPSULATIONS> = twoWay(ENCAPSULATIONS);

/** Name of what a route puts packets into. */
export type RouteEncapsulation = keyof typeof ENCAPSULATIONS | Unknown;

const RULE_ACTIONS = { UNSPEC: 0, TO_TBL: 1, GOTO: 2, NOP: 3, BLACKHOLE: 6, UNREACHABLE: 7, PROHIBIT: 8 } as const;

/** What a rule does with packets that it fits: the `FR_ACT_` numbers of include/uapi/linux/fib_rules.h. `TO_TBL` looks into a table. */
export const RuleAction: TwoWay<typeof RULE_ACTIONS> = twoWay(RULE_ACTIONS);

/** Name of what a rule does. */
export type RuleAction = keyof typeof RULE_ACTIONS | Unknown;

const RULE_FLAGS = {
  PERMANENT: 0x1,
  INVERT: 0x2,
  UNRESOLVED: 0x4,
  IIF_DETACHED: 0x8,
  OIF_DETACHED: 0x10,
  FIND_SADDR: 0x10000,
} as const;

/** Flags of a rule: the `FIB_RULE_` bits of include/uapi/linux/fib_rules.h. `INVERT` means packets that it does not fit. */
export const RuleFlags: TwoWay<typeof RULE_FLAGS> = twoWay(RULE_FLAGS);
