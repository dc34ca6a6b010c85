/** What a metric is to Prometheus; node_exporter gives some without saying which. */
export type MetricType = "counter" | "gauge" | "untyped";

/** A metric, before anything is read: of these the documentation is made. */
export interface Metric {
  /** Its name, with the unit and `_total` behind it as Prometheus wants them. */
  readonly name: string;
  /** What it is. */
  readonly type: MetricType;
  /** One sentence for people. */
  readonly help: string;
  /** Names of its labels. */
  readonly labels: readonly string[];
}

/** One value of a metric. */
export interface Value {
  /** Its labels, each of those of the metric. */
  readonly labels: Readonly<Record<string, string>>;
  /** The number. */
  readonly value: number;
}

/** A metric with its values of now. */
export interface Family {
  /** What it is. */
  readonly metric: Metric;
  /** Its values. Without one, the metric is left out. */
  readonly values: readonly Value[];
}

/** A family of values without labels, or of none where the number is not known. */
export function single(metric: Metric, value: number | undefined): Family {
  return { metric, values: value === undefined ? [] : [{ labels: {}, value }] };
}

/** A gauge with these labels. */
export function gauge(name: string, help: string, ...labels: readonly string[]): Metric {
  return { name, type: "gauge", help, labels };
}

/** A counter with these labels. */
export function counter(name: string, help: string, ...labels: readonly string[]): Metric {
  return { name, type: "counter", help, labels };
}
