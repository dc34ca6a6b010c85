import { afterEach, describe, expect, it, vi } from "vitest";
import { answering, otlpReceiver, type Receiver, TAKEN } from "../../../../test/support/server/otlp-receiver.ts";
import { type Family, gauge } from "../metrics/family.ts";
import { otlpSettings } from "./destination.ts";
import { Push, type PushLimits } from "./push.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const FAST: Partial<PushLimits> = { firstWait: 1, longestWait: 5, timeout: 60_000, lastTry: 60_000 };

interface Running {
  readonly push: Push;
  readonly reports: string[];
  readonly collected: () => number;
  /** A metric of the push, by the end of its name. */
  value(name: string, reason?: string): number;
}

/** One that sends `points` points as often as may be. */
function pushTo(url: string, limits: Partial<PushLimits> = {}, points = 3): Running {
  const reports: string[] = [];
  let collected = 0;
  const values = Array.from({ length: points }, (_, at) => ({ labels: { n: `${at}` }, value: at }));
  const collect = async (): Promise<Family[]> => {
    collected++;
    return [{ metric: gauge("procnet_n", "N.", "n"), values }];
  };
  const settings = { ...otlpSettings({ url, report: (message) => reports.push(message) }), interval: 20 };
  const teller = { resource: new Map<string, string>(), version: "0" };
  const push = new Push({ settings, teller, phase: 0, boot: 0, collect, limits: { ...FAST, ...limits } });
  endings.push(() => push.close());
  const value = (name: string, reason?: string): number =>
    push
      .families()
      .filter(({ metric }) => metric.name === `procnet_otlp_${name}`)
      .flatMap((family) => family.values)
      .filter(({ labels }) => reason === undefined || labels.reason === reason)
      .reduce((sum, one) => sum + one.value, 0);
  return { push, reports, collected: () => collected, value };
}

async function receiver(...answers: Parameters<typeof otlpReceiver>[0] & object): Promise<Receiver> {
  const one = await otlpReceiver(answers);
  endings.push(one.close);
  return one;
}

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 });

it("sends at the interval, and counts what was taken", async () => {
  const { url, requests } = await receiver(TAKEN);
  const { push, value, reports } = pushTo(url);
  await soon(() => expect(requests.length).toBeGreaterThan(3));
  await push.close();
  expect(value("sent_points_total")).toBe(3 * requests.length);
  expect(value("dropped_points_total")).toBe(0);
  expect(reports).toEqual([]);
});

it("sends again what did not go through, in its order, and says so once", async () => {
  const { url, requests } = await receiver(
    answering(503),
    answering(429, { "Retry-After": "0" }),
    answering(502),
    TAKEN,
  );
  const { push, value, reports } = pushTo(url);
  await soon(() => expect(requests.length).toBeGreaterThan(4));
  await push.close();
  expect(requests.slice(1, 4).map(({ text }) => text)).toEqual(Array.from({ length: 3 }, () => requests[0]!.text));
  expect(value("sent_points_total")).toBe(3 * (requests.length - 3));
  expect(reports).toEqual([
    `not all metrics reach ${url}/v1/metrics: it is tried again: it was answered with 503`,
    `not all metrics reach ${url}/v1/metrics: it is tried again: it was answered with 429`,
    `not all metrics reach ${url}/v1/metrics: it is tried again: it was answered with 502`,
    `metrics reach ${url}/v1/metrics again`,
  ]);
});

it("waits as long as it is told to", async () => {
  const { url, requests } = await receiver(answering(503, { "Retry-After": "3600" }), TAKEN);
  const { push, collected, value } = pushTo(url);
  await soon(() => expect(collected()).toBeGreaterThan(5));
  expect(requests).toHaveLength(1);
  // The last try at the end does not wait for it.
  await push.close();
  expect(requests.length).toBeGreaterThan(1);
  expect(value("dropped_points_total")).toBe(0);
});

it.each([
  ["nothing", {}],
  ["at once", { "Retry-After": "0" }],
])("waits longer after each failure, where it is told %s", async (_, headers) => {
  const { url, requests } = await receiver(answering(503, headers));
  const began = performance.now();
  const { collected } = pushTo(url, { firstWait: 1, longestWait: 1e9 });
  await soon(() => expect(collected()).toBeGreaterThan(50));
  // At least half of 1, 2, 4, ... ms was waited each time.
  expect(requests.length).toBeLessThan(3 + Math.log2(2 * (performance.now() - began)));
});

it("drops what is refused, and counts it", async () => {
  const { url, requests } = await receiver(answering(400), answering(301, { Location: "http://127.0.0.1:9/" }), TAKEN);
  const { value, reports } = pushTo(url);
  await soon(() => expect(value("sent_points_total")).toBeGreaterThan(0));
  expect(value("dropped_points_total", "refused")).toBe(6);
  expect(requests[1]!.text).not.toBe(requests[0]!.text);
  expect(reports[0]).toContain("what was sent is not taken: it was answered with 400");
});

it("counts what was taken in part, and does not send it again", async () => {
  const partly = answering(200, {}, '{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"too old"}}');
  const { url, requests } = await receiver(partly, TAKEN);
  const { push, value, reports } = pushTo(url);
  await soon(() => expect(requests.length).toBeGreaterThan(1));
  await push.close();
  expect(value("dropped_points_total", "rejected")).toBe(2);
  expect(value("sent_points_total")).toBe(3 * requests.length - 2);
  expect(reports[0]).toContain("some data points were not taken: too old");
});

it("keeps the newest when too much waits, and counts what gave way", async () => {
  const { url, requests, answers } = await receiver(answering(503));
  const { push, collected, value } = pushTo(url, { requests: 2 });
  await soon(() => expect(collected()).toBeGreaterThan(10));
  expect(value("waiting_points")).toBeLessThanOrEqual(6);
  expect(value("dropped_points_total", "no room")).toBeGreaterThan(0);
  const tried = new Set(requests.map(({ text }) => text));
  answers.splice(0, 1, TAKEN);
  await soon(() => expect(value("sent_points_total")).toBeGreaterThan(0));
  await push.close();
  expect(requests.some(({ text }) => !tried.has(text))).toBe(true);
});

describe("at the end", () => {
  const connections = (): string[] => process.getActiveResourcesInfo().filter((one) => one === "TCPSocketWrap");

  it.each([
    ["one who takes all", TAKEN],
    ["one who hangs", () => {}],
    ["one who refuses for now", answering(503, { "Retry-After": "3600" })],
    ["one who hangs up", (answer: { destroy(): unknown }) => answer.destroy()],
  ])("no connection is left of a push to %s", async (_, answer) => {
    const one = await otlpReceiver([answer]);
    const { push, collected } = pushTo(one.url, { lastTry: 100 });
    await soon(() => expect(collected()).toBeGreaterThan(2));
    await push.close();
    const count = collected();
    await one.close();
    await soon(() => expect(connections()).toEqual([]));
    expect(collected()).toBe(count);
    await push.close(); // twice is once
  });

  it("what cannot be sent any more is counted", async () => {
    const { url } = await receiver(answering(503));
    const { push, collected, value } = pushTo(url, { firstWait: 60_000, longestWait: 60_000 });
    await soon(() => expect(collected()).toBeGreaterThan(2));
    await push.close();
    expect(value("waiting_points")).toBe(0);
    expect(value("dropped_points_total", "stopped")).toBeGreaterThanOrEqual(6);
  });
});
