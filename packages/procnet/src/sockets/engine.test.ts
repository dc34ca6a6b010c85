import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../test/support/sockets/tcp-row.ts";
import { type Socket, SocketEngine, type SocketsRest, socketsSync } from "../index.ts";

const OPTIONS = { protocol: "tcp" } as const;

let proc: SimulatedProc;
let engine: SocketEngine;
beforeEach(() => {
  proc = new SimulatedProc();
  engine = new SocketEngine({ procfs: proc.procfs });
});
afterEach(() => {
  engine.close();
  proc.remove();
});

const look = async (): Promise<Socket[]> => (await engine.sockets(OPTIONS)).sockets;
const holders = async (): Promise<unknown[]> =>
  (await look()).map(({ inode, owners, ownerless }) => [inode, owners!.map(({ pid }) => pid), ownerless]);

/** Processes whose descriptors were read since. */
function spyOnReads(): { reads: () => number[]; looks: () => number } {
  const apply = vi.spyOn(engine.holders, "apply");
  const list = vi.spyOn(engine.holders, "list");
  return {
    reads: () => apply.mock.calls.map(([holder]) => holder.process.pid).sort((a, b) => a - b),
    looks: () => list.mock.calls.length,
  };
}

/** Does something in the middle of a look: after a method of what is known was called for a process. */
function during(method: "changed" | "apply", pid: number, act: () => void): MockInstance {
  const original = engine.holders[method].bind(engine.holders) as (...args: never[]) => Generator;
  return vi.spyOn(engine.holders, method).mockImplementation(function* (...args: unknown[]) {
    const [first] = args as [{ pid?: number; process?: { pid: number } }];
    const isMeant = (first.pid ?? first.process?.pid) === pid;
    if (isMeant && method === "apply") act();
    const found = yield* original(...(args as never[]));
    if (isMeant && method === "changed") act();
    return found;
  } as never);
}

describe("a further look", () => {
  /** What a process says of how often it has run, in either file. */
  const RUN = {
    status: (times: number) => ({ switches: times }),
    schedstat: (times: number) => ({ scheduled: `${times * 1000} 10 ${times}\n` }),
  };

  describe.each(["status", "schedstat"] as const)("where %s says what has run", (file) => {
    const run = RUN[file];

    it("reads the descriptors of those processes only that have run", async () => {
      proc.tcp([tcpRow(80, 11), tcpRow(81, 22)]);
      proc.process(100, { ...run(5), fds: { 3: 11 } });
      proc.process(200, { ...run(5), fds: { 3: 22 } });
      const expected = [
        [11, [100], undefined],
        [22, [200], undefined],
      ];
      expect(await holders()).toEqual(expected);
      // What is seen the second time is marked, and read once more.
      const { reads } = spyOnReads();
      expect(await holders()).toEqual(expected);
      expect(reads()).toEqual([1, 100, 200]);
      proc.process(200, { ...run(6), fds: { 3: 11 } });
      expect(await holders()).toEqual([
        [11, [100, 200], undefined],
        [22, [], "kernel"],
      ]);
      // Besides: process 1, which says nothing of its threads, and whose descriptors are read again with each look (the socket
      // without an owner is looked for twice), and the one that has run.
      expect(reads()).toEqual([...[1, 100, 200], ...[1, 1, 200]].sort((a, b) => a - b));
    });

    it("sees that a process with the same number is another one, even if it has run as often", async () => {
      proc.tcp([tcpRow(80, 11), tcpRow(81, 22)]);
      proc.process(100, { startTime: 500, ...run(5), fds: { 3: 11 } });
      for (let looks = 0; looks < 3; looks++)
        expect(await holders()).toEqual([
          [11, [100], undefined],
          [22, [], "kernel"],
        ]);
      proc.process(100, { comm: "other", startTime: 900, ...run(5), fds: { 3: 22 } });
      const [first, second] = await look();
      expect(first).toMatchObject({ inode: 11, owners: [], ownerless: "kernel" });
      expect(second).toMatchObject({ inode: 22, owners: [{ pid: 100, startTime: 900, comm: "other", fds: [3] }] });
    });

    it("takes a thread that runs for one that may do anything", async () => {
      proc.tcp([tcpRow(80, 11)]);
      proc.process(100, { state: "R", ...run(5), fds: { 3: 11 } });
      for (let looks = 0; looks < 3; looks++) await look();
      proc.process(100, { state: "R", ...run(5), fds: {} });
      expect(await holders()).toEqual([[11, [], "kernel"]]);
    });
  });

  it("believes no account that is not kept", async () => {
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { scheduled: "0 0 0\n", fds: { 3: 11 } });
    for (let looks = 0; looks < 3; looks++) await look();
    proc.process(100, { scheduled: "0 0 0\n", fds: {} });
    expect(await holders()).toEqual([[11, [], "kernel"]]);
  });

  it("looks twice for a socket of the kernel's once only", async () => {
    proc.tcp([tcpRow(80, 11)]);
    const { looks } = spyOnReads();
    for (const expected of [2, 3, 4]) {
      expect(await holders()).toEqual([[11, [], "kernel"]]);
      expect(looks()).toBe(expected);
    }
    proc.process(100, { fds: { 3: 11 } });
    expect(await holders()).toEqual([[11, [100], undefined]]);
  });

  it("sees that a number has become that of a file, of another socket, and of none", async () => {
    proc.tcp([tcpRow(80, 11), tcpRow(81, 22)]);
    const states = [
      { fds: { 3: 11, 4: 22 }, expected: [[100], [100]] },
      { fds: { 3: "/etc/passwd", 4: 22 }, expected: [[], [100]] },
      { fds: { 3: 22, 4: "pipe:[11]" }, expected: [[], [100]] },
      { fds: { 3: 22, 4: 11 }, expected: [[100], [100]] },
      { fds: {}, expected: [[], []] },
    ];
    for (const [at, { fds, expected }] of states.entries()) {
      proc.process(100, { switches: at, fds });
      expect((await look()).map(({ owners }) => owners!.map(({ pid }) => pid))).toEqual(expected);
      expect(socketsSync({ ...OPTIONS, procfs: proc.procfs }).sockets.map(({ owners }) => owners!.length)).toEqual(
        expected.map((pids) => pids.length),
      );
    }
  });

  it("sees that a process runs another program", async () => {
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { comm: "sh", switches: 1, fds: { 3: 11 } });
    expect((await look())[0]!.owners).toMatchObject([{ comm: "sh", cmdline: ["sh", "--flag"] }]);
    proc.process(100, { comm: "nginx", switches: 2, fds: { 3: 11 }, cgroup: "/system.slice/nginx.service" });
    expect((await look())[0]!.owners).toMatchObject([{ comm: "nginx", unit: "nginx.service" }]);
  });
});

describe("what happens in the middle of a look", () => {
  beforeEach(() => {
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { fds: { 3: 11 } });
  });

  it.each(["changed", "apply"] as const)("a process ends (%s)", async (method) => {
    if (method === "changed") during("changed", 100, () => proc.exit(100));
    else during("changed", 100, () => during("apply", 1, () => proc.exit(100)));
    expect(await holders()).toEqual([[11, [], "exited"]]);
    expect(socketsSync({ ...OPTIONS, procfs: proc.procfs }).sockets[0]!.ownerless).toBe("kernel");
  });

  it("a process ends between its descriptors and its name, and another one gets its number", async () => {
    const apply = engine.holders.apply.bind(engine.holders);
    const reuse = vi.spyOn(engine.holders, "apply").mockImplementation((holder, pairs) => {
      if (holder.process.pid === 100) proc.process(100, { comm: "other", startTime: 2000, fds: {} });
      return apply(holder, pairs);
    });
    expect(await holders()).toEqual([[11, [], "kernel"]]);
    reuse.mockRestore();
    expect(await holders()).toEqual([[11, [], "kernel"]]);
  });

  it("a socket is opened after its process was looked at", async () => {
    let opened = false;
    during("apply", 100, () => {
      if (opened) return;
      opened = true;
      proc.tcp([tcpRow(80, 11), tcpRow(81, 22)]);
      proc.process(100, { fds: { 3: 11, 4: 22 } });
    });
    const found: Socket[] = [];
    for await (const socket of engine.eachSocket(OPTIONS)) found.push(socket);
    expect(found.map(({ inode, owners }) => [inode, owners!.length])).toEqual([
      [11, 1],
      [22, 1],
    ]);
  });

  it("a socket is passed on to a process already looked at", async () => {
    proc.process(50, { fds: {} });
    let passed = false;
    during("apply", 50, () => {
      if (passed) return;
      passed = true;
      proc.process(100, { fds: {} });
      proc.process(50, { fds: { 9: 11 } });
    });
    expect(await holders()).toEqual([[11, [50], undefined]]);
  });
});

it("eachSocket looks again for what came up meanwhile as often as that happens, but not on a budget", async () => {
  // More than are read ahead, so that each namespace is given before the next one is read.
  const many = Array.from({ length: 9000 }, () => tcpRow(80, 0, { state: "06" }));
  const open = (at: number): void => {
    proc.process(100 + at, { namespace: 1000 + at, fds: { 3: 10 + at } });
    proc.tcp([tcpRow(80, 10 + at), ...many], 100 + at);
  };
  for (const budget of [{}, { budget: { milliseconds: 60_000 } }]) {
    for (let at = 0; at < 6; at++) proc.process(100 + at, { namespace: 1000 + at });
    open(0);
    const found: unknown[] = [];
    let rest: SocketsRest | undefined;
    const fresh = new SocketEngine({ procfs: proc.procfs });
    const asked = { ...OPTIONS, ...budget, namespaces: "all" } as const;
    for await (const { inode, owners, ownerless } of fresh.eachSocket({
      ...asked,
      onEnd: (end) => {
        rest = end;
      },
    })) {
      if (inode === 0) continue;
      found.push([inode, owners!.length, ownerless]);
      if (inode! < 15) open(inode! - 10 + 1);
    }
    const seen = (at: number): unknown[] =>
      at === 0 || !("budget" in budget) ? [10 + at, 1, undefined] : [10 + at, 0, "budget"];
    expect(found).toEqual(Array.from({ length: 6 }, (_, at) => seen(at)));
    expect(rest!.namespaces).toMatchObject(Array.from({ length: 6 }, (_, at) => ({ inode: 1000 + at, sockets: 9001 })));
    expect(rest).toMatchObject({ owners: "all", skipped: [], rights: { allProcesses: true } });
  }
});

it("a look on a budget, which is not repeated, comes after the tables", async () => {
  proc.tcp([tcpRow(80, 11)]);
  proc.process(50, { fds: {} });
  let isOpen = false;
  const { place } = proc.procfs;
  vi.spyOn(proc.procfs, "place", "get").mockImplementation(() => {
    if (!isOpen) proc.process(50, { fds: { 3: 11 } });
    isOpen = true;
    return place;
  });
  const { sockets } = await engine.sockets({ ...OPTIONS, budget: { descriptors: 1000 } });
  expect(sockets).toMatchObject([{ inode: 11, owners: [{ pid: 50 }] }]);
});

it("calls at the same time share one look; later ones look anew", async () => {
  proc.tcp([tcpRow(80, 11)]);
  proc.process(100, { fds: { 3: 11 } });
  const { looks } = spyOnReads();
  const results = await Promise.all([look(), look(), look()]);
  expect(looks()).toBe(1);
  for (const [socket] of results) expect(socket!.owners).toMatchObject([{ pid: 100 }]);
  await look();
  expect(looks()).toBe(2);
});

describe("the first owner of a few sockets", () => {
  const first = { ...OPTIONS, owners: "first", localPort: 80 } as const;

  it("is found without looking at everything", async () => {
    proc.tcp([tcpRow(80, 11), tcpRow(81, 22)]);
    proc.process(100, { fds: { 3: 11 } });
    proc.process(200, { fds: { 3: 11, 4: 22 } });
    const { looks } = spyOnReads();
    const { sockets } = await engine.sockets(first);
    expect(sockets.map(({ inode, owners }) => [inode, owners!.length])).toEqual([[11, 1]]);
    expect(looks()).toBe(0);
    expect(engine.socketsSync(first).sockets[0]!.owners).toHaveLength(1);
  });

  it("leaves it to a whole look to say that there is none", async () => {
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { fds: "refused" });
    const { looks } = spyOnReads();
    const { sockets } = await engine.sockets(first);
    expect(sockets).toMatchObject([{ owners: [], ownerless: "no-permission" }]);
    expect(looks()).toBeGreaterThan(0);
  });
});

it("eachSocket returns what could not be looked at", async () => {
  proc.tcp([tcpRow(80, 11)]);
  proc.process(100, { fds: "refused" });
  const each = engine.eachSocket(OPTIONS);
  expect(await each.next()).toMatchObject({ done: false, value: { inode: 11, ownerless: "no-permission" } });
  expect(await each.next()).toMatchObject({ done: true, value: [{ what: "process", pid: 100 }] });
});
