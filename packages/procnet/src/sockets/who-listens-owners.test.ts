import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Actor } from "../../../../test/support/sockets/actor.ts";
import { Built, notRoot } from "../../../../test/support/sockets/built.ts";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../test/support/sockets/tcp-row.ts";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { sockets, type WhoListens, whoListens, whoListensSync } from "../index.ts";

const reason = missingTools("python3");
const ends: (() => unknown)[] = [];
beforeEach((context) => skipIf(context, reason));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function actor(): Promise<Actor> {
  const one = new Actor();
  ends.push(() => one.end());
  return one;
}

function simulated(): SimulatedProc {
  const proc = new SimulatedProc();
  ends.push(() => proc.remove());
  return proc;
}

/** Owners of one listener: the port may be another's too, on another address. */
function pidsOf({ listeners }: WhoListens, inode: number): number[] {
  return listeners.find((listener) => listener.inode === inode)!.owners.map(({ pid }) => pid);
}

/** Descriptors of a process: so many files, and these sockets. */
function files(count: number, held: Readonly<Record<number, number>>): Record<number, number | string> {
  const fds: Record<number, number | string> = {};
  for (let fd = 0; fd < count; fd++) fds[fd] = "/dev/null";
  return { ...fds, ...held };
}

describe("all owners of a listener", () => {
  it("are those that sockets() knows", async () => {
    const parent = await actor();
    const { port, inode } = await parent.act("a", "open");
    const child = await parent.act("a", "fork");
    const all = await whoListens(port, { owners: "all" });
    const { sockets: found } = await sockets({ protocol: "tcp", localPort: port, state: "LISTEN" });
    const known = found.find((socket) => socket.inode === inode)!.owners!.map(({ pid }) => pid);
    expect(pidsOf(all, inode)).toEqual(known);
    expect(known).toEqual([parent.pid, child.pid].sort((a, b) => a - b));
  });

  it.each([
    ["first", [100], false, ["budget"]],
    [undefined, [100, 200], true, []],
    ["all", [100, 200], true, []],
  ] as const)("owners: %s, where one has it behind 300 files", async (owners, pids, complete, reasons) => {
    const proc = simulated();
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { fds: { 3: 11 } });
    proc.process(200, { fds: files(300, { 306: 11 }) });
    const options = { procfs: proc.procfs, ...(owners && { owners }) };
    const answer = await whoListens(80, options);
    expect(answer).toMatchObject({ kind: "owned", complete, reasons });
    expect(answer.listeners[0]!.owners.map(({ pid }) => pid)).toEqual(pids);
    expect(whoListensSync(80, options)).toEqual(answer);
  });

  it("are not looked for to the end by default where much is left", async () => {
    const proc = simulated();
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { fds: { 3: 11 } });
    proc.process(200, { fds: files(2100, { 2106: 11 }) });
    const answer = await whoListens(80, { procfs: proc.procfs });
    expect(answer).toMatchObject({ kind: "owned", complete: false, reasons: ["budget"] });
    const all = await whoListens(80, { procfs: proc.procfs, owners: "all" });
    expect(all).toMatchObject({ complete: true, listeners: [{ owners: [{ pid: 100 }, { pid: 200 }] }] });
  });

  it("are never said to be complete when a process refused, which may hold it too", async () => {
    const proc = simulated();
    proc.tcp([tcpRow(80, 11)]);
    proc.process(100, { fds: { 3: 11 } });
    proc.process(200, { fds: "refused" });
    for (const owners of ["first", "all"] as const) {
      const answer = await whoListens(80, { procfs: proc.procfs, owners });
      expect(answer).toMatchObject({ kind: "owned", complete: false, reasons: ["no-permission"] });
    }
  });

  it("are complete for root on the running machine, whoever refuses even root", async (context) => {
    skipIf(context, notRoot());
    const parent = await actor();
    const { port, inode } = await parent.act("a", "open");
    const child = await parent.act("a", "fork");
    const answer = await whoListens(port, { owners: "all" });
    expect(answer.complete).toBe(true);
    expect(answer.reasons.filter((reason) => reason !== "no-permission" && reason !== "other-namespace")).toEqual([]);
    expect(pidsOf(answer, inode)).toEqual([parent.pid, child.pid].sort((a, b) => a - b));
  });

  it("are looked for by a search that begins after the question, not by one that is under way", async () => {
    const one = await actor();
    const { port, inode } = await one.act("a", "open");
    const child = await one.act("a", "fork");
    const [, answer] = await Promise.all([sockets(), whoListens(port, { owners: "all" }), sockets()]);
    const pids = [one.pid, child.pid].sort((a, b) => a - b);
    expect(pidsOf(answer, inode)).toEqual(pids);
  });
});

describe("several listeners", () => {
  const tree = (): SimulatedProc => {
    const proc = simulated();
    proc.tcp([tcpRow(80, 11), tcpRow(80, 12)]);
    proc.process(100, { fds: { 3: 11 } });
    return proc;
  };

  it("of which one has no known owner are not owned", async () => {
    const proc = tree();
    proc.process(200, { fds: "refused" });
    const answer = await whoListens(80, { procfs: proc.procfs });
    expect(answer).toMatchObject({ kind: "unknown", complete: false, reasons: ["no-permission"] });
    expect(answer.listeners.map(({ owners, ownerless }) => [owners.map(({ pid }) => pid), ownerless])).toEqual([
      [[100], undefined],
      [[], "no-permission"],
    ]);
  });

  it("one of them the kernel's own: nothing more can be found, and it is complete", async () => {
    const answer = await whoListens(80, { procfs: tree().procfs });
    expect(answer).toMatchObject({ kind: "unknown", complete: true, reasons: ["kernel"] });
  });

  it("of two users, asked by one of them", async (context) => {
    skipIf(context, notRoot() ?? missingTools("setpriv"));
    const built = new Built();
    ends.push(() => built.remove());
    const other = await actor();
    const { port } = await other.act("a", "open", { kind: "tcp6", address: "::1" });
    const body = `
      import { createServer } from "node:net";
      const server = createServer();
      await new Promise((resolve) => server.listen(${port}, "127.77.0.1", resolve));
      const { kind, complete, reasons, listeners } = await procnet.whoListens(${port});
      server.close();
      const known = (address) => listeners.find(({ localAddress }) => localAddress === address).owners.length;
      report({ kind, complete, reasons, owners: [known("127.77.0.1"), known("::1")] });`; // others may have the port elsewhere
    const expected = { kind: "unknown", complete: false, reasons: ["no-permission"], owners: [1, 0] };
    expect(built.runAsNobody(body)).toEqual(expected);
  });
});

it("a listener that is closed while one looks is gone, and no right is blamed for it", async () => {
  const proc = simulated();
  proc.tcp([tcpRow(80, 11)]);
  proc.process(200, { fds: "refused" });
  const rows = [[tcpRow(80, 12)], [tcpRow(80, 13)], [tcpRow(80, 14)], [tcpRow(80, 15)], [tcpRow(80, 16)], []];
  const allProcesses = proc.procfs.allProcessesInSteps.bind(proc.procfs);
  // Every look at the processes finds that the port has changed hands.
  proc.procfs.allProcessesInSteps = function* changing() {
    proc.tcp(rows.shift() ?? []);
    return yield* allProcesses();
  };
  const answer = await whoListens(80, { procfs: proc.procfs });
  expect(answer).toMatchObject({ kind: "unknown", complete: false });
  expect(answer.listeners.map(({ ownerless }) => ownerless)).toEqual(["gone"]);
  expect(answer.reasons).toContain("gone");
  rows.splice(0);
  proc.tcp([tcpRow(80, 11)]);
  expect(await whoListens(80, { procfs: proc.procfs })).toMatchObject({ kind: "free" });
});

// Or one could tell from the row when all owners are found.
it("the kernel leaves the count of a listener's references at 1, however many share it", async () => {
  const one = await actor();
  const { port, inode } = await one.act("a", "open");
  for (let at = 0; at < 3; at++) await one.act("a", "dup");
  await one.act("a", "fork");
  const text = spawnSync("cat", ["/proc/net/tcp"], { encoding: "latin1" }).stdout;
  const row = text.split("\n").find((line) => line.includes(` ${inode} `));
  expect(row!.split(` ${inode} `)[1]!.split(" ")[0]).toBe("1");
  expect(pidsOf(await whoListens(port, { owners: "all" }), inode)).toHaveLength(2);
});

it("a file among the descriptors that is no link, as hands leave them in a copy, costs itself only", async () => {
  const proc = simulated();
  proc.tcp([tcpRow(80, 11)]);
  proc.process(100, { fds: { 3: 11 } });
  proc.write("100/fd/4", "a file");
  expect(await whoListens(80, { procfs: proc.procfs })).toMatchObject({ kind: "owned", complete: true });
  const { skipped } = await sockets({ procfs: proc.procfs, protocol: "tcp" });
  expect(skipped).toEqual([]);
});
