import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OwnerInfo } from "../../host/owner-info.ts";
import { runSync, type Steps } from "../drive.ts";
import { OwnerIndex } from "./owner-index.ts";

const PIDS = [3, 20, 100];
const INODES = [11, 12, 13, 14];

/** Descriptors of a process: inode by number. */
type Fds = ReadonlyMap<number, number>;

const step = fc.record({
  pid: fc.constantFrom(...PIDS),
  /** Whether something else is told of the process now. */
  isAnew: fc.boolean(),
  fds: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(...INODES)), { maxLength: 8 })
    .map((pairs): Fds => new Map(pairs.sort(([a], [b]) => a - b))),
});

function infoOf(pid: number): OwnerInfo {
  const none = { cmdline: [], exe: undefined, cgroup: undefined, container: undefined, unit: undefined };
  return { pid, startTime: pid * 10, program: `p${pid}`, comm: `p${pid}`, uid: 0, ...none };
}

function pairsOf(fds: Fds): Float64Array {
  return Float64Array.from([...fds].flat());
}

const NONE = new Float64Array(0);

/** The same question asked of the plain lists. */
function holdersOf(all: ReadonlyMap<number, Fds>, inode: number): [pid: number, fds: number[]][] {
  const held = PIDS.map((pid): [number, number[]] => [
    pid,
    [...(all.get(pid) ?? [])].filter(([, of]) => of === inode).map(([fd]) => fd),
  ]);
  return held.filter(([, fds]) => fds.length > 0);
}

it("knows the holders of every socket after any changes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const index = new OwnerIndex();
      const all = new Map<number, Fds>();
      const infos = new Map<number, OwnerInfo>();
      for (const { pid, fds, isAnew } of steps) {
        const before = all.get(pid);
        const pairs = before === undefined ? NONE : pairsOf(before);
        const info = before === undefined ? infoOf(pid) : infos.get(pid)!;
        if (fds.size === 0) runSync(index.replace(pid, pairs, undefined, NONE));
        else if (before === undefined) runSync(index.replace(pid, NONE, info, pairsOf(fds)));
        else if (isAnew) runSync(index.replace(pid, pairs, infoOf(pid), pairsOf(fds)));
        else runSync(index.change(info, pairs, pairsOf(fds)));
        infos.set(pid, index.owners([...fds.values()][0] ?? 0)?.find((owner) => owner.pid === pid) ?? info);
        if (fds.size === 0) all.delete(pid);
        else all.set(pid, fds);
        for (const inode of INODES) {
          const owners = index.owners(inode)?.map((owner) => [owner.pid, owner.fds]) ?? [];
          expect(owners).toEqual(holdersOf(all, inode));
        }
      }
    }),
  );
});

it("leaves what it handed out as it was", () => {
  const index = new OwnerIndex();
  const before = Float64Array.from([3, 11, 4, 11]);
  const info = infoOf(20);
  runSync(index.replace(20, NONE, info, before));
  const handedOut = index.owners(11)!;
  const copy = structuredClone(handedOut);
  runSync(index.change(info, before, Float64Array.from([3, 11, 9, 11])));
  runSync(index.replace(3, NONE, infoOf(3), Float64Array.from([5, 11])));
  expect(handedOut).toEqual(copy);
  expect(index.owners(11)).toMatchObject([
    { pid: 3, fds: [5] },
    { pid: 20, fds: [3, 9] },
  ]);
});

/** Copying the numbers for each further one would take minutes. */
it("takes and gives back 200,000 descriptors of one socket", () => {
  const count = 200_000;
  const index = new OwnerIndex();
  const info = infoOf(20);
  const all = Float64Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? at / 2 : 11));
  runSync(index.replace(20, NONE, info, all));
  expect(index.owners(11)![0]!.fds).toHaveLength(count);
  runSync(index.change(info, all, all.slice(0, count)));
  expect(index.owners(11)![0]!.fds).toHaveLength(count / 2);
  runSync(index.change(info, all.slice(0, count), all));
  expect(index.owners(11)![0]!.fds).toHaveLength(count);
  runSync(index.replace(20, all, undefined, NONE));
  expect(index.owners(11)).toBeUndefined();
});

it("keeps many processes that share a socket in order, whatever order they come in", () => {
  const index = new OwnerIndex();
  const pids = Array.from({ length: 1000 }, (_, at) => ((at * 7) % 1000) + 1);
  for (const pid of pids) runSync(index.replace(pid, NONE, infoOf(pid), Float64Array.from([3, 11, 4, 11])));
  expect(index.owners(11)!.map(({ pid, fds }) => [pid, fds])).toEqual(pids.map((_, at) => [at + 1, [3, 4]]));
});

describe("a change of 100,000 descriptors", () => {
  const count = 100_000;
  const pairs = (first: number): Float64Array =>
    Float64Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? at / 2 : first + (at - 1) / 2));

  /** Sockets whose owners differ between two pauses, by looking at them all again now and then. */
  function mostBetweenPauses(index: OwnerIndex, change: Steps<void>, inodes: readonly number[]): number {
    const seen = inodes.map((inode) => index.owners(inode));
    let most = 0;
    for (let step = change.next(), pauses = 0; !step.done; step = change.next(), pauses++) {
      if (pauses % 20 !== 0) continue;
      const changed = inodes.filter((inode, at) => index.owners(inode) !== seen[at]).length;
      most = Math.max(most, changed - pauses * 1024);
    }
    return most;
  }

  it("is made in steps of some hundred", () => {
    const index = new OwnerIndex();
    const info = infoOf(20);
    const inodes = Array.from({ length: count }, (_, at) => 1000 + at);
    expect(mostBetweenPauses(index, index.replace(20, NONE, info, pairs(1000)), inodes)).toBeLessThanOrEqual(1024);
    const others = inodes.concat(inodes.map((inode) => inode + count));
    const change = index.change(info, pairs(1000), pairs(1000 + count));
    expect(mostBetweenPauses(index, change, others)).toBeLessThanOrEqual(1024);
    const removal = index.replace(20, pairs(1000 + count), undefined, NONE);
    expect(mostBetweenPauses(index, removal, others)).toBeLessThanOrEqual(1024);
  });

  it("never leaves a socket without its owner that has it before and after", () => {
    const index = new OwnerIndex();
    runSync(index.replace(20, NONE, infoOf(20), pairs(1000)));
    const change = index.replace(20, pairs(1000), infoOf(20), pairs(1000));
    let without = 0;
    for (let step = change.next(); !step.done; step = change.next()) {
      for (let inode = 1000; inode < 1000 + count; inode += 997) without += index.owners(inode)?.length === 1 ? 0 : 1;
    }
    expect(without).toBe(0);
  });
});
