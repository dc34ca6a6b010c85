import fc from "fast-check";
import { expect, it } from "vitest";
import type { OwnerInfo } from "../proc/owner-info.ts";
import { runSync } from "./drive.ts";
import { madeOwners, OwnerIndex } from "./owner-index.ts";

const PIDS = [3, 20, 100];
const INODES = [11, 12, 13, 14];

/** Descriptors of a process: inode by number. */
type Fds = ReadonlyMap<number, number>;

const step = fc.record({
  pid: fc.constantFrom(...PIDS),
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
      for (const { pid, fds } of steps) {
        const before = all.get(pid);
        if (before === undefined) index.add(pairsOf(fds), runSync(madeOwners(infoOf(pid), pairsOf(fds))));
        else if (fds.size === 0) index.remove(pid, pairsOf(before));
        else index.change(infoOf(pid), pairsOf(before), pairsOf(fds));
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
  index.add(before, runSync(madeOwners(infoOf(20), before)));
  const handedOut = index.owners(11)!;
  const copy = structuredClone(handedOut);
  index.change(infoOf(20), before, Float64Array.from([3, 11, 9, 11]));
  index.add(Float64Array.from([5, 11]), runSync(madeOwners(infoOf(3), Float64Array.from([5, 11]))));
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
  const all = Float64Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? at / 2 : 11));
  index.add(all, runSync(madeOwners(infoOf(20), all)));
  expect(index.owners(11)![0]!.fds).toHaveLength(count);
  index.change(infoOf(20), all, all.slice(0, count));
  expect(index.owners(11)![0]!.fds).toHaveLength(count / 2);
  index.change(infoOf(20), all.slice(0, count), all);
  expect(index.owners(11)![0]!.fds).toHaveLength(count);
  index.remove(20, all);
  expect(index.owners(11)).toBeUndefined();
});

it("keeps many processes that share a socket in order, whatever order they come in", () => {
  const index = new OwnerIndex();
  const pids = Array.from({ length: 1000 }, (_, at) => ((at * 7) % 1000) + 1);
  for (const pid of pids) {
    const pairs = Float64Array.from([3, 11, 4, 11]);
    index.add(pairs, runSync(madeOwners(infoOf(pid), pairs)));
  }
  expect(index.owners(11)!.map(({ pid, fds }) => [pid, fds])).toEqual(pids.map((_, at) => [at + 1, [3, 4]]));
});
