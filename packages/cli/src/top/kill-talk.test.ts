import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { baseProcFs, type SocketOwner } from "procnet";
import { afterEach, expect, it } from "vitest";
import type { Holder } from "../commands/kill/kill-plan.ts";
import { KillTalk } from "./kill-talk.ts";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

const procfs = baseProcFs();
const uid = process.getuid!();

/** A process as it holds a socket of this user. */
function holderOf(pid: number, inode = 1, more: Partial<SocketOwner> = {}): Holder {
  const { starttime: startTime, comm } = procfs.process(pid).stat();
  const info = { program: comm, comm, cmdline: [comm, "--flag"], exe: undefined, fds: [3], cgroup: undefined };
  const owner = { ...info, pid, uid, startTime, container: undefined, unit: undefined, ...more };
  return { owner, inodes: new Set([inode]), uids: new Set([uid]) };
}

/** A program that listens, and the inode of its socket. */
async function listening(): Promise<Holder> {
  const program = `require("net").createServer().listen(0, "127.0.0.1", () => console.log("stands"))`;
  child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  const fds = [...procfs.process(child.pid!).fds()];
  const sockets = fds.flatMap(({ target }) => (target.kind === "socket" ? target.inode : []));
  const holder = holderOf(child.pid!);
  return { ...holder, inodes: new Set(sockets) };
}

it("ends nobody of another machine, and says so where nobody is to be ended", () => {
  expect(new KillTalk(undefined).begin([holderOf(process.pid)]).message).toContain("another procfs");
  expect(new KillTalk(procfs).begin([]).message).toContain("nobody is seen to hold this");
});

it("refuses itself, its ancestors and the first process without asking", () => {
  const said = new KillTalk(procfs).begin([holderOf(process.pid), holderOf(process.ppid), holderOf(1)]);
  expect(said.question).toBeUndefined();
  expect(said.message).toMatch(/is procnet itself.*; not killed: .*(ancestor|first process)/);
});

it("spares who holds what another user opened, and who holds ports for others", async () => {
  const holder = await listening();
  const talk = new KillTalk(procfs);
  expect(talk.begin([{ ...holder, uids: new Set([uid + 1]) }]).message).toContain("--other-users");
  expect(talk.begin([{ ...holder, owner: { ...holder.owner, program: "docker-proxy" } }]).message).toContain(
    "--container-ports",
  );
  expect(child!.exitCode).toBeNull();
});

it("asks about each, and signals those for which the answer is yes", async () => {
  const holder = await listening();
  const talk = new KillTalk(procfs);
  const question = `Kill ${holder.owner.program}[${holder.owner.pid}] (uid ${uid})`;
  expect(talk.begin([holder, holder]).question).toContain(question);
  expect(talk.answer(false).question).toContain(question);
  expect(talk.answer(true).message).toMatch(/was left alone; sent SIGTERM to/);
  await once(child!, "exit");
  expect(child!.signalCode).toBe("SIGTERM");
});

it("looks again right before the signal", async () => {
  const holder = await listening();
  const talk = new KillTalk(procfs);
  talk.begin([{ ...holder, inodes: new Set([1]) }]);
  expect(talk.answer(true).message).toContain("does not hold it any more: it was left alone");
  const other = { ...holder.owner, startTime: holder.owner.startTime + 1 };
  talk.begin([{ ...holder, owner: other }]);
  expect(talk.answer(true).message).toContain("it was left alone");
  expect(child!.exitCode).toBeNull();
});
