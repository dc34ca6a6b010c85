import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { inetAddress4 } from "../sockets/inet/inet-row.ts";

/*
 * /proc/net/rt_cache: rt_cache_seq_show (net/ipv4/route.c). Tabs between the columns, blanks up to 127 characters. Since
 * Linux 3.6 there is no route cache, and no more than the header:
 *
 *   Iface	Destination	Gateway 	Flags		RefCnt	Use	Metric	Source		MTU	Window	IRTT	TOS	HHRef	HHUptod	SpecDst
 *   eth0	0200000A	0100000A	       0	1	17	0	0300000A	1500	0	0	00	3	1	0300000A
 */

/** A row of `/proc/net/rt_cache`: a destination that a kernel before 3.6 remembered. */
export interface RtCache {
  /** Interface; `*` when there is none. */
  readonly iface: string;
  /** Dotted address. */
  readonly destination: string;
  /** Dotted address of the gateway, or of the destination when it is reached directly. */
  readonly gateway: string;
  /** Bits of `RouteCacheFlags`. */
  readonly flags: number;
  /** References to the entry. */
  readonly refCnt: number;
  /** How often the entry was used. */
  readonly use: number;
  /** Always 0. */
  readonly metric: number;
  /** Dotted address that packets come from. */
  readonly source: string;
  /** Not the MTU: the advertised MSS plus 40 bytes. */
  readonly mtu: number;
  /** TCP window, bytes; 0 when unset. */
  readonly window: number;
  /** Round-trip time with its variation, milliseconds. */
  readonly irtt: number;
  /** Type of service that the entry is for. */
  readonly tos: number;
  /** References to the hardware header; -1 when there is none. */
  readonly hhRef: number;
  /** Whether the hardware header is resolved: 1, else 0. */
  readonly hhUptod: number;
  /** Dotted address that this machine takes as its own on such packets (RFC 1122, specific destination). */
  readonly specDst: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/rt_cache`; none since Linux 3.6. */
export type RtCacheRows = RtCache[];

/**
 * Rows of `/proc/net/rt_cache`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rtCache } from "procnet/tables";
 * read(rtCache).length; // 0 since Linux 3.6
 * ```
 */
export const rtCache: RowTable<"rt_cache", RtCache> = table(
  { name: "rt_cache", needs: "CONFIG_INET" },
  lineForm(["Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource"], rtCacheRow, {
    tabs: true,
  }),
);

/**
 * Parses the text of `/proc/net/rt_cache`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRtCache } from "procnet/parse";
 * parseRtCache(bytes).length; // 0 since Linux 3.6
 * ```
 */
export function parseRtCache(text: Uint8Array, options: ParseOptions = {}): RtCacheRows {
  return parseRows(rtCache, text, options);
}

function rtCacheRow(line: Line, options: ParseOptions): RtCache {
  const byteOrder = options.byteOrder ?? HOST_BYTE_ORDER;
  return {
    iface: line.word("Iface"),
    destination: inetAddress4(line.hex32("Destination"), byteOrder),
    gateway: inetAddress4(line.hex32("Gateway"), byteOrder),
    flags: line.hex32("Flags"),
    refCnt: line.decimal("RefCnt"),
    use: line.decimal("Use"),
    metric: line.signed("Metric"),
    source: inetAddress4(line.hex32("Source"), byteOrder),
    mtu: line.decimal("MTU"),
    window: line.decimal("Window"),
    irtt: line.decimal("IRTT"),
    tos: line.hex("TOS"),
    hhRef: line.signed("HHRef"),
    hhUptod: line.decimal("HHUptod"),
    specDst: inetAddress4(line.hex32("SpecDst"), byteOrder),
    ...line.extra(),
  };
}
