import { afterEach, expect, it, vi } from "vitest";
import { scaled } from "../../../../../test/support/time.ts";
import { Sampler } from "../../sampler/sampler.ts";
import { questionOf } from "../question.ts";
import type { Asked } from "./channel.ts";
import { Hub, type HubOptions } from "./hub.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function asked(filter: string): Asked {
  const question = questionOf(filter, "tcp", "owners");
  return {
    ...{ question, grouped: question, views: new Set(["counts", "sockets"] as const) },
    ...{ rows: 5000, fields: undefined, queues: false },
  };
}

/** A hub that looks by itself as good as never, and a clock that stands. */
function hubOf(options: Partial<HubOptions> = {}): {
  readonly hub: Hub;
  readonly sampler: Sampler;
  readonly clock: { now: number };
} {
  const sampler = new Sampler({ maxSeries: 100 });
  const clock = { now: 0 };
  const hub = new Hub({
    ...{ sampler, interval: 600_000, now: () => clock.now },
    traffic: async () => ({ told: false, why: "nobody asks" }),
    ...options,
  });
  endings.push(
    () => sampler.close(),
    () => hub.close(),
  );
  return { hub, sampler, clock };
}

/** Reads events, and keeps their ids. */
async function listening(hub: Hub, filter: string): Promise<{ readonly ids: string[]; leave(): Promise<void> }> {
  const body = await hub.join({ asked: asked(filter), lastId: undefined, hangUp: () => {} });
  const reader = body.getReader();
  const ids: string[] = [];
  const read = async (): Promise<void> => {
    for (let told = await reader.read(); !told.done; told = await reader.read())
      for (const [, id = ""] of new TextDecoder().decode(told.value).matchAll(/^event: (?:snapshot|diff)\nid: (.*)$/gm))
        ids.push(id);
  };
  void read();
  return { ids, leave: () => reader.cancel() };
}

/** Waits until it was told of so many looks, and of what else is told with them. */
async function told({ ids }: { readonly ids: readonly string[] }, looks: number): Promise<void> {
  await vi.waitFor(() => expect(new Set(ids).size).toBe(looks), { timeout: scaled(60_000) });
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve));
}

it("tells each of a look once, also while another begins with the same question", async () => {
  let begin: (() => unknown) | undefined;
  const { hub, sampler } = hubOf({ onLook: () => queueMicrotask(() => begin?.()) });
  const first = await listening(hub, "sport = :1");
  // It comes while the look is told to the first.
  let second: Promise<unknown> | undefined;
  begin = () => {
    second ??= listening(hub, "sport = :1");
  };
  await sampler.lookOf(0);
  await told(first, 2);
  await second;
  expect(first.ids).toEqual([...new Set(first.ids)]);
});

it("adds nothing up for who has left long ago, and for a while for who may come back", async () => {
  const { hub, sampler, clock } = hubOf();
  const stays = await listening(hub, "sport = :1");
  const left = await listening(hub, "sport = :2");
  await left.leave();
  clock.now = 20_000;
  await sampler.lookOf(0);
  await told(stays, 2);
  expect(hub.questions).toBe(2);
  clock.now = 31_000;
  await sampler.lookOf(0);
  await told(stays, 3);
  await vi.waitFor(() => expect(hub.questions).toBe(1));
});
