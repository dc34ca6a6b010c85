import { type Names, NUMERIC } from "../names/names.ts";
import type { Flags } from "./flags.ts";
import type { Page } from "./page.ts";
import type { Columns, RoutesView } from "./routes-view.ts";
import { printTable4 } from "./routes4.ts";
import { printTable6 } from "./routes6.ts";
import { sourceOf } from "./source.ts";

/*
 * Tables of routes, a family after the other in the order of the command line.
 */

/** The outcomes of net-tools: a table that is not there, and a family that has no routes at all. */
const MISSING = 1;
const NO_ROUTING = 3;

/** Prints the tables that were asked for and gives the exit code. */
export async function printRoutes(flags: Flags, names: Names, root: string | undefined, page: Page): Promise<number> {
  const { on, families, gone, numericHosts } = flags;
  const view: RoutesView = {
    source: sourceOf(root),
    // To net-tools `--symbolic` means that names of hosts are not wanted.
    names: numericHosts || on.has("N") ? NUMERIC : names,
    columns: columnsOf(flags.extended),
  };
  const shown = families.length > 0 || gone.length > 0 ? families : (["inet"] as const);
  for (const family of shown) {
    if (family === "unix") {
      page.warn("No routing for address family `unix'.");
      return NO_ROUTING;
    }
    const code = family === "inet" ? await printFamily4(flags, view, page) : await printFamily6(flags, view, page);
    if (code !== 0 || !page.open) return code;
  }
  for (const family of gone) page.warn(`netstat: no support for \`AF ${family}' on this system.`);
  return gone.length > 0 ? MISSING : 0;
}

/** net-tools counts `-e` in two bits, from one, with one and two changing places. */
function columnsOf(extended: number): Columns {
  if (extended === 0) return "sizes";
  if (extended === 1) return "metric";
  return (["none", "metric", "sizes", "all"] as const)[(extended + 1) & 3]!;
}

async function printFamily4({ on }: Flags, view: RoutesView, page: Page): Promise<number> {
  const cache = on.has("C");
  const code = on.has("F") || !cache ? await printTable4(view, page) : 0;
  return code === 0 && cache ? (await import("./routes-cache.ts")).printCache4(view, page) : code;
}

async function printFamily6({ on }: Flags, view: RoutesView, page: Page): Promise<number> {
  const cache = on.has("C");
  const code = on.has("F") || !cache ? await printTable6(view, false, page) : 0;
  return code === 0 && cache ? printTable6(view, true, page) : code;
}
