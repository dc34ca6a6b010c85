import {
  type BaseProcFs,
  flagNames,
  type Ipv6Route,
  type Located,
  ROUTER_PREFERENCE_MASK,
  type RouteEntry,
  RouteFlags,
  read,
  routerPreference,
} from "procnet";
import { ipv6Route, route } from "procnet/tables";
import { CommandFailure } from "../errors.ts";
import type { ROUTES } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import { columnsBySource, type KernelColumns, namedColumns } from "../source/columns.ts";
import { type AskedNetwork, networkFor } from "../source/network.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, output, type TableOptions, unlessMissing } from "./context.ts";
import { kernelRoutes, tableNumber } from "./network/kernel-routes.ts";
import type { Route } from "./network/shown.ts";
import { columnsIn, readEachInTurn } from "./places.ts";
import { type AnywhereOptions, procfsOf, type SourceOptions } from "./where.ts";

type RoutesOptions = OptionsOf<typeof ROUTES.options> & AnywhereOptions & SourceOptions & TableOptions;

/** The end of a network: another length is another network. */
const PREFIX = /\/\d+$/;

export const ROUTE_COLUMNS: readonly Column<Route>[] = [
  {
    key: "destination",
    title: "DESTINATION",
    value: ({ destination }) => destination,
    style: defaultStyle,
    enough: 30,
    keep: PREFIX,
    inParts: true,
  },
  { key: "source", title: "FROM", value: ({ source }) => source, ifAny: true, enough: 24, keep: PREFIX, inParts: true },
  {
    key: "gateway",
    title: "GATEWAY",
    value: ({ gateway }) => gateway ?? "-",
    raw: ({ gateway }) => gateway,
    enough: 24,
    drop: 3,
    inParts: true,
  },
  { key: "iface", title: "IFACE", value: ({ iface }) => iface ?? "-", raw: ({ iface }) => iface },
  { key: "metric", title: "METRIC", align: "right", value: ({ metric }) => metric, drop: 2 },
  { key: "flags", title: "FLAGS", value: ({ flags }) => flags.join(","), drop: 1 },
  { key: "preference", title: "PREF", value: ({ preference }) => preference, ifAny: true, drop: 1 },
  { key: "table", title: "TABLE", value: ({ table }) => table, ifAny: true },
  { key: "type", title: "TYPE", value: ({ type }) => type, ifAny: true, drop: 5 },
  { key: "protocol", title: "PROTO", value: ({ protocol }) => protocol, ifAny: true, drop: 4 },
  { key: "scope", title: "SCOPE", value: ({ scope }) => scope, extra: true },
  { key: "src", title: "SRC", value: ({ preferredSource }) => preferredSource, ifAny: true, drop: 3, inParts: true },
  { key: "weight", title: "WEIGHT", align: "right", value: ({ weight }) => weight, ifAny: true, drop: 2 },
  { key: "expires", title: "EXPIRES", align: "right", value: ({ expires }) => expires, extra: true },
  { key: "mtu", title: "MTU", align: "right", value: ({ mtu }) => mtu, extra: true },
  { key: "encap", title: "ENCAP", value: ({ encapsulation }) => encapsulation, ifAny: true, drop: 2 },
];

/** Columns that procfs has nothing for. */
const KERNEL_COLUMNS: KernelColumns = new Set([
  ...["table", "type", "protocol", "scope", "src", "weight", "expires", "mtu", "encap"],
]);

/** `procnet routes` */
export async function routesCommand(options: RoutesOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  const table = options.table === undefined ? undefined : tableNumber(options.table);
  const asked = { source: options.source, root: options.root ?? io.root, wanted: wantedOf(options) };
  const network = await networkFor(asked, "routes");
  if (table !== undefined && network.kernel === undefined)
    throw new CommandFailure(network.notes[0] ?? "--table: procfs does not tell tables", EXIT.failure);
  return output(() => report(procfs, network, table, options), options, io, "routes");
}

/** What is asked for and procfs does not tell. */
function wantedOf(options: RoutesOptions): string[] {
  const named = namedColumns(KERNEL_COLUMNS, options);
  return options.table === undefined ? named : ["routes by their table", ...named];
}

async function report(
  procfs: BaseProcFs,
  network: AskedNetwork,
  table: number | "all" | undefined,
  options: RoutesOptions,
): Promise<Report> {
  const issues = new Issues();
  const { rows, notes } = await readEachInTurn(options, procfs, async (of) => {
    const told = await network.ask(of, (ask) => kernelRoutes(ask, table));
    return chosen(told === undefined ? [ipv4Routes(of, issues), ipv6Routes(of, issues)] : byFamily(told), options);
  });
  const own = columnsBySource(ROUTE_COLUMNS, KERNEL_COLUMNS, network.kernel !== undefined, options);
  const columns = columnsIn(own, options);
  return rowsReport({ kind: "routes" }, columns, rows, options, {
    notes: [...network.notes, ...issues.notes, ...notes],
  });
}

function byFamily(routes: readonly Route[]): Route[][] {
  return (["IPv4", "IPv6"] as const).map((family) => routes.filter((route) => route.family === family));
}

function chosen(all: readonly Route[][], options: RoutesOptions): Route[] {
  const both = options.ipv4 === options.ipv6;
  const routes = options.default ? all.map(waysOut) : all;
  return routes.flat().filter(({ family }) => both || (family === "IPv4") === (options.ipv4 === true));
}

/** Routes of a family to everywhere that can be used, as `defaultRoutes()` chooses them, the one that is taken first. */
function waysOut(routes: readonly Route[]): Route[] {
  return routes
    .filter(
      ({ destination, source, iface }) => destination === "default" && source === undefined && iface !== undefined,
    )
    .filter(({ flags }) => flags.includes("UP") && !flags.includes("REJECT"))
    .sort((a, b) => a.metric - b.metric);
}

function ipv4Routes(of: Located, issues: Issues): Route[] {
  return read(route, { of, onIssue: issues.take }).map((row: RouteEntry) => {
    const length = prefixLength(row.mask);
    return {
      family: "IPv4",
      destination: length === 0 && row.destination === "0.0.0.0" ? "default" : `${row.destination}/${length}`,
      gateway: row.gateway === "0.0.0.0" ? undefined : row.gateway,
      iface: row.iface === "*" ? undefined : row.iface,
      metric: row.metric,
      flags: flagNames(RouteFlags, row.flags),
    };
  });
}

function ipv6Routes(of: Located, issues: Issues): Route[] {
  const rows = unlessMissing(() => read(ipv6Route, { of, onIssue: issues.take })) ?? [];
  return rows.map((row: Ipv6Route) => {
    const isDefault = row.destination === "::" && row.destinationPrefixLength === 0;
    return {
      family: "IPv6",
      destination: isDefault ? "default" : `${row.destination}/${row.destinationPrefixLength}`,
      ...(row.sourcePrefixLength > 0 && { source: `${row.source}/${row.sourcePrefixLength}` }),
      gateway: row.nextHop === "::" ? undefined : row.nextHop,
      iface: row.iface,
      metric: row.metric,
      flags: flagNames(RouteFlags, row.flags & ~ROUTER_PREFERENCE_MASK),
      ...((row.flags & ROUTER_PREFERENCE_MASK) !== 0 && { preference: routerPreference(row.flags) }),
    };
  });
}

function prefixLength(mask: string): number {
  const bits = mask.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
  return bits.join("").lastIndexOf("1") + 1;
}

function defaultStyle({ destination }: Route): "bold" | undefined {
  return destination === "default" ? "bold" : undefined;
}
