import { each } from "procnet";
import { type Ipv6Route, RouteFlags } from "procnet/parse";
import { ipv6Route } from "procnet/tables";
import { numericAddress } from "../names/addresses.ts";
import type { Names } from "../names/names.ts";
import { flagLetters, foreign, int, left, right } from "../text/printf.ts";
import { shownName } from "./device-names.ts";
import type { Page } from "./page.ts";
import type { RoutesView } from "./routes-view.ts";
import { grouped } from "./source.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * Routes of IPv6, of all tables: the kernel's text has no name of a table.
 */

const LETTERS = [
  [RouteFlags.UP, "U"],
  [RouteFlags.REJECT, "!"],
  [RouteFlags.GATEWAY, "G"],
  [RouteFlags.HOST, "H"],
  [RouteFlags.DEFAULT, "D"],
  [RouteFlags.ADDRCONF, "A"],
  [RouteFlags.CACHE, "C"],
  [RouteFlags.ALLONLINK, "a"],
  [RouteFlags.EXPIRES, "e"],
  [RouteFlags.MODIFIED, "m"],
  [RouteFlags.NONEXTHOP, "n"],
  [RouteFlags.FLOW, "f"],
] as const;

/** Prints the routes, or else those that are cached: they are rows of the same file, gone since Linux 4.15. */
export async function printTable6({ source, names }: RoutesView, cache: boolean, page: Page): Promise<number> {
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const groups = grouped(each(ipv6Route, { of: source, encoding: "latin1", onIssue }));
  if (groups === undefined) {
    page.warn(`${source.shown}/ipv6_route: No such file or directory`);
    page.print("INET6 (IPv6) not configured in this system.\n");
    return 1;
  }
  page.print(`Kernel IPv6 routing ${cache ? "cache" : "table"}\n`);
  page.print("Destination                    Next Hop                   Flag Met Ref  Use If\n");
  for (const rows of groups) {
    const routes = rows.filter(({ flags }) => ((flags & RouteFlags.CACHE) !== 0) === cache);
    await names.prepare?.(routes.flatMap(({ destination, nextHop }) => [destination, nextHop]));
    for (const route of routes) page.print(lineOf(route, names));
    if (!page.open) break;
  }
  unreadable.report("ipv6_route", page);
  return 0;
}

function lineOf(route: Ipv6Route, names: Names): string {
  const destination = `${nameOf(route.destination, names)}/${route.destinationPrefixLength}`;
  const letters = flagLetters(route.flags, LETTERS);
  const addresses = `${left(destination, 30)} ${left(nameOf(route.nextHop, names), 26)}`;
  const numbers = `${String(int(route.metric)).padEnd(3)} ${int(route.refCnt)} ${right(int(route.use), 6)}`;
  return `${addresses} ${letters.padEnd(4)} ${numbers} ${shownName(route.iface ?? "")}\n`;
}

function nameOf(address: string, names: Names): string {
  const name = names.host(address);
  return name === undefined ? numericAddress(address) : foreign(name);
}
