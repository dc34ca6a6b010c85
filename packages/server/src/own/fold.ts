import type { Metric, Value } from "../metrics/family.ts";

/** Adds up numbers by their labels: two that have the same are one series. */
export class Series {
  readonly metric: Metric;
  private readonly byLabels = new Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>();

  constructor(metric: Metric) {
    this.metric = metric;
  }

  add(labels: Readonly<Record<string, string>>, value: number): void {
    const key = this.metric.labels.map((name) => labels[name]).join("\u0000");
    const known = this.byLabels.get(key);
    if (known === undefined) this.byLabels.set(key, { labels, value });
    else known.value += value;
  }

  get size(): number {
    return this.byLabels.size;
  }

  get values(): readonly Value[] {
    return [...this.byLabels.values()];
  }
}
