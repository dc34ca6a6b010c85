import { read, type SoftnetStat } from "procnet";
import { softnetStat } from "procnet/tables";
import { counter, type Family, gauge, type Metric } from "../metrics/family.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

type Column =
  | "processed"
  | "dropped"
  | "timeSqueeze"
  | "cpuCollision"
  | "receivedRps"
  | "flowLimitCount"
  | "backlogLength";

const METRICS: readonly (readonly [column: Column, metric: Metric])[] = [
  ["processed", counter("node_softnet_processed_total", "Packets that the CPU processed.", "cpu")],
  ["dropped", counter("node_softnet_dropped_total", "Packets dropped as the queue of the CPU was full.", "cpu")],
  [
    "timeSqueeze",
    counter(
      "node_softnet_times_squeezed_total",
      "Times the CPU broke off with packets left, for want of budget or time.",
      "cpu",
    ),
  ],
  [
    "cpuCollision",
    counter("node_softnet_cpu_collision_total", "Collisions over the lock of a device while sending.", "cpu"),
  ],
  [
    "receivedRps",
    counter("node_softnet_received_rps_total", "Times another CPU woke this one to process packets.", "cpu"),
  ],
  ["flowLimitCount", counter("node_softnet_flow_limit_count_total", "Packets dropped by the limit of flows.", "cpu")],
  ["backlogLength", gauge("node_softnet_backlog_len", "Packets that wait for the CPU.", "cpu")],
];

function* collect(source: Source): Generator<Family> {
  const of = netOf(source);
  // Before Linux 5.7 a row does not tell its CPU: node_exporter counts rows then, and so do we.
  const rows = read(softnetStat, { of }).map((row, place) => ({ row, cpu: String(row.cpu ?? place) }));
  for (const [column, metric] of METRICS) yield { metric, values: valuesOf(rows, column) };
}

function valuesOf(rows: readonly { row: SoftnetStat; cpu: string }[], column: Column): Family["values"] {
  return rows.flatMap(({ row, cpu }) => {
    const value = row[column];
    return value === undefined ? [] : [{ labels: { cpu }, value }];
  });
}

/** Work on packets by CPU, of the whole machine: `/proc/net/softnet_stat`. */
export const softnet: Collector = {
  name: "softnet",
  isDefault: true,
  metrics: METRICS.map(([, metric]) => metric),
  collect,
};
