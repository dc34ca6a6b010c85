import type { IpRoute, NextHop } from "@procnet/kernel";
import { flagNames, RouteFlags, RouteTableId } from "procnet";
import { UsageError } from "../../errors.ts";
import type { AskNetwork } from "../../source/network.ts";
import type { Route } from "./shown.ts";

/*
 * Routes as rtnetlink tells them: of all tables, each next hop a line, with what procfs leaves out.
 */

/** A table that is asked for: its number, or all of them. */
export function tableNumber(text: string): number | "all" {
  if (text === "all") return "all";
  const named = (["main", "local", "default"] as const).find((name) => name === text);
  if (named !== undefined) return RouteTableId[named.toUpperCase() as "MAIN"];
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number >= 2 ** 32)
    throw new UsageError(`--table: "${text}" is no table: main, local, default, all, or a number`);
  return number;
}

/** What procfs lists of the main table of IPv4: fib_route_seq_show (net/ipv4/fib_trie.c) leaves out the others. */
const UNLISTED: ReadonlySet<string> = new Set(["BROADCAST", "MULTICAST", "LOCAL"]);

/** Routes of a table, or those that procfs lists. */
export function kernelRoutes(ask: AskNetwork, table: number | "all" | undefined): Route[] {
  const names = new Map(ask((kernel) => kernel.links({ statistics: false })).map(({ index, name }) => [index, name]));
  return askedRoutes(ask, table).flatMap((route) => {
    const hops: readonly (NextHop | undefined)[] = route.nextHops.length === 0 ? [undefined] : route.nextHops;
    return hops.map((hop) => routeOf(route, hop, names));
  });
}

function askedRoutes(ask: AskNetwork, table: number | "all" | undefined): IpRoute[] {
  if (table === "all") return ask((kernel) => kernel.routes());
  if (table !== undefined) return ask((kernel) => kernel.routes({ table }));
  const main = ask((kernel) => kernel.routes({ family: "IPv4" })).filter(
    (route) => route.table === RouteTableId.MAIN && !UNLISTED.has(route.type),
  );
  return [...main, ...ask((kernel) => kernel.routes({ family: "IPv6" }))];
}

function routeOf(route: IpRoute, hop: NextHop | undefined, names: ReadonlyMap<number, string>): Route {
  const { family, destination, prefixLength, source, sourcePrefixLength, metric, nextHops } = route;
  return {
    family,
    destination: prefixLength === 0 ? "default" : `${destination}/${prefixLength}`,
    ...(sourcePrefixLength > 0 && { source: `${source}/${sourcePrefixLength}` }),
    gateway: hop?.gateway,
    iface: hop === undefined ? undefined : (names.get(hop.ifIndex) ?? String(hop.ifIndex)),
    metric,
    flags: flagsOf(route, hop),
    ...(route.preference !== undefined && route.preference !== "MEDIUM" && { preference: route.preference }),
    table: tableText(route.table),
    type: route.type,
    protocol: route.protocol,
    scope: route.scope,
    ...(route.preferredSource !== undefined && { preferredSource: route.preferredSource }),
    ...(nextHops.length > 1 && { weight: hop!.weight }),
    ...(route.expires !== undefined && { expires: route.expires }),
    ...(route.metrics?.mtu !== undefined && { mtu: route.metrics.mtu }),
    ...(hop?.encapsulation !== undefined && { encapsulation: hop.encapsulation.type }),
  };
}

/** A number, or the name of one that the kernel itself has. */
function tableText(table: number): string {
  return RouteTableId[table]?.toLowerCase() ?? String(table);
}

const REJECTING: ReadonlySet<string> = new Set(["UNREACHABLE", "PROHIBIT"]);
const REJECTING6: ReadonlySet<string> = new Set(["UNREACHABLE", "PROHIBIT", "BLACKHOLE", "THROW"]);

/** As procfs has them: fib_flag_trans (net/ipv4/fib_trie.c); of IPv6 those that netlink lets tell. */
function flagsOf({ family, type, prefixLength, expires }: IpRoute, hop: NextHop | undefined): string[] {
  const isIpv4 = family === "IPv4";
  const isRejecting = (isIpv4 ? REJECTING : REJECTING6).has(type);
  const bits =
    RouteFlags.UP |
    (hop?.gateway === undefined ? 0 : RouteFlags.GATEWAY) |
    (isIpv4 && prefixLength === 32 ? RouteFlags.HOST : 0) |
    (isRejecting ? RouteFlags.REJECT : 0) |
    (isRejecting && !isIpv4 ? RouteFlags.NONEXTHOP : 0) |
    (!isIpv4 && type === "ANYCAST" ? RouteFlags.ANYCAST : 0) |
    (!isIpv4 && expires !== undefined ? RouteFlags.EXPIRES : 0) |
    (!isIpv4 && type === "LOCAL" ? RouteFlags.LOCAL : 0);
  return flagNames(RouteFlags, bits);
}
