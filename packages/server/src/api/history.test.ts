import type { WatchCount } from "procnet";
import { expect, it } from "vitest";
import { look } from "../../../../test/support/server/looks.ts";
import { turnsDuring } from "../../../../test/support/turns.ts";
import type { Look } from "../sampler/sampler.ts";
import { Past } from "./history.ts";

function at(second: number, counts: readonly WatchCount[]): Look {
  const one = look(second, []);
  return { ...one, item: { ...one.item, at: new Date(second * 1000), counts } };
}

const listening = (sockets: number): WatchCount => ({ protocol: "tcp", state: "LISTEN", sockets });

it("has the last points of each series, and null where one had no value", async () => {
  const past = new Past({ points: 3 });
  expect(JSON.parse(await past.document())).toEqual({ schemaVersion: 1, kind: "history", times: [], series: [] });
  for (const second of [1, 2, 3]) past.add(at(second, [listening(second)]));
  past.add(at(4, [{ protocol: "udp", state: "UNCONN", sockets: 7 }]));
  expect(JSON.parse(await past.document())).toMatchObject({
    times: [2000, 3000, 4000],
    series: [
      { name: "tcp LISTEN", values: [2, 3, null] },
      { name: "udp", values: [null, null, 7] },
    ],
  });
});

it("is written once for all who ask, until the next look", async () => {
  const past = new Past();
  past.add(at(1, [listening(1)]));
  const text = past.document();
  expect(past.document()).toBe(text);
  past.add(at(2, [listening(2)]));
  expect(JSON.parse(await past.document()).times).toHaveLength(2);
  // What was being written has as many values as times.
  expect(JSON.parse(await text)).toMatchObject({ times: [1000], series: [{ values: [1] }] });
});

it("lets others have their turn", async () => {
  const past = new Past();
  const counts = Array.from(
    { length: 400 },
    (_, state) => ({ protocol: "tcp", state: `S${state}`, sockets: 1 }) as const,
  );
  for (let second = 0; second < 300; second++) past.add(at(second, counts));
  expect(await turnsDuring(() => past.document())).toBeGreaterThan(5);
});
