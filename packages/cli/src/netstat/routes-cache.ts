import { each } from "procnet";
import { RouteCacheFlags, RouteFlags, type RtCache } from "procnet/parse";
import { rtCache } from "procnet/tables";
import type { Names } from "../names/names.ts";
import { cut, flagLetters, foreign, int, left, right } from "../text/printf.ts";
import { shownName } from "./device-names.ts";
import type { Page } from "./page.ts";
import type { RoutesView } from "./routes-view.ts";
import { noTable } from "./routes4.ts";
import { grouped } from "./source.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * The cache of IPv4 routes. Since Linux 3.6 its file has a heading and no rows.
 */

const ENDS = {
  sizes: "Flags   MSS Window  irtt Iface\n",
  metric: "Flags Metric Ref    Use Iface\n",
  all: "Flags Metric Ref    Use Iface    MSS   Window irtt  TOS HHRef HHUptod     SpecDst\n",
} as const;

const LETTERS = [
  [RouteFlags.REINSTATE, "R"],
  [RouteFlags.DYNAMIC, "D"],
  [RouteFlags.MODIFIED, "M"],
  [RouteCacheFlags.DEAD, "-"],
  [RouteCacheFlags.ONLINK, "o"],
  [RouteCacheFlags.NOTIFY, "n"],
  [RouteCacheFlags.DIRECTDST, "d"],
  [RouteCacheFlags.TPROXY, "t"],
  [RouteCacheFlags.FAST, "f"],
  [RouteCacheFlags.MASQ, "q"],
  [RouteCacheFlags.SNAT, "Ns"],
  [RouteCacheFlags.DOREDIRECT, "r"],
  [RouteCacheFlags.DIRECTSRC, "i"],
  [RouteCacheFlags.DNAT, "Nd"],
  [RouteCacheFlags.BROADCAST, "b"],
  [RouteCacheFlags.MULTICAST, "m"],
  [RouteCacheFlags.REJECT, "#"],
  [RouteCacheFlags.LOCAL, "l"],
] as const;

/** Prints the cache; gives 1 when the kernel has no such file any more. */
export async function printCache4(view: RoutesView, page: Page): Promise<number> {
  const { source, columns, names } = view;
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const groups = grouped(each(rtCache, { of: source, encoding: "latin1", onIssue }));
  if (groups === undefined) return noTable(`${source.shown}/rt_cache`, page);
  page.print("Kernel IP routing cache\n");
  if (columns !== "none") page.print(`Source          Destination     Gateway         ${ENDS[columns]}`);
  for (const entries of groups) {
    if (columns === "none") continue;
    await names.prepare?.(entries.flatMap((entry) => addressesOf(entry)));
    for (const entry of entries) page.print(lineOf(entry, view));
    if (!page.open) break;
  }
  unreadable.report("rt_cache", page);
  return 0;
}

function addressesOf({ source, destination, gateway, specDst }: RtCache): string[] {
  return [source, destination, gateway, specDst];
}

function lineOf(entry: RtCache, { columns, names }: RoutesView): string {
  const [source, destination, gateway, specDst] = addressesOf(entry).map((address) => nameOf(address, names));
  const line = `${left(source!, 15)} ${left(destination!, 15)} ${left(gateway!, 15)} ${lettersOf(entry.flags).padEnd(5)}`;
  const iface = shownName(entry.iface);
  const { metric, refCnt, mtu, window, irtt, tos, hhRef, hhUptod } = entry;
  const use = right(int(entry.use), 7);
  if (columns === "sizes") {
    return `${line} ${right(mtu, 5)} ${String(window).padEnd(5)} ${right(irtt, 6)} ${iface}\n`;
  }
  if (columns === "metric") {
    return `${line} ${String(metric).padEnd(6)} ${String(refCnt).padEnd(2)} ${use} ${iface}\n`;
  }
  const numbers = `${String(metric).padEnd(6)} ${String(refCnt).padEnd(3)} ${right(int(entry.use), 6)}`;
  const sizes = `${String(mtu).padEnd(5)} ${String(window).padEnd(6)} ${String(irtt).padEnd(5)}`;
  const rest = `${tos.toString(16).toUpperCase().padEnd(3)} ${String(hhRef).padEnd(3)}   ${String(hhUptod).padEnd(3)}`;
  return `${line} ${numbers} ${left(cut(iface, 6), 6)}   ${sizes} ${rest} ${specDst!.padStart(15)}\n`;
}

function lettersOf(flags: number): string {
  const start = (flags & RouteFlags.REJECT) === 0 ? ((flags & RouteFlags.GATEWAY) === 0 ? "" : "G") : "!";
  return start + flagLetters(flags, LETTERS);
}

function nameOf(address: string, names: Names): string {
  const name = names.host(address);
  return name === undefined ? address : foreign(name);
}
