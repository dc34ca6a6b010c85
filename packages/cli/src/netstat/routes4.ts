import { each, readBytes } from "procnet";
import { type RouteEntry, RouteFlags } from "procnet/parse";
import { route as table } from "procnet/tables";
import type { Names } from "../names/names.ts";
import { cut, flagLetters, int, left, right } from "../text/printf.ts";
import { shownName } from "./device-names.ts";
import type { Page } from "./page.ts";
import type { RoutesView } from "./routes-view.ts";
import { grouped } from "./source.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * Routes of IPv4: the main table.
 */

const ANY = "0.0.0.0";

/** Bytes of a column of addresses. */
const WIDTH = 15;

const ENDS = {
  sizes: "Flags   MSS Window  irtt Iface\n",
  metric: "Flags Metric Ref    Use Iface\n",
  all: "Flags Metric Ref    Use Iface    MSS   Window irtt\n",
} as const;

/** Letters of flags in the order in which they are shown. */
const LETTERS = [
  [RouteFlags.HOST, "H"],
  [RouteFlags.REINSTATE, "R"],
  [RouteFlags.DYNAMIC, "D"],
  [RouteFlags.MODIFIED, "M"],
  [RouteFlags.DEFAULT, "d"],
  [RouteFlags.ALLONLINK, "a"],
  [RouteFlags.ADDRCONF, "c"],
  [RouteFlags.NONEXTHOP, "o"],
  [RouteFlags.EXPIRES, "e"],
  [RouteFlags.CACHE, "c"],
  [RouteFlags.FLOW, "f"],
  [RouteFlags.POLICY, "p"],
  [RouteFlags.LOCAL, "l"],
  [RouteFlags.MTU, "u"],
  [RouteFlags.WINDOW, "w"],
  [RouteFlags.IRTT, "i"],
  [0x400, "n"], // not cached: Linux 2.0
] as const;

/** Prints the main table; gives 1 when there is none, as in a namespace where no address ever was. */
export async function printTable4(view: RoutesView, page: Page): Promise<number> {
  const { names, columns, source } = view;
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const groups = grouped(each(table, { of: source, encoding: "latin1", onIssue }));
  if (groups === undefined) return noTable(`${source.shown}/route`, page);
  page.print("Kernel IP routing table\n");
  if (columns !== "none") page.print(`Destination     Gateway         Genmask         ${ENDS[columns]}`);
  let isEmpty = true;
  for (const group of groups) {
    if (group.length > 0) isEmpty = false;
    const routes = group.filter(({ flags }) => (flags & RouteFlags.UP) !== 0);
    if (columns === "none") continue;
    await names.prepare?.(
      routes.flatMap((route) => (isHost(route) ? [route.destination, route.gateway] : route.gateway)),
    );
    for (const route of routes) page.print(lineOf(route, view));
    if (!page.open) break;
  }
  unreadable.report("route", page);
  // In a namespace where no address ever was, the file is there and not even the heading in it.
  return isEmpty && readBytes(table, { of: source }).length === 0 ? 1 : 0;
}

export function noTable(path: string, page: Page): number {
  page.warn(`${path}: No such file or directory`);
  page.print("INET (IPv4) not configured in this system.\n");
  return 1;
}

function isHost({ flags }: RouteEntry): boolean {
  return (flags & RouteFlags.HOST) !== 0;
}

function lineOf(route: RouteEntry, { names, columns }: RoutesView): string {
  const reject = (route.flags & RouteFlags.REJECT) !== 0;
  const addresses = [destinationOf(route, names), reject ? "-" : hostOf(route.gateway, names), route.mask];
  const line = `${addresses.map((address) => left(address, WIDTH)).join(" ")} ${lettersOf(route.flags).padEnd(5)} `;
  const iface = shownName(route.iface);
  const metric = String(int(route.metric)).padEnd(6);
  const use = int(route.use);
  const sizes = [int(route.mtu), int(route.window), int(route.irtt)] as const;
  if (columns === "sizes") {
    if (reject) return `${line}    - -          - -\n`;
    return `${line}${right(sizes[0], 5)} ${String(sizes[1]).padEnd(5)} ${right(sizes[2], 6)} ${iface}\n`;
  }
  if (columns === "metric") {
    if (reject) return `${line}${metric} -  ${right(use, 7)} -\n`;
    return `${line}${metric} ${String(route.refCnt).padEnd(2)} ${right(use, 7)} ${iface}\n`;
  }
  if (reject) return `${line}${metric} -  ${right(use, 7)} -        -     -      -\n`;
  const short = left(cut(iface, 6), 6);
  const start = `${line}${metric} ${String(route.refCnt).padEnd(3)} ${right(use, 6)} ${short}   `;
  return `${start}${String(sizes[0]).padEnd(5)} ${String(sizes[1]).padEnd(6)} ${sizes[2]}\n`;
}

/** A rejecting route shows nothing of what stands before its mark. */
function lettersOf(flags: number): string {
  const start = `${(flags & RouteFlags.UP) === 0 ? "" : "U"}${(flags & RouteFlags.GATEWAY) === 0 ? "" : "G"}`;
  const rest = flagLetters(flags, LETTERS);
  return ((flags & RouteFlags.REJECT) === 0 ? start : "!") + rest;
}

function destinationOf(route: RouteEntry, names: Names): string {
  const { destination, mask } = route;
  if (mask === ANY && names.network !== undefined) return "default";
  if (isHost(route)) return hostOf(destination, names);
  return cut(names.network?.(destination) ?? destination, WIDTH);
}

function hostOf(address: string, names: Names): string {
  return cut((address === ANY ? undefined : names.host(address)) ?? address, WIDTH);
}
