import { limits, read, type StatNfConntrack } from "procnet";
import { statNfConntrack } from "procnet/tables";
import { type Family, gauge, type Metric, single } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

const ENTRIES = gauge("node_nf_conntrack_entries", "Connections that are tracked.");
const LIMIT = gauge("node_nf_conntrack_entries_limit", "Connections that can be tracked.");

type Column = "found" | "invalid" | "ignore" | "insert" | "insertFailed" | "drop" | "earlyDrop" | "searchRestart";

/** Gauges, as node_exporter calls them: they are counters. */
const METRICS: readonly (readonly [column: Column, metric: Metric])[] = [
  ["found", gauge("node_nf_conntrack_stat_found", "Packets of a connection that is tracked.")],
  ["invalid", gauge("node_nf_conntrack_stat_invalid", "Packets that cannot be tracked.")],
  ["ignore", gauge("node_nf_conntrack_stat_ignore", "Packets that are not to be tracked.")],
  ["insert", gauge("node_nf_conntrack_stat_insert", "Connections added to the table.")],
  ["insertFailed", gauge("node_nf_conntrack_stat_insert_failed", "Connections that could not be added to the table.")],
  ["drop", gauge("node_nf_conntrack_stat_drop", "Packets dropped as their connection could not be tracked.")],
  ["earlyDrop", gauge("node_nf_conntrack_stat_early_drop", "Connections dropped to make room in the table.")],
  [
    "searchRestart",
    gauge("node_nf_conntrack_stat_search_restart", "Searches begun again as the table changed meanwhile."),
  ],
];

function* collect({ procfs, pid }: Source): Generator<Family> {
  const settings = limits({ procfs, ...(pid !== undefined && { pid }) });
  const known = [
    { metric: ENTRIES, limit: settings["net.netfilter.nf_conntrack_count"] },
    { metric: LIMIT, limit: settings["net.netfilter.nf_conntrack_max"] },
  ];
  for (const { metric, limit } of known) {
    if (limit.values === undefined) throw new Error(`${limit.file} cannot be read: ${limit.unknown}`);
    yield single(metric, limit.values[0]);
  }
  const rows = read(statNfConntrack, { of: netOf({ procfs, pid }) });
  for (const [column, metric] of METRICS) yield single(metric, sumOf(rows, column));
}

/** Of all CPUs; `undefined` where the kernel has no such column. */
function sumOf(rows: readonly StatNfConntrack[], column: Column): number | undefined {
  const values = rows.flatMap((row) => row[column] ?? []);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** Tracked connections: `nf_conntrack_count` and `nf_conntrack_max`, `/proc/net/stat/nf_conntrack`. */
export const conntrack: Collector = {
  name: "conntrack",
  isDefault: true,
  metrics: [ENTRIES, LIMIT, ...METRICS.map(([, metric]) => metric)],
  collect,
};
