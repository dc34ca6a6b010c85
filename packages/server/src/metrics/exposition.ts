import { Registry } from "prom-client";
import type { Family } from "./family.ts";

/** What the text is: https://prometheus.io/docs/instrumenting/exposition_formats/. OpenMetrics would change names of node_exporter. */
export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The text of families, in the order of their names. Nothing is kept: what is gone from the machine is gone from the next text. */
export async function expositionOf(families: readonly Family[]): Promise<string> {
  const registry = new Registry();
  const known = families.filter(({ values }) => values.length > 0);
  const ordered = [...known].sort((a, b) => (a.metric.name < b.metric.name ? -1 : 1));
  for (const family of ordered) registry.registerMetric(written(family));
  return registry.metrics();
}

type Registered = Parameters<Registry["registerMetric"]>[0];

/** A metric of prom-client that has values and no memory: its counters could not be set to what the kernel counts. */
function written({ metric, values: given }: Family): Registered {
  const { name, type, help, labels } = metric;
  const values = given.map(({ labels: those, value }) => {
    return { labels: Object.fromEntries(labels.map((label) => [label, those[label] ?? ""])), value };
  });
  const entry = { name, help, type, values, aggregator: "sum", get: () => entry };
  return entry as unknown as Registered;
}
