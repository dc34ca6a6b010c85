import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { runAsync } from "../drive.ts";
import { searchAll } from "./all.ts";
import { UNLIMITED } from "./budget.ts";
import { Holders } from "./holders.ts";
import type { LinkReaders } from "./pool.ts";

// So many descriptors that threads take part.
vi.mock("../../host/fd-count.ts", () => ({
  knownCount: () => 30_000,
  countInSteps: function* (): Generator<undefined, number> {
    yield;
    return 30_000;
  },
}));

let proc: SimulatedProc;
beforeEach(() => {
  proc = new SimulatedProc();
});
afterEach(() => {
  vi.restoreAllMocks();
  proc.remove();
});

it("what threads cannot read is read here, once each", async () => {
  for (let pid = 100; pid < 110; pid++) proc.process(pid, { fds: { 3: pid } });
  const asked: string[] = [];
  const readers = {
    idle: 1,
    read: async (directory: string) => {
      asked.push(directory);
      if (asked.length > 100) throw new Error("the same is asked for again and again");
      return undefined;
    },
  } as unknown as LinkReaders;
  const holders = new Holders(proc.procfs);
  await runAsync(
    searchAll(holders, UNLIMITED, () => readers),
    undefined,
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked).size).toBe(asked.length);
  for (let pid = 100; pid < 110; pid++) expect(holders.owners(pid)).toMatchObject([{ pid, fds: [3] }]);
});
