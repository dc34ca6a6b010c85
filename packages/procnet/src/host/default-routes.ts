import { RouteFlags } from "../codes/route-flags.ts";
import { isProcfsError } from "../errors.ts";
import { type Ipv6RouteRows, ipv6Route } from "../files/routes/ipv6-route.ts";
import { type RouteEntries, route } from "../files/routes/route.ts";
import type { Located } from "../read/place.ts";
import { read } from "../read/read.ts";

/** A way out: a route to everywhere. */
export interface DefaultRoute {
  /** IP version of the route. */
  readonly family: "IPv4" | "IPv6";
  /** Address of the gateway; absent on links that need none, and for IPv4 through an IPv6 gateway, which procfs hides. */
  readonly gateway: string | undefined;
  /** Interface it leaves by. */
  readonly iface: string;
  /** The lowest is used. */
  readonly metric: number;
}

/** Routes to everywhere that can be used, by family and metric: see the function `defaultRoutes`. */
export function defaultRoutesOf(of: Located): DefaultRoute[] {
  return [...ipv4(read(route, { of })), ...ipv6(unlessMissing(() => read(ipv6Route, { of })) ?? [])];
}

function ipv4(routes: RouteEntries): DefaultRoute[] {
  return routes
    .filter((route) => route.destination === "0.0.0.0" && route.mask === "0.0.0.0" && isUsable(route.flags))
    .filter((route) => route.iface !== "*") // blackhole and throw look like routes, but lead nowhere
    .map(({ gateway, iface, metric }) => ({
      family: "IPv4" as const,
      gateway: gateway === "0.0.0.0" ? undefined : gateway,
      iface,
      metric,
    }))
    .sort((a, b) => a.metric - b.metric);
}

function ipv6(routes: Ipv6RouteRows): DefaultRoute[] {
  return routes
    .filter(({ destination, destinationPrefixLength }) => destination === "::" && destinationPrefixLength === 0)
    .filter((route) => isUsable(route.flags) && route.iface !== undefined)
    .filter(({ sourcePrefixLength }) => sourcePrefixLength === 0) // others are for packets of one network only
    .map(({ nextHop, iface, metric }) => ({
      family: "IPv6" as const,
      gateway: nextHop === "::" ? undefined : nextHop,
      iface: iface!,
      metric,
    }))
    .sort((a, b) => a.metric - b.metric);
}

/** Every namespace has a route of IPv6 to everywhere that rejects: `REJECT` and `NONEXTHOP`, without `UP`. */
function isUsable(flags: number): boolean {
  return (flags & RouteFlags.UP) !== 0 && (flags & RouteFlags.REJECT) === 0;
}

/** What is read, `undefined` when the kernel has no such file. */
export function unlessMissing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}
