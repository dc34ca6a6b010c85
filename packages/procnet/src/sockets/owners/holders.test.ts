import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Actor } from "../../../../../test/support/sockets/actor.ts";
import { missingTools, skipIf } from "../../../../../test/support/tools.ts";
import { socketFds } from "../../host/socket-fds.ts";
import { ProcFs, type Skipped, SocketEngine, whoListens } from "../../index.ts";
import { runSync } from "../drive.ts";
import { planOf } from "../tables/plan.ts";
import { readTables } from "../tables/read-tables.ts";

const reason = missingTools("python3");
const ends: (() => unknown)[] = [];
beforeEach((context) => skipIf(context, reason));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A program in Python that says a line when it is ready; it ends with the test. */
async function python(lines: readonly string[]): Promise<[ChildProcess, string]> {
  const program = ["import ctypes, os, socket, sys, threading", ...lines].join("\n");
  const child = spawn("python3", ["-IS", "-c", program], { stdio: ["pipe", "pipe", "inherit"] });
  ends.push(() => child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return [child, line as string];
}

it("a process whose main thread has ended before the others still holds its sockets", async () => {
  const [{ pid }, line] = await python([
    "sock = socket.create_server(('127.0.0.1', 0))",
    "def rest():",
    "    while open(f'/proc/{os.getpid()}/stat').read().split()[2] != 'Z': pass",
    "    print(sock.getsockname()[1], flush=True)",
    "    sys.stdin.read()",
    "threading.Thread(target=rest).start()",
    "ctypes.CDLL(None).pthread_exit(None)",
  ]);
  const localPort = Number(line);
  const owner = { pid, fds: [expect.any(Number)], comm: "python3", exe: expect.stringContaining("python") };
  using engine = new SocketEngine();
  for (let round = 0; round < 2; round++) {
    const { sockets } = await engine.sockets({ protocol: "tcp", state: "LISTEN", localPort });
    expect(sockets).toMatchObject([{ owners: [{ ...owner, cmdline: expect.arrayContaining(["-IS"]) }] }]);
  }
  expect(await whoListens(localPort)).toMatchObject({ kind: "owned", listeners: [{ owners: [owner] }] });
});

it("descriptors opened in gaps while the others are read hide none of them", async () => {
  const actor = new Actor();
  ends.push(() => actor.end());
  await actor.act("", "fill", { count: 300 });
  const { inode, fd } = await actor.act("top", "open");
  await actor.act("top", "move", { fd: fd + 20 });
  const steps = socketFds(`/proc/${actor.pid}`, {});
  steps.next();
  for (const name of ["a", "b", "c"]) await actor.act(name, "open");
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    expect([...value]).toEqual(expect.arrayContaining([fd + 20, inode]));
    break;
  }
});

it("a process that ends while its few descriptors are read has ended, and is not one without sockets", async () => {
  const actor = new Actor();
  ends.push(() => actor.end());
  await actor.act("", "fill", { count: 200 });
  const processDirectory = `/proc/${actor.pid}`;
  const steps = socketFds(processDirectory, { processDirectory });
  steps.next();
  await actor.end();
  expect(() => steps.next()).toThrow(expect.objectContaining({ code: "ESRCH" }));
});

it("a namespace is read through another process than one that has become a zombie", async () => {
  const [{ pid }, line] = await python([
    "sock = socket.create_server(('127.0.0.1', 0))",
    "child = os.fork()",
    "if child == 0: os._exit(0)",
    "os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)",
    "print(child, sock.getsockname()[1], flush=True)",
    "sys.stdin.read()",
  ]);
  const [zombie = 0, localPort = 0] = line.split(" ").map(Number);
  const procfs = new ProcFs();
  const { ino: inode } = statSync("/proc/self/ns/net");
  const read = (pids: readonly number[]): [through: number | undefined, found: number, skipped: Skipped[]] => {
    const skipped: Skipped[] = [];
    let found = 0;
    const source = { context: procfs.context, inode, pids, place: (of?: number) => procfs.process(of!).place };
    const plan = planOf({ protocol: "tcp", state: "LISTEN", localPort }, "sockets", procfs);
    return [runSync(readTables(source, plan, false, skipped, () => found++)).pid, found, skipped];
  };
  expect(read([zombie, pid!])).toEqual([pid, 1, []]);
  expect(read([zombie])).toMatchObject([undefined, 0, [{ what: "namespace", namespace: inode, code: "ESRCH" }]]);
  // Its files are missing because it has ended, not because this kernel lacks them.
  await expect(whoListens(localPort, { pid: zombie })).rejects.toMatchObject({
    code: "ESRCH",
    message: expect.stringContaining("zombie"),
  });
});
