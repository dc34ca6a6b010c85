import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CROWDED_ROOT, type Crowd, crowded } from "../../../../test/support/sockets/crowded-proc.ts";
import { ProcFs, SocketEngine, whoListens } from "../index.ts";

/*
 * Between two turns of the event loop only so many processes, descriptors and rows are read, however many there are of any. The
 * clock moves on at each look at it, so every turn that the work allows is taken, and what lies between two of them is counted.
 */

vi.mock("node:fs", async (original) => {
  const { crowded } = await import("../../../../test/support/sockets/crowded-proc.ts");
  return crowded.over(await original());
});

/** Calls of the kernel's: a small process is read as a whole, with up to 255 descriptors. */
const MOST_CALLS = 400;
/** Rows: those of 64 KiB. */
const MOST_ROWS = 600;
/** Sockets gone through in memory. */
const MOST_SOCKETS = 2048;

let clock = 0;
beforeEach(() => {
  vi.spyOn(process, "hrtime").mockImplementation((): [number, number] => [clock++, 0]);
  const later = setImmediate;
  vi.stubGlobal("setImmediate", (act: () => void) => {
    crowded.turn();
    return later(act);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const owned = (crowd: Crowd): number => Math.min(crowd.rows, crowd.processes * crowd.descriptors);

const engineOver = (): SocketEngine => new SocketEngine({ procfs: new ProcFs({ root: CROWDED_ROOT }), threads: 0 });

function expectSmallPieces(): void {
  crowded.turn();
  expect(crowded.mostCalls).toBeLessThanOrEqual(MOST_CALLS);
  expect(crowded.mostRows).toBeLessThanOrEqual(MOST_ROWS);
}

describe.each([
  ["3,000 processes with a socket each", { processes: 3000, descriptors: 1, rows: 3000, live: true }],
  ["30,000 processes, 300,000 descriptors", { processes: 30_000, descriptors: 10, rows: 300_000, live: true }],
  ["the same in a captured tree", { processes: 30_000, descriptors: 10, rows: 300_000, live: false }],
  ["one process with 300,000 descriptors", { processes: 1, descriptors: 300_000, rows: 300_000, live: true }],
  ["1,000,000 rows", { processes: 3, descriptors: 1000, rows: 1_000_000, live: true }],
] satisfies [string, Crowd][])("%s", (_name, crowd) => {
  it("are looked at in small pieces, the first time and again", async () => {
    const engine = engineOver();
    for (const _look of [1, 2]) {
      crowded.begin(crowd);
      const { sockets } = await engine.sockets({ protocol: "tcp" });
      expectSmallPieces();
      expect(sockets.length).toBe(crowd.rows);
      expect(count(sockets, ({ owners }) => owners?.length === 1)).toBe(owned(crowd));
      expect(crowded.idleTurns).toBeGreaterThanOrEqual(crowd.rows / MOST_SOCKETS);
    }
  });
});

it("sockets given one by one are read in small pieces", async () => {
  const crowd = { processes: 3000, descriptors: 10, rows: 300_000, live: true };
  crowded.begin(crowd);
  let sockets = 0;
  for await (const _socket of engineOver().eachSocket({ protocol: "tcp" })) sockets++;
  expectSmallPieces();
  expect(sockets).toBe(crowd.rows);
});

it("a port's owners are looked for in small pieces", async () => {
  for (const crowd of [
    { processes: 30_000, descriptors: 10, rows: 30_000, live: true },
    { processes: 1, descriptors: 300_000, rows: 30_000, live: true },
  ]) {
    const procfs = new ProcFs({ root: CROWDED_ROOT });
    crowded.begin({ ...crowd, listener: crowd.processes * crowd.descriptors - 1 });
    const answer = await whoListens(80, { protocol: "tcp", owners: "all", procfs });
    expectSmallPieces();
    expect(answer).toMatchObject({ kind: "owned", complete: true });
  }
});

function count<Item>(items: readonly Item[], isMeant: (item: Item) => boolean): number {
  let found = 0;
  for (const item of items) if (isMeant(item)) found++;
  return found;
}
