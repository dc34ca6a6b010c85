import type { Family, Metric } from "../metrics/family.ts";
import { connectionCounts } from "./connections.ts";
import type { Starts } from "./starts.ts";

/*
 * A metric as JSON of OTLP: names in lowerCamelCase, numbers of 64 bits as texts, enumerations as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

/** A metric whose data points are written already, so that they can be shared out. */
export interface Written {
  /** Stands before the points. */
  readonly head: string;
  readonly points: readonly string[];
  /** Stands behind them. */
  readonly tail: string;
}

/** When what is told was found, milliseconds since 1970. */
export interface Moments {
  readonly now: number;
  /** Since when the kernel counts. */
  readonly boot: number;
  /** Since when the server does. */
  readonly server: number;
}

/** AGGREGATION_TEMPORALITY_CUMULATIVE */
const CUMULATIVE = 2;

/** All that `/metrics` says, and `system.network.connection.count`. */
export function* written(families: readonly Family[], moments: Moments, starts: Starts): Generator<Written> {
  starts.at(moments.now);
  const connections = connectionsOf(families, moments);
  if (connections.points.length > 0) yield connections;
  for (const family of families) {
    const metric = metricOf(family, moments, starts);
    if (metric.points.length > 0) yield metric;
  }
}

/** The kernel counts from boot on, so that what is there now is the sum since then. */
function connectionsOf(families: readonly Family[], { now, boot }: Moments): Written {
  const name = "system.network.connection.count";
  const points = connectionCounts(families).map(({ transport, state, count }) => {
    const attributes: [string, string][] = [["network.transport", transport]];
    if (state !== undefined) attributes.push(["network.connection.state", state]);
    return point(attributes, `"startTimeUnixNano":${nanos(boot)},"timeUnixNano":${nanos(now)},"asInt":"${count}"`);
  });
  return {
    head: `{${texts({ name, description: "The number of connections.", unit: "{connection}" })},"sum":{"dataPoints":[`,
    points,
    tail: `],"aggregationTemporality":${CUMULATIVE}}}`,
  };
}

function metricOf({ metric, values }: Family, moments: Moments, starts: Starts): Written {
  const isCounter = metric.type === "counter";
  const base = metric.name.startsWith("procnet_") ? moments.server : moments.boot;
  const points: string[] = [];
  for (const { labels, value } of values) {
    if (!Number.isFinite(value)) continue;
    const attributes = metric.labels.map((name): [string, string] => [name, labels[name] ?? ""]);
    const start = isCounter ? `"startTimeUnixNano":${nanos(starts.of(keyOf(metric, attributes), value, base))},` : "";
    // A double each time, as with the receiver of Prometheus: a series has one type.
    points.push(point(attributes, `${start}"timeUnixNano":${nanos(moments.now)},"asDouble":${value}`));
  }
  const { name, help: description } = metric;
  const unit = unitOf(name);
  const head = texts({ name, description, ...(unit !== undefined && { unit }) });
  return isCounter
    ? {
        head: `{${head},"sum":{"dataPoints":[`,
        points,
        tail: `],"aggregationTemporality":${CUMULATIVE},"isMonotonic":true}}`,
      }
    : { head: `{${head},"gauge":{"dataPoints":[`, points, tail: "]}}" };
}

const keyOf = ({ name }: Metric, attributes: readonly (readonly [string, string])[]): string =>
  [name, ...attributes.map(([, value]) => value)].join("\u0000");

/** A unit as UCUM writes it. Whoever turns names back into those of Prometheus adds it only where it is not there. */
function unitOf(name: string): string | undefined {
  const [, word] = /_(bytes|seconds|ratio)(?:_total)?$/.exec(name) ?? [];
  return word === "bytes" ? "By" : word === "seconds" ? "s" : word === "ratio" ? "1" : undefined;
}

/** Attributes as a list of OTLP. */
export function attributesText(attributes: Iterable<readonly [string, string]>): string {
  const each = [...attributes].map(
    ([key, value]) => `{"key":${JSON.stringify(key)},"value":{"stringValue":${JSON.stringify(value)}}}`,
  );
  return `[${each.join(",")}]`;
}

function point(attributes: readonly (readonly [string, string])[], rest: string): string {
  return attributes.length === 0 ? `{${rest}}` : `{"attributes":${attributesText(attributes)},${rest}}`;
}

function texts(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(fields).slice(1, -1);
}

const nanos = (milliseconds: number): string => `"${Math.floor(milliseconds)}000000"`;
