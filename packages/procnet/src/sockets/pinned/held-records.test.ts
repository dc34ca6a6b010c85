import * as fc from "fast-check";
import { expect, it } from "vitest";
import { runSync } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import { HeldRecords } from "./held-records.ts";
import { readHeld } from "./read-held.ts";
import { ForeignRecords, OWNER_MARK, OWNER_RECORD } from "./record.ts";

/** What a record tells; what is left out is 0. */
interface Told {
  readonly pid: number;
  readonly fd: number;
  readonly inode: number;
  readonly uid?: number;
  readonly start?: bigint;
  readonly comm?: string;
}

const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function bytesOf(all: readonly Told[]): Uint8Array {
  const bytes = new Uint8Array(all.length * OWNER_RECORD.length);
  const view = new DataView(bytes.buffer);
  for (const [index, { pid, fd, inode, uid = 0, start = 0n, comm = "" }] of all.entries()) {
    const at = index * OWNER_RECORD.length;
    view.setUint32(at + OWNER_RECORD.mark, OWNER_MARK, LITTLE);
    view.setUint32(at + OWNER_RECORD.pid, pid, LITTLE);
    view.setUint32(at + OWNER_RECORD.fd, fd, LITTLE);
    view.setUint32(at + OWNER_RECORD.uid, uid, LITTLE);
    view.setBigUint64(at + OWNER_RECORD.inode, BigInt(inode), LITTLE);
    view.setBigUint64(at + OWNER_RECORD.start, start, LITTLE);
    bytes.set(Buffer.from(comm).subarray(0, 15), at + OWNER_RECORD.comm);
  }
  return bytes;
}

function walk(records: HeldRecords, all: readonly Told[]): HeldSockets[] {
  const bytes = bytesOf(all);
  records.begin();
  records.take(new Uint32Array(bytes.buffer), bytes.length);
  return runSync(records.end());
}

/** The same without any memory: pairs of each process, each once, by number. */
function plain(all: readonly Told[]): Map<number, string[]> {
  const found = new Map<number, Map<string, Told>>();
  for (const told of all) {
    const of = found.get(told.pid) ?? new Map<string, Told>();
    found.set(told.pid, of.set(`${told.fd} ${told.inode}`, told));
  }
  const order = (one: Told, other: Told): number => one.fd - other.fd || one.inode - other.inode;
  return new Map(
    [...found].map(([pid, of]) => [pid, [...of.values()].sort(order).map(({ fd, inode }) => `${fd} ${inode}`)]),
  );
}

function texts(held: readonly HeldSockets[]): Map<number, string[]> {
  const textOf = ({ pairs }: HeldSockets): string[] =>
    Array.from({ length: pairs.length / 2 }, (_, at) => `${pairs[2 * at]} ${pairs[2 * at + 1]}`);
  return new Map(held.map((one) => [one.pid, textOf(one)]));
}

const record = fc.record({
  pid: fc.integer({ min: 1, max: 4 }),
  fd: fc.integer({ min: 0, max: 12 }),
  inode: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(2 ** 32 + 7)),
});

it("gives of each walk what it tells, whatever the walks before told, in whatever order", () => {
  fc.assert(
    fc.property(fc.array(fc.array(record, { maxLength: 40 }), { minLength: 1, maxLength: 5 }), (walks) => {
      const records = new HeldRecords();
      for (const all of walks) expect(texts(walk(records, all))).toEqual(plain(all));
    }),
  );
});

it("gives the same object as long as a process is what it was and holds what it held", () => {
  const records = new HeldRecords();
  const all = [3, 4, 9].map((fd) => ({ pid: 7, fd, inode: 100 + fd, start: 5n, comm: "a" }));
  const [first] = walk(records, all);
  expect(walk(records, all)[0]).toBe(first);
  // Threads with descriptors of their own are told behind others.
  const apart = [...all, { pid: 9, fd: 1, inode: 1 }, { pid: 7, fd: 2, inode: 1, start: 5n, comm: "a" }];
  const [more] = walk(records, apart);
  expect(more).not.toBe(first);
  expect(walk(records, apart)[0]).toBe(more);
  for (const change of [{ start: 60_000_000n }, { comm: "b" }, { uid: 1 }]) {
    const changed = apart.map((one) => (one.pid === 7 ? { ...one, ...change } : one));
    const [other] = walk(records, changed);
    expect(other).not.toBe(more);
    expect(other!.pairs).toBe(more!.pairs);
    expect(walk(records, changed)[0]).toBe(other);
    walk(records, apart);
  }
});

it("forgets a process that is told of no more, and one whose number another has is another", () => {
  const records = new HeldRecords();
  const TICK = 10_000_000n; // nanoseconds
  const one = { pid: 7, fd: 3, inode: 5, start: TICK };
  const [before] = walk(records, [one]);
  expect(walk(records, [])).toEqual([]);
  const [after] = walk(records, [{ ...one, start: 2n * TICK }]);
  expect(after).toEqual({ ...before, start: 2 });
});

it("takes nothing else for records, and goes on after it", () => {
  const records = new HeldRecords();
  const all = [{ pid: 7, fd: 3, inode: 5 }];
  const [first] = walk(records, all);
  const bytes = bytesOf([...all, { pid: 7, fd: 4, inode: 6, comm: "other" }]);
  for (const [length, at] of [
    [OWNER_RECORD.length + 4, undefined],
    [2 * OWNER_RECORD.length, OWNER_RECORD.length],
    [2 * OWNER_RECORD.length, 0],
  ] as const) {
    const broken = bytes.slice();
    if (at !== undefined) broken[at] = broken[at]! ^ 1;
    records.begin();
    expect(() => records.take(new Uint32Array(broken.buffer), length)).toThrow(ForeignRecords);
  }
  expect(walk(records, all)[0]).toBe(first);
});

it("reads on where a read ended for the number of descriptors that are none, and ends with what a signal says", async () => {
  const all = Array.from({ length: 3 }, (_, at) => ({ pid: 1, fd: at, inode: 10 + at }));
  const answers = [new Error("again"), bytesOf(all.slice(0, 1)), new Error("again"), bytesOf(all.slice(1))];
  const file = {
    read: async ([into]: readonly Uint8Array[]): Promise<number> => {
      const next = answers.shift();
      if (next instanceof Error) throw Object.assign(next, { code: "EAGAIN" });
      if (next !== undefined) into!.set(next);
      return next?.length ?? 0;
    },
  };
  expect(texts(await readHeld(file, new HeldRecords(), undefined))).toEqual(plain(all));
  const endless = async ([into]: readonly Uint8Array[]): Promise<number> => {
    await new Promise((resolve) => setImmediate(resolve));
    const bytes = bytesOf(all);
    into!.set(bytes);
    return bytes.length;
  };
  const reading = readHeld({ read: endless }, new HeldRecords(), AbortSignal.timeout(20));
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
});
