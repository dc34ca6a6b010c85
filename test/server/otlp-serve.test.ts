import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { program } from "../support/command/run.ts";
import { ask } from "../support/server/ask.ts";
import { answering, otlpReceiver, type Receiver, understood } from "../support/server/otlp-receiver.ts";
import { type Served, serve } from "../support/server/serve.ts";
import { ROOT } from "../support/tools.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function receiver(...answers: Parameters<typeof otlpReceiver>[0] & object): Promise<Receiver> {
  const one = await otlpReceiver(answers);
  endings.push(one.close);
  return one;
}

async function serving(...args: string[]): Promise<Served> {
  const served = await serve(["--listen", "127.0.0.1:0", ...args]);
  endings.push(() => served.end());
  return served;
}

const soon = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 60_000, interval: 50 });

interface Metric {
  readonly name: string;
  readonly sum?: Points;
  readonly gauge?: Points;
}
interface Points {
  readonly dataPoints: readonly { readonly attributes?: readonly Attribute[]; readonly asDouble?: number }[];
  readonly isMonotonic?: boolean;
}
interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

const named = (attributes: readonly Attribute[] = []): Record<string, string> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

it("sends what /metrics says, as this machine, in the form that OpenTelemetry understands", async () => {
  const folder = mkdtempSync(join(tmpdir(), "procnet-otlp-"));
  endings.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "headers"), "authorization=Bearer s3cr3t\n");
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  endings.push(() => holder.close());
  const { url, requests } = await receiver();
  const flags = ["--otlp", url, "--otlp-interval", "1s", "--otlp-header-file", join(folder, "headers")];
  const served = await serving(...flags, "--otlp-header", "x-a=b=c,d", "--otlp-attribute", "k8s.node.name=web1");
  await soon(() => expect(requests.length).toBeGreaterThan(1));
  const { path, headers, text } = requests[0]!;
  expect(path).toBe("/v1/metrics");
  expect(headers).toMatchObject({ authorization: "Bearer s3cr3t", "x-a": "b=c,d" });
  expect(understood(text)).toEqual(JSON.parse(text));
  const [{ resource, scopeMetrics }] = JSON.parse(text).resourceMetrics;
  expect(named(resource.attributes)).toMatchObject({
    "service.name": "procnet",
    "host.name": hostname(),
    "os.type": "linux",
    "procnet.boot_id": readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
    "k8s.node.name": "web1",
  });
  const metrics: readonly Metric[] = scopeMetrics[0].metrics;
  const connections = metrics.find(({ name }) => name === "system.network.connection.count")!.sum!.dataPoints;
  expect(connections.map(({ attributes }) => named(attributes))).toContainEqual({
    "network.transport": "tcp",
    "network.connection.state": "listen",
  });
  const scraped = (await ask(`${served.urls[0]}metrics`)).text;
  const names = [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  const isOurs = (name: string): boolean => !/^(procnet_otlp_|system\.)/.test(name);
  const sent = metrics
    .filter(({ name }) => isOurs(name))
    .map(({ name, sum }) => `${name} ${sum?.isMonotonic === true}`);
  const expected = names.filter(isOurs).map((one) => one.replace(/ .*/, (type) => ` ${type === " counter"}`));
  expect(sent.sort()).toEqual(expected.sort());
  expect(scraped).toMatch(/^procnet_otlp_sent_points_total \d{2,}$/m);
  // Never which process it is.
  expect(text).not.toMatch(new RegExp(`"(pid|cmdline|${process.pid}|${served.pid})"`));
  expect(`${served.printed.out}${served.printed.err}`).not.toContain("s3cr3t");
});

it("says when nothing goes through, once, and when it does again", async () => {
  const { url, requests, answers } = await receiver(answering(503, { "Retry-After": "0" }));
  const { printed } = await serving("--otlp", url, "--otlp-interval", "1s");
  await soon(() => expect(requests.length).toBeGreaterThan(2));
  answers.splice(0, 1, answering(200));
  await soon(() => expect(printed.err).toContain("again\n"));
  expect(printed.err.split("\n")).toEqual([
    `procnet: not all metrics reach ${url}/v1/metrics: it is tried again: it was answered with 503`,
    `procnet: metrics reach ${url}/v1/metrics again`,
    "",
  ]);
});

it("sends what waits once more when it is stopped, and ends by itself", async () => {
  const { url, requests, answers } = await receiver(answering(503, { "Retry-After": "3600" }));
  const program = `
    const { createProcnetServer } = await import(${JSON.stringify(join(ROOT, "packages/server/dist/index.js"))});
    const server = await createProcnetServer({ listen: ["127.0.0.1:0"], otlp: { url: "${url}", interval: 1000 } });
    process.stdin.once("data", async () => { process.stdin.destroy(); await server.close(); console.log("closed"); });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  endings.push(() => child.kill());
  const ended = once(child, "exit");
  await soon(() => expect(requests).toHaveLength(1));
  answers.splice(0, 1, answering(200));
  child.stdin.write("\n");
  // Nothing of it keeps the program alive: no timer, no connection.
  expect(await ended).toEqual([0, null]);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests[1]!.text).toBe(requests[0]!.text);
});

it.each([
  [["--otlp", "http://user:s3cr3t@h"], /into a header/],
  [["--otlp", "h:4317"], /http:\/\/host:4318/],
  [["--otlp", "http://h", "--otlp-interval", "1ms"], /from 1000/],
  [["--otlp", "http://h", "--otlp-header", "s3cr3t"], /NAME=VALUE/],
  [["--otlp", "http://h", "--otlp-header", "host=s3cr3t"], /header host/],
  [["--otlp-interval", "10s"], /--otlp says where to/],
])("%j is a mistake, told without what may be secret", (args, message) => {
  const ran = program(["serve", "--listen", "127.0.0.1:0", ...args]);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(message);
});
