import { ipv6Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { prefixLength6 } from "../devices/if-inet6.ts";

/*
 * /proc/net/ipv6_route: ipv6_route_seq_show (net/ipv6/ip6_fib.c). No header; every number is hexadecimal, addresses are in
 * network order on every machine.
 *
 *   20010db8000200000000000000000000 30 00000000000000000000000000000000 00 20010db8000000000000000000000001 00000005 00000002 00000000 00000003       e0
 *
 * All tables of the namespace, without their numbers, each with its null entry (::/0, metric ffffffff, on lo).
 */

/** A row of `/proc/net/ipv6_route`: a route, or one next hop of a multipath route. */
export interface Ipv6Route {
  /** Network address, RFC 5952 text. */
  readonly destination: string;
  /** Length of its prefix, bits. */
  readonly destinationPrefixLength: number;
  /** Network that packets must come from; `::` with length 0 for any. Only with CONFIG_IPV6_SUBTREES. */
  readonly source: string;
  /** Length of its prefix, bits. */
  readonly sourcePrefixLength: number;
  /** Address of the gateway; `::` when there is none. */
  readonly nextHop: string;
  /** Priority, the lowest wins; 0xffffffff in the null entry of a table. */
  readonly metric: number;
  /** References to the kernel's structure. */
  readonly refCnt: number;
  /** Always 0 since about Linux 4.15. */
  readonly use: number;
  /** Bits of `RouteFlags`, and the router's preference: see `routerPreference`. A blackhole is `REJECT` and `NONEXTHOP`. */
  readonly flags: number;
  /** Interface; absent when the route has none. */
  readonly iface: string | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/ipv6_route`, table by table. */
export type Ipv6RouteRows = Ipv6Route[];

/**
 * Routes of IPv6: rows of `/proc/net/ipv6_route`, table by table.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipv6Route } from "procnet/tables";
 * for (const row of each(ipv6Route)) console.log(row);
 * ```
 */
export const ipv6Route: RowTable<"ipv6_route", Ipv6Route> = table(
  { name: "ipv6_route", needs: "CONFIG_IPV6, module ipv6" },
  lineForm([], ipv6RouteRow),
);

/**
 * Parses the text of `/proc/net/ipv6_route`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { RouteFlags } from "procnet";
 * import { parseIpv6Route } from "procnet/parse";
 * const toOthers = parseIpv6Route(bytes).filter((route) => (route.flags & RouteFlags.GATEWAY) !== 0);
 * ```
 */
export function parseIpv6Route(text: Uint8Array, options: ParseOptions = {}): Ipv6RouteRows {
  return parseRows(ipv6Route, text, options);
}

function ipv6RouteRow(line: Line): Ipv6Route {
  return {
    destination: ipv6Column(line, "destination"),
    destinationPrefixLength: prefixLength6(line, "destination prefix length"),
    source: ipv6Column(line, "source"),
    sourcePrefixLength: prefixLength6(line, "source prefix length"),
    nextHop: ipv6Column(line, "next hop"),
    metric: line.hex32("metric"),
    refCnt: line.hex32("reference count"),
    use: line.hex32("use"),
    flags: line.hex32("flags"),
    iface: line.more() ? line.word("device") : undefined,
    ...line.extra(),
  };
}
