import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SimulatedProc } from "../../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../../test/support/sockets/tcp-row.ts";
import { networkNamespaces, ProcfsError, type Socket, SocketEngine, whoListens } from "../../index.ts";

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
describe("reasons", () => {
  beforeEach(() => {
    proc.tcp([tcpRow(80, 11), tcpRow(81, 0, { state: "06", timer: "03" }), tcpRow(82, 0, { state: "01" })]);
    proc.process(100, { fds: {} });
  });
  const reasons = async (): Promise<unknown[]> => (await look()).map(({ ownerless }) => ownerless);
  const mount = (options: string): void => {
    const before = "36 35 0:33 / /proc rw - proc proc rw\n37 35 0:34 / /sys rw - sysfs sysfs rw,hidepid=2\n";
    proc.write("1/mountinfo", `${before}38 36 0:35 / /proc rw,nosuid shared:13 - proc proc ${options}\n`);
  };

  it.each(["rw,hidepid=2", "rw,hidepid=invisible", "rw,gid=7,hidepid=noaccess", "hidepid=4"])("%s", async (options) => {
    mount(options);
    expect(await reasons()).toEqual(["hidepid", "time-wait", "kernel"]);
    const listens = await whoListens(80, { procfs: proc.procfs });
    expect(listens).toMatchObject({ kind: "unknown", reasons: ["hidepid"], listeners: [{ inode: 11, owners: [] }] });
  });

  it.each(["rw", "rw,hidepid=0", "rw,hidepid=off"])("nothing is hidden by %s", async (options) => {
    mount(options);
    expect(await reasons()).toEqual(["kernel", "time-wait", "kernel"]);
  });

  it("descriptors that the capture lacks", async () => {
    proc.process(100, { fds: "refused" });
    expect(await reasons()).toEqual(["no-permission", "time-wait", "kernel"]);
    const { rights, skipped } = await engine.sockets(OPTIONS);
    expect(rights.allProcesses).toBe(false);
    expect(skipped).toMatchObject([{ what: "process", pid: 100, code: "ENOENT" }]);
    expect(await whoListens(80, { procfs: proc.procfs })).toMatchObject({
      kind: "unknown",
      reasons: ["no-permission"],
    });
  });

  it("a process that could not be looked at for another reason may hold it as well", async () => {
    const changed = engine.holders.changed.bind(engine.holders);
    vi.spyOn(engine.holders, "changed").mockImplementation((process) => {
      if (process.pid === 100) throw new ProcfsError({ code: "EMFILE", message: "cannot read: too many open files" });
      return changed(process);
    });
    expect(await reasons()).toEqual(["no-permission", "time-wait", "kernel"]);
    const { rights, skipped } = await engine.sockets(OPTIONS);
    expect(rights.allProcesses).toBe(false);
    expect(skipped).toMatchObject([{ what: "process", pid: 100, code: "EMFILE" }]);
  });

  it.each([
    ["a zombie", { state: "Z" }],
    ["a thread of the kernel", { flags: 0x00200040 }],
  ])("%s holds nothing, so that nothing is refused", async (_what, options) => {
    proc.process(100, { ...options, fds: "refused" });
    expect(await reasons()).toEqual(["kernel", "time-wait", "kernel"]);
    expect((await engine.sockets(OPTIONS)).skipped).toEqual([]);
    expect(await whoListens(80, { procfs: proc.procfs })).toMatchObject({ kind: "unknown", reasons: ["kernel"] });
  });

  it("a zombie has lost what it held", async () => {
    proc.process(100, { switches: 1, fds: { 3: 11 } });
    expect(await reasons()).toEqual([undefined, "time-wait", "kernel"]);
    proc.process(100, { state: "Z", switches: 2, fds: "refused" });
    expect(await reasons()).toEqual(["kernel", "time-wait", "kernel"]);
  });

  it("the budget", async () => {
    proc.process(200, { fds: { 3: 11, 4: "/a", 5: "/b" } });
    const { sockets, skipped } = await engine.sockets({ ...OPTIONS, budget: { descriptors: 1 } });
    expect(sockets.map(({ ownerless }) => ownerless)).toEqual(["budget", "time-wait", "kernel"]);
    expect(skipped).toEqual([]);
    expect(engine.socketsSync({ ...OPTIONS, budget: { descriptors: 0 } }).sockets[0]!.ownerless).toBe("budget");
    expect(engine.socketsSync({ ...OPTIONS, budget: { descriptors: 100 } }).sockets[0]!.owners).toHaveLength(1);
  });
});

describe("namespaces of a tree", () => {
  it("are told by their links, where every process has files of its own", async () => {
    proc.process(1, { startTime: 1, namespace: 4026531840 });
    proc.process(100, { namespace: 4026531840, fds: { 3: 11 } });
    proc.process(200, { namespace: 4026532999, fds: { 3: 22 } });
    proc.process(300, { namespace: 4026532999 });
    for (const pid of [1, 100]) proc.tcp([tcpRow(80, 11)], pid);
    for (const pid of [200, 300]) proc.tcp([tcpRow(80, 22)], pid);
    expect(networkNamespaces(proc.procfs)).toEqual([
      { inode: 4026531840, pids: [1, 100], current: undefined },
      { inode: 4026532999, pids: [200, 300], current: undefined },
    ]);
    const { sockets, namespaces } = await engine.sockets({ ...OPTIONS, namespaces: "all" });
    expect(sockets.map(({ namespace, inode, owners }) => [namespace, inode, owners![0]!.pid])).toEqual([
      [4026531840, 11, 100],
      [4026532999, 22, 200],
    ]);
    expect(namespaces.map(({ pid, sockets: count }) => [pid, count])).toEqual([
      [1, 1],
      [200, 1],
    ]);
  });

  it("are read through another process when one ends", async () => {
    proc.process(200, { namespace: 4026532999 });
    proc.process(300, { namespace: 4026532999 });
    for (const pid of [200, 300]) proc.tcp([tcpRow(80, 22)], pid);
    const process = proc.procfs.process.bind(proc.procfs);
    const spy = vi.spyOn(proc.procfs, "process").mockImplementation((pid) => {
      if (pid === 200) proc.exit(200);
      return process(pid);
    });
    const { sockets } = await engine.sockets({ ...OPTIONS, namespaces: [4026532999] });
    expect(sockets.map(({ inode }) => inode)).toEqual([22]);
    expect(spy.mock.calls).toEqual([[200], [300]]);
  });

  it("that nobody lives in cannot be read", async () => {
    await expect(engine.sockets({ ...OPTIONS, namespaces: [1] })).rejects.toMatchObject({ code: "ENOENT" });
  });
});
