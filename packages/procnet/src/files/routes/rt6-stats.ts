import { readSingle } from "../../form/block.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/rt6_stats: rt6_stats_seq_show (net/ipv6/route.c). One line of seven hexadecimal numbers:
 *
 *   0024 0013 0027 001a 0000 0000 0000
 */

/** Sizes of the IPv6 routing tables: `/proc/net/rt6_stats`. */
export interface Rt6Stats {
  /** Nodes of the trees. */
  readonly fibNodes: number;
  /** Nodes that hold routes. */
  readonly fibRouteNodes: number;
  /** Routes allocated, those not in a tree included. */
  readonly fibRtAlloc: number;
  /** Routes in the trees. */
  readonly fibRtEntries: number;
  /** Cached routes to single destinations. */
  readonly fibRtCache: number;
  /** Destination entries in use. */
  readonly dstEntries: number;
  /** Routes taken out of a tree that something still holds. */
  readonly fibDiscardedRoutes: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * Sizes of the IPv6 routing tables: `/proc/net/rt6_stats`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rt6Stats } from "procnet/tables";
 * read(rt6Stats)?.fibRtEntries;
 * ```
 */
export const rt6Stats: TextTable<"rt6_stats", Rt6Stats | undefined> = table(
  { name: "rt6_stats", needs: "CONFIG_IPV6, module ipv6" },
  {
    parse: (text, options) => readSingle(text, options, rt6StatsLine),
  },
);

/**
 * Parses the text of `/proc/net/rt6_stats`; an empty text is `undefined`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` when the line is no such line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRt6Stats } from "procnet/parse";
 * parseRt6Stats(bytes)?.fibRtEntries;
 * ```
 */
export function parseRt6Stats(text: Uint8Array, options: ParseOptions = {}): Rt6Stats | undefined {
  return rt6Stats.parse(text, options);
}

function rt6StatsLine(line: Line): Rt6Stats {
  return {
    fibNodes: line.hex("fib nodes"),
    fibRouteNodes: line.hex("route nodes"),
    fibRtAlloc: line.hex("rt alloc"),
    fibRtEntries: line.hex("rt entries"),
    fibRtCache: line.hex("rt cache"),
    dstEntries: line.hex("dst entries"),
    fibDiscardedRoutes: line.hex("discarded routes"),
    ...line.extra(),
  };
}
