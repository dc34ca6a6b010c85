import { connect, createServer, type Socket } from "node:net";
import { Gauge, Registry } from "prom-client";
import { afterEach, expect, it } from "vitest";
import { type ProcnetMetrics, type ProcnetMetricsOptions, procnetMetrics } from "./procnet-metrics.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function registered(registry: Registry, options: ProcnetMetricsOptions = {}): ProcnetMetrics {
  const metrics = procnetMetrics(registry, { maxAge: 0, ...options });
  open.push(() => metrics.close());
  return metrics;
}

/** A listener of this process, and a connection that its peer has closed and it has not. */
async function scene(): Promise<{ readonly port: number; readonly accepted: Socket }> {
  const server = createServer({ allowHalfOpen: true });
  open.push(() => server.close());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const came = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const client = connect(port, "127.0.0.1");
  const accepted = await came;
  accepted.resume();
  open.push(() => accepted.destroy());
  await new Promise<void>((closed) => {
    accepted.once("end", closed);
    client.end();
  });
  return { port, accepted };
}

async function sumOf(registry: Registry, name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const [metric] = (await registry.getMetricsAsJSON()).filter((one) => one.name === name);
  const found = metric?.values.filter((one) =>
    Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  );
  return (found ?? []).reduce((sum, { value }) => sum + Number(value), 0);
}

it("tells of the sockets of this process, beside the metrics of the app", async () => {
  const registry = new Registry();
  new Gauge({ name: "app_users", help: "Users.", registers: [registry] }).set(3);
  registered(registry);
  const { accepted } = await scene();
  const closeWait = (): Promise<number> => sumOf(registry, "procnet_close_wait_sockets", { reason: "unclosed" });
  expect(await closeWait()).toBe(1);
  expect(await sumOf(registry, "procnet_process_sockets", { protocol: "tcp", state: "LISTEN" })).toBe(1);
  expect(await sumOf(registry, "procnet_process_sockets", { protocol: "tcp", state: "CLOSE_WAIT" })).toBe(1);
  expect(await registry.metrics()).toMatch(/^app_users 3$/m);
  expect(await registry.metrics()).toMatch(
    /^procnet_listener_accept_queue\{address="loopback",container=".*",port=".+",process=".+",protocol="tcp"\} 0$/m,
  );
  // It is not told of any more when it is not there.
  accepted.destroy();
  await expect.poll(closeWait).toBe(0);
});

it("tells of the whole machine when it is asked to", async () => {
  const registry = new Registry();
  registered(registry, { of: "machine" });
  await scene();
  const text = await registry.metrics();
  expect(text).toMatch(/^procnet_sockets\{netns="\d+",protocol="tcp",state="LISTEN"\} [1-9]\d*$/m);
  expect(text).toMatch(/^procnet_health_finding\{id="[\w-]+"\} \d$/m);
  expect(text).toMatch(/^# TYPE procnet_opened_total counter$/m);
});

it("shares a look between all who ask while it is young, and looks at nothing before", async () => {
  const registry = new Registry();
  registered(registry, { maxAge: 60_000 });
  await scene();
  const before = await sumOf(registry, "procnet_process_sockets", { state: "LISTEN" });
  await scene();
  expect(await sumOf(registry, "procnet_process_sockets", { state: "LISTEN" })).toBe(before);
});

it("is out of the registry once it is closed, and can be registered again", async () => {
  const registry = new Registry();
  const metrics = registered(registry);
  expect(() => procnetMetrics(registry)).toThrow("already been registered");
  // What was registered until then is taken out again.
  const other = new Registry();
  new Gauge({ name: "procnet_close_wait_sockets", help: "Of another.", registers: [other] });
  expect(() => procnetMetrics(other)).toThrow("already been registered");
  expect(other.getMetricsAsArray()).toHaveLength(1);
  await metrics.close();
  expect(registry.getMetricsAsArray()).toEqual([]);
  registered(registry);
  await metrics.close();
  expect(registry.getMetricsAsArray().length).toBeGreaterThan(0);
});

it("refuses options that are none", () => {
  const registry = new Registry();
  const wrong =
    (options: object): (() => unknown) =>
    () =>
      procnetMetrics(registry, options);
  expect(wrong({ off: "machine" })).toThrow('procnetMetrics has no option "off"; it has of, maxAge, maxSeries, procfs');
  expect(wrong({ of: "all" })).toThrow('of must be process or machine, not "all"');
  expect(wrong({ maxSeries: 0 })).toThrow("maxSeries must be a whole number of 1 at least, not 0");
  expect(registry.getMetricsAsArray()).toEqual([]);
});
