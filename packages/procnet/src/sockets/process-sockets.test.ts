import { readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { isProcfsError, type ProcessSockets, processSockets } from "../index.ts";

/** The sockets of a process by its links, one by one. */
function links(pid: number): [number, number][] {
  const found: [number, number][] = [];
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const [, inode] = /^socket:\[([0-9]+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
      if (inode !== undefined) found.push([Number(fd), Number(inode)]);
    } catch {
      // It was that of the listing.
    }
  }
  return found.sort(([a], [b]) => a - b);
}

const pairsOf = ({ fds }: ProcessSockets): [number, number][] =>
  Array.from({ length: fds.length / 2 }, (_, at) => [fds[2 * at]!, fds[2 * at + 1]!]);

describe("on this machine", () => {
  const server = createServer();
  beforeEach(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
  afterEach(() => new Promise((done) => server.close(done)));

  it.each([{ threads: 0 }, {}])(
    "every process is there once, in order, this one with its sockets (%o)",
    async (options) => {
      const found = await processSockets(options);
      const pids = found.map(({ process: one }) => one.pid);
      expect(pids).toEqual([...new Set(pids)].sort((a, b) => a - b));
      const own = found.find(({ process: one }) => one.pid === process.pid)!;
      expect(own.error).toBeUndefined();
      expect(pairsOf(own)).toEqual(links(process.pid));
      expect(pairsOf(own).length).toBeGreaterThan(0);
    },
  );
});

it.each([-1, 0.5, "2", null, Number.NaN])("refuses %o threads", async (threads) => {
  await expect(processSockets({ threads } as object)).rejects.toThrow(/^threads must be a whole number, not /);
});

describe("in a tree", () => {
  let proc: SimulatedProc;
  beforeEach(() => {
    proc = new SimulatedProc();
  });
  afterEach(() => proc.remove());

  it("says of which it could not read, and why", async () => {
    proc.process(100, { fds: { 3: 11, 4: "/etc/passwd", 7: 22 } });
    proc.process(200, { fds: "refused" });
    const found = await processSockets({ procfs: proc.procfs });
    expect(found.map((one) => [one.process.pid, pairsOf(one), one.error?.code])).toEqual([
      [1, [], undefined],
      [
        100,
        [
          [3, 11],
          [7, 22],
        ],
        undefined,
      ],
      [200, [], "ENOENT"],
    ]);
  });

  it("more descriptors than are worth a thread are all there, whoever read them", async () => {
    const many = Object.fromEntries(Array.from({ length: 7000 }, (_, at) => [at, 1000 + at]));
    for (const pid of [100, 101, 102, 103]) proc.process(pid, { fds: many });
    for (const threads of [0, 2]) {
      const found = await processSockets({ procfs: proc.procfs, threads });
      for (const one of found.slice(1))
        expect(pairsOf(one)).toEqual(Object.entries(many).map(([fd, inode]) => [Number(fd), inode]));
      expect(found).toHaveLength(5);
    }
  });

  it("is ended by a signal", async () => {
    const gone = new Error("gone");
    await expect(processSockets({ procfs: proc.procfs, signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
  });
});

it("refuses options that do not exist", async () => {
  const wrong = processSockets({ thread: 1 } as object);
  await expect(wrong).rejects.toSatisfy((error) => isProcfsError(error) && error.code === "ERR_INVALID_ARG");
  await expect(wrong).rejects.toThrow('did you mean "threads"');
});

it("has types", () => {
  expectTypeOf(processSockets).returns.resolves.toEqualTypeOf<ProcessSockets[]>();
});
