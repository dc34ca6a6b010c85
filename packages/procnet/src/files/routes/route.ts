import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { inetAddress4 } from "../sockets/inet/inet-row.ts";

/*
 * /proc/net/route: fib_route_seq_show (net/ipv4/fib_trie.c). Tabs between the columns, blanks up to 127 characters.
 *
 *   Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
 *   eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
 *
 * Only the main table, without local, broadcast and multicast routes, further next hops, TOS and type.
 */

/** A row of `/proc/net/route`. */
export interface RouteEntry {
  /** Interface of the first next hop; `*` when there is none (blackhole, unreachable, ...), which is also a legal name. */
  readonly iface: string;
  /** Dotted network address. */
  readonly destination: string;
  /** Dotted address of the gateway; `0.0.0.0` when there is none or it is an IPv6 address (`GATEWAY` is set then). */
  readonly gateway: string;
  /** Bits of `RouteFlags`. */
  readonly flags: number;
  /** Always 0 on current kernels. */
  readonly refCnt: number;
  /** Always 0 on current kernels. */
  readonly use: number;
  /** Priority, unsigned 32 bits: the lowest wins. Kernels up to 6.12 print those from 2^31 on as negative numbers. */
  readonly metric: number;
  /** Dotted network mask. */
  readonly mask: string;
  /** Not the MTU: the advertised MSS plus 40 bytes where one was set, else 0. */
  readonly mtu: number;
  /** TCP window, bytes; 0 when unset. */
  readonly window: number;
  /** Initial round-trip time, milliseconds; 0 when unset. */
  readonly irtt: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/route`, ordered by destination. */
export type RouteEntries = RouteEntry[];

/**
 * Routes of IPv4: rows of `/proc/net/route`, ordered by destination.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { route } from "procnet/tables";
 * const gateways = read(route).filter((route) => route.mask === "0.0.0.0").map((route) => route.gateway);
 * ```
 */
export const route: RowTable<"route", RouteEntry> = table(
  { name: "route", needs: "CONFIG_INET" },
  lineForm(["Iface\tDestination"], routeRow, { tabs: true }),
);

/**
 * Parses the text of `/proc/net/route`. A namespace without a main table gives an empty text, and so no rows.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRoute } from "procnet/parse";
 * const gateways = parseRoute(bytes).filter((route) => route.mask === "0.0.0.0").map((route) => route.gateway);
 * ```
 */
export function parseRoute(text: Uint8Array, options: ParseOptions = {}): RouteEntries {
  return parseRows(route, text, options);
}

function routeRow(line: Line, options: ParseOptions): RouteEntry {
  const byteOrder = options.byteOrder ?? HOST_BYTE_ORDER;
  return {
    iface: line.word("Iface"),
    destination: inetAddress4(line.hex32("Destination"), byteOrder),
    gateway: inetAddress4(line.hex32("Gateway"), byteOrder),
    flags: line.hex("Flags"),
    refCnt: line.decimal("RefCnt"),
    use: line.decimal("Use"),
    metric: line.unsigned32("Metric"),
    mask: inetAddress4(line.hex32("Mask"), byteOrder),
    mtu: line.decimal("MTU"),
    window: line.decimal("Window"),
    irtt: line.decimal("IRTT"),
    ...line.extra(),
  };
}
