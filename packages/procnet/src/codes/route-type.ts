import { type TwoWay, twoWay, type Unknown } from "./two-way.ts";

const ROUTE_TYPES = {
  UNSPEC: 0,
  UNICAST: 1,
  LOCAL: 2,
  BROADCAST: 3,
  ANYCAST: 4,
  MULTICAST: 5,
  BLACKHOLE: 6,
  UNREACHABLE: 7,
  PROHIBIT: 8,
  THROW: 9,
  NAT: 10,
  XRESOLVE: 11,
} as const;

/** Types of a route: the `RTN_` numbers of include/uapi/linux/rtnetlink.h. */
export const RouteType: TwoWay<typeof ROUTE_TYPES> = twoWay(ROUTE_TYPES);

/** Name of a route's type. */
export type RouteType = keyof typeof ROUTE_TYPES | Unknown;

const ROUTE_SCOPES = { universe: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const;

/** Scopes of a route, how far its destination is: the `RT_SCOPE_` numbers of include/uapi/linux/rtnetlink.h. */
export const RouteScope: TwoWay<typeof ROUTE_SCOPES> = twoWay(ROUTE_SCOPES);

/** Name of a route's scope. */
export type RouteScope = keyof typeof ROUTE_SCOPES | Unknown;

const ROUTE_TABLES = { COMPAT: 252, DEFAULT: 253, MAIN: 254, LOCAL: 255 } as const;

/** Routing tables that have a name: the `RT_TABLE_` numbers of include/uapi/linux/rtnetlink.h. */
export const RouteTableId: TwoWay<typeof ROUTE_TABLES> = twoWay(ROUTE_TABLES);

const ROUTER_PREFERENCES = { MEDIUM: 0, HIGH: 1, INVALID: 2, LOW: 3 } as const;

/** Preferences of a router (RFC 4191). The kernel treats `INVALID` as `MEDIUM`. */
export const RouterPreference: TwoWay<typeof ROUTER_PREFERENCES> = twoWay(ROUTER_PREFERENCES);

/** Name of a router's preference. */
export type RouterPreference = keyof typeof ROUTER_PREFERENCES;

/**
 * Bits of an IPv6 route's flags that hold the preference of its router, and so have no name in `RouteFlags`. What is left
 * without them: `(flags & ~ROUTER_PREFERENCE_MASK) >>> 0`.
 */
export const ROUTER_PREFERENCE_MASK: number = 0x18000000;

/**
 * The preference of the router in an IPv6 route's flags: two of their bits together (RFC 4191).
 *
 * @example
 * ```ts
 * import { net, routerPreference } from "procnet";
 * net.ipv6Route().map((route) => [route.nextHop, routerPreference(route.flags)]);
 * ```
 */
export function routerPreference(flags: number): RouterPreference {
  return RouterPreference[(flags >>> 27) & 3]!;
}

const CACHE_FLAGS = {
  DEAD: 0x1,
  ONLINK: 0x4,
  NOTIFY: 0x10000,
  DIRECTDST: 0x20000,
  REDIRECTED: 0x40000,
  TPROXY: 0x80000,
  FAST: 0x200000,
  MASQ: 0x400000,
  SNAT: 0x800000,
  DOREDIRECT: 0x1000000,
  DIRECTSRC: 0x4000000,
  DNAT: 0x8000000,
  BROADCAST: 0x10000000,
  MULTICAST: 0x20000000,
  REJECT: 0x40000000,
  LOCAL: 0x80000000,
} as const;

/** Flags of an entry of the IPv4 route cache, gone since Linux 3.6: include/uapi/linux/in_route.h. */
export const RouteCacheFlags: TwoWay<typeof CACHE_FLAGS> = twoWay(CACHE_FLAGS);
