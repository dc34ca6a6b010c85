import { parseRows, type RowForm } from "../../form/forms.ts";
import type { UnknownColumns } from "../../form/header-form.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { paddedHexCounter } from "../../form/padded-hex.ts";
import { statForm } from "../../form/stat-form.ts";
import { counterTable, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/stat/arp_cache, ndisc_cache and clip_arp_cache: neigh_stat_seq_show (net/core/neighbour.c). Hexadecimal.
 *
 *   entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast ... table_fulls
 *   00000002 00000006 0000000b 00000000   0000000d 00000002 00000000   00000000         ... 00000000
 */

/**
 * What one CPU did for a table of neighbours, machine words that count since boot: a row of `/proc/net/stat/arp_cache`
 * (IPv4), `ndisc_cache` (IPv6) or `clip_arp_cache` (IP over ATM). The whole machine's, in the initial namespace only.
 */
export interface StatArpCache<Value extends Counter = number> extends UnknownColumns {
  /** Neighbours now in the table, of all CPUs: the same in every row. */
  readonly entries: Value;
  /** Neighbours added. */
  readonly allocs: Value;
  /** Neighbours freed. */
  readonly destroys: Value;
  /** Times the hash table grew. */
  readonly hashGrows: Value;
  /** Times a neighbour was looked for. */
  readonly lookups: Value;
  /** Lookups that found a neighbour. */
  readonly hits: Value;
  /** Neighbours that did not answer. */
  readonly resFailed: Value;
  /** Requests received by multicast or broadcast. */
  readonly rcvProbesMcast: Value;
  /** Requests received by unicast. */
  readonly rcvProbesUcast: Value;
  /** Runs of the regular collection of unused neighbours. */
  readonly periodicGcRuns: Value;
  /** Collections forced because the table was nearly full. */
  readonly forcedGcRuns: Value;
  /** Packets dropped because too many waited for the same neighbour. Absent on kernels of the first 2.6 years. */
  readonly unresolvedDiscards: Value | undefined;
  /** Neighbours refused because the table was full (`gc_thresh3`). Absent on kernels before 3.19. */
  readonly tableFulls: Value | undefined;
}

/** Rows of `/proc/net/stat/arp_cache` and its siblings, one for each possible CPU in their order. */
export type StatArpCaches<Value extends Counter = number> = StatArpCache<Value>[];

const statArpCacheForm: RowForm<StatArpCache<Counter>> = statForm({
  header: "entries",
  always: [
    "entries",
    "allocs",
    "destroys",
    "hash_grows",
    "lookups",
    "hits",
    "res_failed",
    "rcv_probes_mcast",
    "rcv_probes_ucast",
    "periodic_gc_runs",
    "forced_gc_runs",
  ],
  sometimes: ["unresolved_discards", "table_fulls"],
  read: (cells, column, options): Counter => paddedHexCounter(cells.at(column), column, options.bigint === true),
});

/**
 * What each CPU did for the table of IPv4 neighbours, counted since boot: rows of `/proc/net/stat/arp_cache`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statArpCache } from "procnet/tables";
 * const overflowed = read(statArpCache).some((cpu) => (cpu.tableFulls ?? 0) > 0);
 * ```
 */
export const statArpCache: RowTable<"stat/arp_cache", StatArpCache, StatArpCache<bigint>> = counterTable(
  { name: "stat/arp_cache", needs: "CONFIG_INET", scope: "initial" },
  statArpCacheForm,
);

/**
 * What each CPU did for the neighbours of IP over ATM, counted since boot: rows of `/proc/net/stat/clip_arp_cache`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { statClipArpCache } from "procnet/tables";
 * for (const row of each(statClipArpCache)) console.log(row);
 * ```
 */
export const statClipArpCache: RowTable<"stat/clip_arp_cache", StatArpCache, StatArpCache<bigint>> = counterTable(
  { name: "stat/clip_arp_cache", needs: "CONFIG_ATM_CLIP, module clip", until: "7.1", scope: "initial" },
  statArpCacheForm,
);

/**
 * What each CPU did for the table of IPv6 neighbours, counted since boot: rows of `/proc/net/stat/ndisc_cache`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { statNdiscCache } from "procnet/tables";
 * for (const row of each(statNdiscCache)) console.log(row);
 * ```
 */
export const statNdiscCache: RowTable<"stat/ndisc_cache", StatArpCache, StatArpCache<bigint>> = counterTable(
  { name: "stat/ndisc_cache", needs: "CONFIG_IPV6, module ipv6", scope: "initial" },
  statArpCacheForm,
);

/**
 * Parses the text of `/proc/net/stat/arp_cache`, `ndisc_cache` or `clip_arp_cache`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseStatArpCache } from "procnet/parse";
 * const overflowed = parseStatArpCache(bytes).some((cpu) => (cpu.tableFulls ?? 0) > 0);
 * ```
 */
export function parseStatArpCache<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): StatArpCaches<CounterOf<Exact>>;
export function parseStatArpCache(text: Uint8Array, options: ParseOptions = {}): StatArpCaches<Counter> {
  return parseRows(statArpCacheForm, text, options);
}
