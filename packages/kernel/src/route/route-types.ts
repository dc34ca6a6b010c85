import type { RouteEncapsulation, RouteProtocol, RouterPreference, RouteScope, RouteType } from "procnet/parse";
import type { UnknownAttributes } from "../netlink/value.ts";
import type { Family } from "./constants.ts";

/** What a route puts packets into before they leave. */
export interface Encapsulation {
  /** `MPLS`, `IP`, `SEG6`, ... */
  readonly type: RouteEncapsulation;
  /** What the kernel tells of it, attributes of its own kind, as hexadecimal digits. */
  readonly data: string;
}

/** A way that a route leads. */
export interface NextHop extends Readonly<UnknownAttributes> {
  /** Address of the gateway, which for IPv4 may be one of IPv6; absent when there is none. */
  readonly gateway: string | undefined;
  /** Index of the interface; 0 for none. */
  readonly ifIndex: number;
  /** Share of this way among several, 1 to 256. */
  readonly weight: number;
  /** Bits of `NextHopFlags`. */
  readonly flags: number;
  /** What packets are put into; absent when into nothing. */
  readonly encapsulation: Encapsulation | undefined;
  /** Realm of the destination; absent when there is none. */
  readonly realm: number | undefined;
}

/** What is set for connections that take a route: `RTAX_*` of include/uapi/linux/rtnetlink.h by the kernel's names. What is not set is absent. */
export interface RouteMetrics {
  /** Which of the others hold against what the network says: bit 2 for `mtu` and so on by the kernel's numbers. */
  readonly lock?: number;
  readonly mtu?: number;
  readonly window?: number;
  /** Eighths of a millisecond. */
  readonly rtt?: number;
  /** Quarters of a millisecond. */
  readonly rttvar?: number;
  readonly ssthresh?: number;
  readonly cwnd?: number;
  readonly advmss?: number;
  readonly reordering?: number;
  readonly hoplimit?: number;
  readonly initcwnd?: number;
  /** Bit 0 for ECN. */
  readonly features?: number;
  /** Milliseconds. */
  readonly rto_min?: number;
  readonly initrwnd?: number;
  readonly quickack?: number;
  /** Name of congestion control. */
  readonly cc_algo?: string;
  readonly fastopen_no_cookie?: number;
  /** Those of a newer kernel by their numbers, as hexadecimal digits. */
  readonly unknownAttributes?: Readonly<Record<number, string>>;
}

/** Use of a route: `struct rta_cacheinfo` by the kernel's names. */
export interface RouteCacheInfo {
  readonly clntref: number;
  /** Clock ticks, as of now 100 in a second. */
  readonly lastuse: number;
  /** Clock ticks until it ends; 0 for never. */
  readonly expires: number;
  /** Number of the error that packets get; 0 for none. */
  readonly error: number;
  readonly used: number;
}

/** A route, as `ip route` lists it. */
export interface IpRoute extends Readonly<UnknownAttributes> {
  /** IP version of the destination. */
  readonly family: Family;
  /** Number of the table: see `RouteTableId`. */
  readonly table: number;
  /** `UNICAST`, `LOCAL`, `BLACKHOLE`, ... */
  readonly type: RouteType;
  /** Who made it. */
  readonly protocol: RouteProtocol;
  /** How far the destination is. */
  readonly scope: RouteScope;
  /** Address of the network; `0.0.0.0` and `::` with a prefix of length 0 for everywhere. */
  readonly destination: string;
  /** Length of its prefix, bits. */
  readonly prefixLength: number;
  /** Network that packets must come from; absent where any may. IPv6 with CONFIG_IPV6_SUBTREES. */
  readonly source: string | undefined;
  /** Length of its prefix, bits; 0 for any. */
  readonly sourcePrefixLength: number;
  /** Type of service that packets must have; 0 for any. */
  readonly tos: number;
  /** Where it leads: one way, several, or none, as a blackhole. */
  readonly nextHops: readonly NextHop[];
  /** Number of the next hop, where it is an object of its own (`ip nexthop`). */
  readonly nextHopId: number | undefined;
  /** Priority: the lowest wins. */
  readonly metric: number;
  /** Address that packets leave with where the program chose none. */
  readonly preferredSource: string | undefined;
  /** Bits of `NextHopFlags`. */
  readonly flags: number;
  /** What is set for connections that take it; absent where nothing is. */
  readonly metrics: RouteMetrics | undefined;
  /** Preference of its router (RFC 4191); IPv6 only. */
  readonly preference: RouterPreference | undefined;
  /** Use of it; absent where the kernel tells none, as for most of IPv4. */
  readonly cacheInfo: RouteCacheInfo | undefined;
  /** Seconds until it ends; absent where for ever. */
  readonly expires: number | undefined;
  /** Whether labels of MPLS take over the time to live. */
  readonly ttlPropagate: number | undefined;
}
