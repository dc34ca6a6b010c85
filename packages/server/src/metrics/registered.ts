import { Gauge, type MetricObjectWithValues, type MetricValue } from "prom-client";
import type { Family, Metric } from "./family.ts";

/**
 * A metric of prom-client that has no memory: what it tells is asked for each time. Its own counters could not be set to what the
 * kernel counts, and its gauges keep series for ever.
 */
export class Registered extends Gauge {
  private readonly metric: Metric;
  private readonly values: () => Promise<Family["values"]> | Family["values"];

  constructor(metric: Metric, values: () => Promise<Family["values"]> | Family["values"]) {
    const { name, help, labels } = metric;
    super({ name, help, labelNames: labels, registers: [] });
    this.metric = metric;
    this.values = values;
  }

  override async get(): Promise<MetricObjectWithValues<MetricValue<string>>> {
    const { type, labels } = this.metric;
    const values = (await this.values()).map(({ labels: those, value }) => {
      return { labels: Object.fromEntries(labels.map((label) => [label, those[label] ?? ""])), value };
    });
    return Object.assign(await super.get(), { type, values });
  }
}
