import type { MissedConnections } from "procnet";
import { expect, it } from "vitest";
import { look, row } from "../../../../test/support/server/looks.ts";
import type { Look } from "../sampler/sampler.ts";
import { countsDocument } from "./counts.ts";

async function counts(found: Look): Promise<Record<string, unknown>> {
  return JSON.parse(
    await countsDocument(found, { expose: "owners", interval: 1000, host: "app-1", traffic: { told: true } }),
  );
}

it("says how many there are, and of how many the owner could not be seen", async () => {
  const hidden = { ...row(4, "CLOSE_WAIT"), ownerless: "no-permission" as const };
  const listener = row(5, "LISTEN");
  expect(await counts(look(1, [row(1), row(2), row(3), hidden, listener]))).toMatchObject({
    kind: "lookCounts",
    sockets: 5,
    hiddenOwners: 1,
    took: 1,
    interval: 1000,
    host: "app-1",
    traffic: { told: true },
    counts: [
      { protocol: "tcp", state: "ESTABLISHED", sockets: 3 },
      { protocol: "tcp", state: "CLOSE_WAIT", sockets: 1 },
      { protocol: "tcp", state: "LISTEN", sockets: 1 },
    ],
  });
});

const MISSED: readonly (readonly [string, readonly MissedConnections[], object])[] = [
  ["nothing known", [{ namespace: 1, connections: undefined, why: "first" }], { unknownNamespaces: 1 }],
  [
    "known of some namespaces",
    [1, 2, undefined].map((connections, namespace) => ({ namespace, connections })),
    { connections: 3, unknownNamespaces: 1 },
  ],
  ["none at all", [{ namespace: 1, connections: 0 }], { connections: 0, unknownNamespaces: 0 }],
];

it.each(MISSED)("tells what was missed apart from what is not known of it: %s", async (_, missed, told) => {
  const found = look(1, []);
  expect((await counts({ ...found, item: { ...found.item, kind: "batch", missed } as Look["item"] })).missed).toEqual(
    told,
  );
});

it("names few of the things that it could not see, and says how many there are", async () => {
  const found = look(1, []);
  const skipped = Array.from({ length: 300 }, (_, pid) => {
    return { what: "process", pid, code: "EACCES", message: `cannot read /proc/${pid}/fd` } as const;
  });
  const told = await counts({ ...found, item: { ...found.item, skipped } });
  expect(told).toMatchObject({ skipped: skipped.slice(0, 5), skippedInAll: 300 });
  const least = await countsDocument(
    { ...found, item: { ...found.item, skipped } },
    { expose: "minimal", interval: 1000, host: undefined, traffic: { told: true } },
  );
  expect(least).not.toMatch(/proc\/|"pid"/);
});
