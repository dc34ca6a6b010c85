import { type TwoWay, twoWay } from "./two-way.ts";

const ROUTE_FLAGS = {
  UP: 0x1,
  GATEWAY: 0x2,
  HOST: 0x4,
  REINSTATE: 0x8,
  DYNAMIC: 0x10,
  MODIFIED: 0x20,
  MTU: 0x40,
  WINDOW: 0x80,
  IRTT: 0x100,
  REJECT: 0x200,
  DEFAULT: 0x10000,
  ALLONLINK: 0x20000,
  ADDRCONF: 0x40000,
  PREFIX_RT: 0x80000,
  ANYCAST: 0x100000,
  NONEXTHOP: 0x200000,
  EXPIRES: 0x400000,
  ROUTEINFO: 0x800000,
  CACHE: 0x1000000,
  FLOW: 0x2000000,
  POLICY: 0x4000000,
  PCPU: 0x40000000,
  LOCAL: 0x80000000,
} as const;

/**
 * Flags of a route: include/uapi/linux/route.h, and from `DEFAULT` on include/uapi/linux/ipv6_route.h. Of those below
 * `REJECT` current kernels set `UP`, `GATEWAY` and `HOST` for IPv4. `REJECT` marks unreachable and prohibit.
 */
export const RouteFlags: TwoWay<typeof ROUTE_FLAGS> = twoWay(ROUTE_FLAGS);
