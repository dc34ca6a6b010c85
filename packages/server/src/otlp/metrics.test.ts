import { expect, it } from "vitest";
import { understood } from "../../../../test/support/server/otlp-receiver.ts";
import { counter, type Family, gauge } from "../metrics/family.ts";
import { OWN } from "../own/definitions.ts";
import { batchesOf } from "./batches.ts";
import { written } from "./metrics.ts";
import { Starts } from "./starts.ts";

const MOMENTS = { now: 1_700_000_000_123, boot: 1_600_000_000_000, server: 1_690_000_000_000 };
const TELLER = { resource: new Map([["host.name", 'web"1\u0001']]), version: "1.2.3" };

const FAMILIES: readonly Family[] = [
  {
    metric: OWN.sockets,
    values: [
      { labels: { netns: "1", protocol: "tcp", state: "ESTABLISHED" }, value: 2 },
      { labels: { netns: "2", protocol: "tcp6", state: "ESTABLISHED" }, value: 3 },
      { labels: { netns: "1", protocol: "tcp", state: "FIN_WAIT2" }, value: 1 },
      { labels: { netns: "1", protocol: "udp", state: "CLOSE" }, value: 4 },
      { labels: { netns: "1", protocol: "unix", state: "LISTEN" }, value: 9 },
    ],
  },
  {
    metric: counter("node_network_receive_bytes_total", "Bytes received.", "device"),
    values: [{ labels: { device: "lö\u202e" }, value: 2 ** 60 }],
  },
  { metric: counter("procnet_opened_total", "Sockets.", "netns"), values: [{ labels: { netns: "own" }, value: 7 }] },
  { metric: gauge("node_scrape_collector_duration_seconds", "How long.", "collector"), values: [] },
  { metric: gauge("procnet_look_age_seconds", "How long ago."), values: [{ labels: {}, value: 0.25 }] },
  {
    metric: { name: "node_netstat_Tcp_InSegs", type: "untyped", help: "Segments.", labels: [] },
    values: [{ labels: {}, value: 5 }],
  },
  { metric: gauge("node_wrong", "What is no number."), values: [{ labels: {}, value: Number.NaN }] },
];

function texts(most?: number): string[] {
  return [...batchesOf(written(FAMILIES, MOMENTS, new Starts()), TELLER, most)].map(({ text }) => text);
}

it("is what OpenTelemetry's own messages understand, with nothing lost", () => {
  const [text = ""] = texts();
  expect(understood(text)).toEqual(JSON.parse(text));
});

it.each([
  ["a number of 64 bits that is none", /"timeUnixNano":"(\d+)"/, '"timeUnixNano":$1'],
  ["a name with underscores", "aggregationTemporality", "aggregation_temporality"],
  [
    "an enumeration by its name",
    '"aggregationTemporality":2',
    '"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE"',
  ],
])("%s would be seen", (_, right, wrong) => {
  const text = texts()[0]!.replace(right, wrong);
  expect(text).not.toBe(texts()[0]);
  expect(understood(text)).not.toEqual(JSON.parse(text));
});

it("tells of connections as the conventions say, and of metrics by their names in Prometheus", () => {
  const { resourceMetrics } = JSON.parse(texts()[0]!);
  const [{ resource, scopeMetrics }] = resourceMetrics;
  expect(resource.attributes).toEqual([{ key: "host.name", value: { stringValue: 'web"1\u0001' } }]);
  const [{ scope, metrics }] = scopeMetrics;
  expect(scope).toEqual({ name: "procnet", version: "1.2.3" });
  const [connections, sockets, bytes, opened, age, segments, ...others] = metrics;
  const times = { startTimeUnixNano: "1600000000000000000", timeUnixNano: "1700000000123000000" };
  const attributes = (...pairs: [string, string][]): object[] =>
    pairs.map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const state = (one: string): object[] => attributes(["network.transport", "tcp"], ["network.connection.state", one]);
  expect(connections).toEqual({
    name: "system.network.connection.count",
    description: "The number of connections.",
    unit: "{connection}",
    sum: {
      dataPoints: [
        { attributes: state("established"), ...times, asInt: "5" },
        { attributes: state("fin_wait_2"), ...times, asInt: "1" },
        { attributes: attributes(["network.transport", "udp"]), ...times, asInt: "4" },
      ],
      aggregationTemporality: 2,
    },
  });
  expect(sockets.gauge.dataPoints).toHaveLength(5);
  expect(bytes).toEqual({
    name: "node_network_receive_bytes_total",
    description: "Bytes received.",
    unit: "By",
    sum: {
      dataPoints: [{ attributes: attributes(["device", "lö\u202e"]), ...times, asDouble: 2 ** 60 }],
      aggregationTemporality: 2,
      isMonotonic: true,
    },
  });
  expect(opened.sum.dataPoints[0].startTimeUnixNano).toBe("1690000000000000000");
  expect(age).toEqual({
    name: "procnet_look_age_seconds",
    description: "How long ago.",
    unit: "s",
    gauge: { dataPoints: [{ timeUnixNano: times.timeUnixNano, asDouble: 0.25 }] },
  });
  expect(segments).not.toHaveProperty("sum");
  expect(others).toEqual([]);
});

it("is shared out to requests that are small enough, with each point once", () => {
  const values = Array.from({ length: 5000 }, (_, at) => ({ labels: { process: `é${at}` }, value: at }));
  const families: Family[] = [
    { metric: gauge("procnet_one", "One.", "process"), values },
    { metric: gauge("procnet_other", "Other.", "process"), values: values.slice(0, 10) },
  ];
  const most = 64 * 1024;
  const batches = [...batchesOf(written(families, MOMENTS, new Starts()), TELLER, most)];
  expect(batches.length).toBeGreaterThan(5);
  const seen = new Map<string, number[]>();
  for (const { text, points } of batches) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(understood(text)).toEqual(JSON.parse(text));
    const { metrics } = JSON.parse(text).resourceMetrics[0].scopeMetrics[0];
    let counted = 0;
    for (const { name, gauge: told } of metrics) {
      counted += told.dataPoints.length;
      seen.set(name, [...(seen.get(name) ?? []), ...told.dataPoints.map((one: { asDouble: number }) => one.asDouble)]);
    }
    expect(counted).toBe(points);
  }
  expect(seen.get("procnet_one")).toEqual(values.map(({ value }) => value));
  expect(seen.get("procnet_other")).toHaveLength(10);
});

it("is no request where there is nothing to tell", () => {
  expect([...batchesOf(written([], MOMENTS, new Starts()), TELLER)]).toEqual([]);
});
