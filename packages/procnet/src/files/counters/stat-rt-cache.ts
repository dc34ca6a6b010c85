import { parseRows } from "../../form/forms.ts";
import type { UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { paddedHex } from "../../form/padded-hex.ts";
import { statForm } from "../../form/stat-form.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/stat/rt_cache: rt_cpu_seq_show (net/ipv4/route.c). Hexadecimal. Up to 3.x the lines end in a blank.
 *
 *   entries  in_hit   in_slow_tot in_slow_mc in_no_route in_brd   in_martian_dst in_martian_src out_hit ...
 *   00000005 00000000 00000005    00000000   00000000    00000000 00000000       00000000       00000000 ...
 */

/**
 * What one CPU did to route IPv4 packets, in all namespaces of the machine: a row of `/proc/net/stat/rt_cache`.
 * Counters wrap at 2^32. The cache of routes is gone since Linux 3.6; what counts its work is always 0 from then on.
 */
export interface StatRtCache extends UnknownColumns {
  /** Route entries now in use, of all CPUs: the same in every row. */
  readonly entries: number;
  /** Packets received whose route was in the cache. */
  readonly inHit: number;
  /** Packets received whose route was looked up. */
  readonly inSlowTot: number;
  /** Multicast packets received whose route was looked up. */
  readonly inSlowMc: number;
  /** Packets received that no route fits. */
  readonly inNoRoute: number;
  /** Broadcast packets received. */
  readonly inBrd: number;
  /** Packets received for an impossible address. */
  readonly inMartianDst: number;
  /** Packets received from an impossible address, by `rp_filter` for one. */
  readonly inMartianSrc: number;
  /** Packets sent whose route was in the cache. */
  readonly outHit: number;
  /** Packets sent whose route was looked up. */
  readonly outSlowTot: number;
  /** Multicast packets sent whose route was looked up. */
  readonly outSlowMc: number;
  /** Calls of the cache's garbage collection. */
  readonly gcTotal: number | undefined;
  /** Calls that did nothing, as the last one was short ago. */
  readonly gcIgnored: number | undefined;
  /** Calls that freed less than they were to. */
  readonly gcGoalMiss: number | undefined;
  /** Calls after which the cache was still full. */
  readonly gcDstOverflow: number | undefined;
  /** Steps along the cache's hash chains for packets received. */
  readonly inHlistSearch: number | undefined;
  /** Steps along the cache's hash chains for packets sent. */
  readonly outHlistSearch: number | undefined;
}

/** Rows of `/proc/net/stat/rt_cache`, one for each possible CPU in their order. */
export type StatRtCaches = StatRtCache[];

/**
 * Rows of `/proc/net/stat/rt_cache`, one for each possible CPU in their order.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statRtCache } from "procnet/tables";
 * const martians = read(statRtCache).reduce((sum, cpu) => sum + cpu.inMartianSrc, 0);
 * ```
 */
export const statRtCache: RowTable<"stat/rt_cache", StatRtCache> = table(
  { name: "stat/rt_cache", needs: "CONFIG_INET", scope: "machine" },
  statForm({
    header: "entries",
    always: [
      "entries",
      "in_hit",
      "in_slow_tot",
      "in_slow_mc",
      "in_no_route",
      "in_brd",
      "in_martian_dst",
      "in_martian_src",
      "out_hit",
      "out_slow_tot",
      "out_slow_mc",
    ],
    sometimes: ["gc_total", "gc_ignored", "gc_goal_miss", "gc_dst_overflow", "in_hlist_search", "out_hlist_search"],
    read: (cells, column): number => paddedHex(cells.at(column), column),
  }),
);

/**
 * Parses the text of `/proc/net/stat/rt_cache`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseStatRtCache } from "procnet/parse";
 * const martians = parseStatRtCache(bytes).reduce((sum, cpu) => sum + cpu.inMartianSrc, 0);
 * ```
 */
export function parseStatRtCache(text: Uint8Array, options: ParseOptions = {}): StatRtCaches {
  return parseRows(statRtCache, text, options);
}
