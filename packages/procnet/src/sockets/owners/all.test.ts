import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { runAsync } from "../drive.ts";
import { searchAll } from "./all.ts";
import { UNLIMITED } from "./budget.ts";
import { Holders } from "./holders.ts";
import type { LinkReaders, LinkRequest } from "./pool.ts";

// So many descriptors that threads take part.
const counted = vi.hoisted(() => ({ size: 30_000 }));
vi.mock("../../host/fd-count.ts", () => ({
  knownCount: () => counted.size,
  countInSteps: function* (): Generator<undefined, number> {
    yield;
    return counted.size;
  },
}));

let proc: SimulatedProc;
beforeEach(() => {
  proc = new SimulatedProc();
});
afterEach(() => {
  counted.size = 30_000;
  vi.restoreAllMocks();
  proc.remove();
});

it("what threads cannot read is read here, once each", async () => {
  for (let pid = 100; pid < 110; pid++) proc.process(pid, { fds: { 3: pid } });
  const asked: string[] = [];
  const readers = {
    idle: 1,
    read: async ({ directories }: LinkRequest) => {
      asked.push(...directories);
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

it("threads get some thousand descriptors at a time, and each answer is that of its process", async () => {
  counted.size = 2100;
  for (let pid = 100; pid < 120; pid++) proc.process(pid, { fds: { 3: pid } });
  const lots: number[] = [];
  const readers = {
    idle: 1,
    read: async ({ directories }: LinkRequest) => {
      lots.push(directories.length);
      // Every third is refused, and so read here.
      return directories.map((directory) => {
        const pid = Number(/[0-9]+$/.exec(directory)![0]);
        return pid % 3 === 0 || pid < 100 ? undefined : Float64Array.of(7, pid);
      });
    },
  } as unknown as LinkReaders;
  const holders = new Holders(proc.procfs);
  await runAsync(
    searchAll(holders, UNLIMITED, () => readers),
    undefined,
  );
  expect(Math.max(...lots)).toBe(3);
  const fds = Array.from({ length: 20 }, (_, at) => holders.owners(100 + at)![0]!.fds[0]);
  for (const [at, fd] of fds.entries()) if ((100 + at) % 3 === 0) expect(fd).toBe(3);
  expect(fds).toContain(7);
});

it.each([
  ["few descriptors start", 100, UNLIMITED],
  ["a search on a budget starts", 30_000, { descriptors: 1_000_000, milliseconds: 1_000_000 }],
])("%s no thread", async (_, size, budget) => {
  counted.size = size;
  proc.process(100, { fds: { 3: 100 } });
  const readers = (): LinkReaders => {
    throw new Error("started");
  };
  const holders = new Holders(proc.procfs);
  await runAsync(searchAll(holders, budget, readers), undefined);
  expect(holders.owners(100)).toMatchObject([{ pid: 100, fds: [3] }]);
});
