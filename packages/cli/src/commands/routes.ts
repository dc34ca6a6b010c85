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
import type { ROUTES } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, output, type TableOptions, unlessMissing } from "./context.ts";
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, procfsOf } from "./where.ts";

type RoutesOptions = OptionsOf<typeof ROUTES.options> & AnywhereOptions & TableOptions;

/** A route of either family. */
export interface Route {
  readonly family: "IPv4" | "IPv6";
  /** `default`, or network and length of its prefix. */
  readonly destination: string;
  /** Network that packets must come from; absent where any may. */
  readonly source?: string;
  readonly gateway: string | undefined;
  readonly iface: string | undefined;
  readonly metric: number;
  readonly flags: readonly string[];
  /** What a router says of itself (RFC 4191); absent for the usual. */
  readonly preference?: string;
}

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
];

/** `procnet routes` */
export function routesCommand(options: RoutesOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  return output(() => report(procfs, options), options, io, "routes");
}

function report(procfs: BaseProcFs, options: RoutesOptions): Report {
  const issues = new Issues();
  const { rows, notes } = readEach(options, procfs, (of) => routesOf(of, options, issues));
  const columns = columnsIn(ROUTE_COLUMNS, options);
  return rowsReport({ kind: "routes" }, columns, rows, options, { notes: [...issues.notes, ...notes] });
}

function routesOf(of: Located, options: RoutesOptions, issues: Issues): Route[] {
  const both = options.ipv4 === options.ipv6;
  const all = [ipv4Routes(of, issues), ipv6Routes(of, issues)];
  const chosen = options.default ? all.map(waysOut) : all;
  return chosen.flat().filter(({ family }) => both || (family === "IPv4") === (options.ipv4 === true));
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
