import { baseProcFs } from "procnet";
import { describe, expect, it, vi } from "vitest";
import { filtersOf } from "../collectors/filters.ts";
import { NODE_COLLECTORS } from "../collectors/index.ts";
import { deadlineOf } from "../metrics/deadline.ts";
import { OWN_PARTS } from "../own/parts.ts";
import { Sampler } from "../sampler/sampler.ts";
import { type Asked, Scrapes } from "./scrapes.ts";

const ALL: Asked = { wanted: [], unwanted: [], deadline: undefined };
const LATE = 0;

interface Parts {
  readonly sampler: Sampler;
  ask(
    asked: Partial<Asked>,
  ): Promise<Map<string, readonly { labels: Readonly<Record<string, string>>; value: number }[]>>;
}

async function withScrapes(run: (parts: Parts) => Promise<void>, maxAge = 60_000): Promise<void> {
  const sampler = new Sampler({ maxSeries: 5000 });
  const scrapes = new Scrapes(sampler, maxAge, { procfs: baseProcFs(), sysfs: "/sys", filters: filtersOf() });
  const ask: Parts["ask"] = async (asked) => {
    const families = await scrapes.of({ ...ALL, ...asked });
    if (typeof families === "string") throw new Error(families);
    return new Map(families.map(({ metric, values }) => [metric.name, values]));
  };
  try {
    await run({ sampler, ask });
  } finally {
    await sampler.close();
  }
}

it("50 scrapes at once cost one look, and one reading of each file", () =>
  withScrapes(async ({ sampler, ask }) => {
    const read = NODE_COLLECTORS.map((one) => vi.spyOn(one, "collect"));
    let looks = 0;
    sampler.listen(() => looks++);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask({})));
    expect(looks).toBe(1);
    for (const [at, spy] of read.entries())
      expect(spy.mock.calls.length, NODE_COLLECTORS[at]!.name).toBe(NODE_COLLECTORS[at]!.isDefault ? 1 : 0);
    vi.restoreAllMocks();
    for (const answer of answers) expect(answer.get("procnet_sockets")).not.toHaveLength(0);
  }));

describe("a scrape", () => {
  it("that does not wait says what it left out, and leaves the look to others", () =>
    withScrapes(async ({ sampler, ask }) => {
      const answer = await ask({ deadline: LATE });
      expect(answer.has("procnet_sockets")).toBe(false);
      expect(answer.get("procnet_scrape_collector_success")).toEqual(
        [...OWN_PARTS.keys()].map((collector) => ({ labels: { collector }, value: 0 })),
      );
      expect(answer.get("node_scrape_collector_success")!.map(({ value }) => value)).not.toContain(1);
      expect((await sampler.lookOf(60_000)).number).toBe(1);
    }));

  it("has the counters when the look fails", () =>
    withScrapes(async ({ sampler, ask }) => {
      vi.spyOn(sampler, "measuredOf").mockRejectedValue(new Error("no look"));
      const answer = await ask({});
      expect(answer.has("node_network_receive_bytes_total")).toBe(true);
      expect(new Set(answer.get("procnet_scrape_collector_success")!.map(({ value }) => value))).toEqual(new Set([0]));
    }));

  it("asks for parts of procnet's own by name", () =>
    withScrapes(async ({ sampler, ask }) => {
      const health = await ask({ wanted: ["procnet_health"] });
      expect(health.has("procnet_health_finding")).toBe(true);
      expect(health.has("procnet_sockets")).toBe(false);
      const rest = await ask({ unwanted: ["procnet_health", "netdev"] });
      expect(rest.has("procnet_health_finding")).toBe(false);
      expect(rest.has("procnet_sockets")).toBe(true);
      expect(sampler.latest?.number).toBe(1);
    }));

  it("for counters alone looks at no sockets", () =>
    withScrapes(async ({ sampler, ask }) => {
      await ask({ wanted: ["netdev"] });
      await ask({ unwanted: [...OWN_PARTS.keys()] });
      expect(sampler.latest).toBeUndefined();
    }));
});

it.each([
  [undefined, undefined],
  ["", undefined],
  ["no", undefined],
  ["-1", undefined],
  ["0.1", 1000],
  ["10", 10_800],
] as const)("Prometheus waits %j seconds: the answer is due at %j", (header, due) =>
  expect(deadlineOf(header, 1000)).toBe(due),
);
