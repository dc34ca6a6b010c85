import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcFs, type SocketOwner, type WhoListens, whoListens } from "procnet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testIo } from "../../../../../test/support/command/io.ts";
import { procnet } from "../../../../../test/support/command/run.ts";
import { missingTools, skipIf } from "../../../../../test/support/tools.ts";
import { killListeners } from "./kill.ts";
import { holdersOf, lastLook, sparedBecause, uidTest } from "./kill-plan.ts";

const reason = missingTools("python3");
const notRoot = process.getuid?.() === 0 ? undefined : "only root can become somebody else";
const children: ChildProcess[] = [];
beforeEach((context) => skipIf(context, reason));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A program in Python that prints a line of numbers when it is ready, and waits. */
async function python(lines: readonly string[]): Promise<{ child: ChildProcess; numbers: number[] }> {
  const program = ["import array, os, resource, signal, socket, sys, time", ...lines, "time.sleep(600)"].join("\n");
  const child = spawn("python3", ["-IS", "-c", program], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [text] = (await once(child.stdout!, "data")) as [Buffer];
  return { child, numbers: text.toString().trim().split(" ").map(Number) };
}

/** Ends what a test forked: it is nobody's child here. */
function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return new ProcFs().process(pid).stat().state !== "Z";
  } catch {
    return false;
  }
};

const kill = (port: number, ...more: string[]) =>
  procnet(["port", String(port), "--kill", "--yes", "--timeout", "500ms", ...more]);

/** A user's listener, which a process of root has received from it unasked; port, its maker, and who received it. */
const RECEIVED = [
  "ours, theirs = socket.socketpair()",
  "daemon = os.fork()",
  "if daemon == 0:",
  "    ours.close()",
  "    rights = theirs.recvmsg(1, socket.CMSG_SPACE(4))[1]",
  "    theirs.send(b'x')",
  "    time.sleep(600)",
  "theirs.close()",
  "os.seteuid(65534)",
  "listener = socket.create_server(('127.0.0.1', 0))",
  "ours.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [listener.fileno()]))])",
  "ours.recv(1)",
  "print(listener.getsockname()[1], os.getpid(), daemon, flush=True)",
];

describe("who holds what another user opened", () => {
  it("is named and left alone, with --yes too, and signalled only when that is asked for", async (context) => {
    skipIf(context, notRoot);
    const { child, numbers } = await python(RECEIVED);
    const [port = 0, , daemon = 0] = numbers;
    try {
      const { code, err } = await kill(port);
      expect(err).toContain(`python3[${daemon}] is of uid 0, and holds what uid 65534 opened: it is left alone`);
      expect(err).toContain(`sent SIGTERM to python3[${child.pid}]`);
      expect(err).not.toContain(`sent SIGTERM to python3[${daemon}]`);
      expect(err).toMatch(/somebody still listens; .*got none: --other-users signals it\n$/);
      // What a harder signal would do to who got none is not said.
      expect(err).not.toContain("--signal KILL");
      expect(code).toBe(4);
      expect(isAlive(daemon)).toBe(true);
      const second = await kill(port);
      expect(second.err).toContain("nothing was killed: nobody who listens is signalled without --other-users");
      expect(second.code).toBe(4);
      expect(isAlive(daemon)).toBe(true);
      const third = await kill(port, "--other-users");
      expect(third).toMatchObject({ code: 0, out: expect.stringContaining("free") });
      expect(isAlive(daemon)).toBe(false);
    } finally {
      end(daemon);
    }
  });

  it("such as a worker that gave up root's rights goes with its parent, which kept them", async (context) => {
    skipIf(context, notRoot);
    const { numbers } = await python([
      "listener = socket.create_server(('127.0.0.1', 0))",
      "worker = os.fork()",
      "if worker == 0:",
      "    os.setuid(65534)",
      "    parent = os.getppid()",
      "    while os.getppid() == parent: time.sleep(.01)",
      "    os._exit(0)",
      "time.sleep(.2)",
      "print(listener.getsockname()[1], worker, flush=True)",
    ]);
    const [port = 0, worker = 0] = numbers;
    const { code, out, err } = await procnet(["port", String(port), "--kill", "--yes"]);
    expect(err).toContain(`python3[${worker}] is of uid 65534, and holds what uid 0 opened: it is left alone`);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("free") });
  });

  it("keeps nobody by handing the port to an ancestor of procnet", () => {
    const mine = { pid: process.ppid, uid: 0, program: "shell", comm: "shell", cmdline: [], startTime: 1 };
    const theirs = { pid: 2 ** 30, uid: 65534, program: "theirs", comm: "theirs", cmdline: [], startTime: 1 };
    const listeners = [{ inode: 7, uid: 65534, owners: [mine, theirs] }];
    const answer = { kind: "owned", complete: true, reasons: [], listeners } as unknown as WhoListens;
    const io = testIo({ ask: async () => false });
    const asked = killListeners(
      async () => [answer],
      new ProcFs(),
      { header: true, color: "auto", source: "auto" },
      io,
    );
    return expect(asked)
      .rejects.toThrow("nothing was killed")
      .then(() => expect(io.printed.err).toMatch(/^procnet: shell\[\d+\] is .*procnet.*: it is left alone\n/));
  });

  it("is shown with its own uid, and with that of who opened it", async (context) => {
    skipIf(context, notRoot);
    const { child, numbers } = await python(RECEIVED);
    const [port = 0, , daemon = 0] = numbers;
    try {
      const { out } = await procnet(["port", String(port), "--csv"]);
      const [head, ...rows] = out.trim().split("\n");
      const at = (row: string, key: string): string | undefined => row.split(",")[head!.split(",").indexOf(key)];
      const seen = rows.map((row) => [at(row, "pid"), at(row, "uid"), at(row, "socketuid")]);
      const expected = [
        [child.pid!, 65534],
        [daemon, 0],
      ].map(([pid, uid]) => [String(pid), String(uid), "65534"]);
      expect(seen).toEqual(expected.sort(([a], [b]) => Number(a) - Number(b)));
    } finally {
      end(daemon);
    }
  });
});

describe("what holds the port for a container", () => {
  it("is left alone, with --yes too, and signalled only when that is asked for", async () => {
    const { child, numbers } = await python([
      "s = socket.create_server(('127.0.0.1', 0))",
      "open('/proc/self/comm', 'w').write('passt.avx2')",
      "print(s.getsockname()[1], flush=True)",
    ]);
    const [port = 0] = numbers;
    const { code, err } = await kill(port);
    expect(err).toContain(`[${child.pid}] is a virtual machine's`);
    expect(err).toContain(`[${child.pid}] is left alone: --container-ports signals it`);
    expect(err).toMatch(/nobody who listens is signalled without --container-ports\n$/);
    expect(err).not.toContain("sent SIG");
    expect(code).toBe(4);
    expect(isAlive(child.pid!)).toBe(true);
    expect((await kill(port, "--other-users")).code).toBe(4);
    expect(isAlive(child.pid!)).toBe(true);
    expect(await kill(port, "--container-ports")).toMatchObject({ code: 0 });
  });
});

it("every holder is found before the first signal, also behind 300 files", async () => {
  const { child, numbers } = await python([
    "s = socket.create_server(('127.0.0.1', 0))",
    "ready, tell = os.pipe()",
    "pid = os.fork()",
    "if pid == 0:",
    "    for _ in range(300): os.open('/dev/null', 0)",
    "    os.dup2(s.fileno(), 306)",
    "    s.close()",
    "    os.write(tell, b'x')",
    "    time.sleep(600)",
    "os.read(ready, 1)",
    "print(s.getsockname()[1], pid, flush=True)",
  ]);
  const [port = 0, other = 0] = numbers;
  try {
    const questions: string[] = [];
    const ask = async (question: string): Promise<boolean> => questions.push(question) > 0;
    const { code } = await procnet(["port", String(port), "--kill"], { ask });
    const asked = questions.map((question) => Number(/\[(\d+)\]/.exec(question)?.[1]));
    expect(asked.sort((a, b) => a - b)).toEqual([child.pid!, other].sort((a, b) => a - b));
    expect(code).toBe(0);
  } finally {
    end(other);
  }
});

it("tells before it asks that not all holders can be seen", async () => {
  const { numbers } = await python([
    "s = socket.create_server(('127.0.0.1', 0))",
    "print(s.getsockname()[1], flush=True)",
  ]);
  const seen = await whoListens(numbers[0]!, { owners: "all" });
  const refused: WhoListens = { ...seen, complete: false, reasons: ["no-permission"] };
  let before = "";
  const io = testIo({
    ask: async () => {
      before = io.printed.err;
      return false;
    },
  });
  const asked = killListeners(async () => [refused], new ProcFs(), { header: true, color: "auto", source: "auto" }, io);
  await expect(asked).rejects.toThrow("nothing was killed");
  expect(before).toMatch(/^procnet: not all that may hold the port can be seen: .*look into/);
});

describe("right before the signal", () => {
  const holder = (owner: Partial<SocketOwner>, inode: number) => ({
    owner: owner as SocketOwner,
    inodes: new Set([inode]),
    uids: new Set([0]),
  });

  it("it must be the same process, of the same user, that has the socket", async () => {
    const { child, numbers } = await python([
      "s = socket.create_server(('127.0.0.1', 0))",
      "print(os.fstat(s.fileno()).st_ino, flush=True)",
    ]);
    const procfs = new ProcFs();
    const [inode = 0] = numbers;
    const { pid, uid } = procfs.process(child.pid!);
    const startTime = procfs.process(pid).stat().starttime;
    expect(lastLook(holder({ pid, uid, startTime }, inode), procfs)).toBe("same");
    expect(lastLook(holder({ pid, uid, startTime: startTime - 1 }, inode), procfs)).toBe("other");
    expect(lastLook(holder({ pid, uid: uid + 1, startTime }, inode), procfs)).toBe("other");
    expect(lastLook(holder({ pid, uid, startTime }, inode + 1), procfs)).toBe("other");
    expect(lastLook(holder({ pid: 2 ** 30, uid, startTime }, inode), procfs)).toBe("other");
  });
});

describe("user ids of a user namespace", () => {
  it("are compared where each names one user: all without a number are shown as one", () => {
    const root = mkdtempSync(join(tmpdir(), "procnet-uids-"));
    try {
      mkdirSync(join(root, "self"));
      const test = (map: string) => {
        writeFileSync(join(root, "self", "uid_map"), map);
        return uidTest(new ProcFs({ root }));
      };
      // The map of the first user namespace, uid_m_show (kernel/user_namespace.c); that of a rootless container.
      expect(test("         0          0 4294967295\n")(65534)).toBe(true);
      const nested = test("         0       1000          1\n         1     100000      65536\n");
      expect([nested(0), nested(33), nested(65534)]).toEqual([true, true, false]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("an owner without a number is spared, as its socket's may be another one's", () => {
    const owner = { pid: 5, uid: 65534, program: "x", comm: "x", cmdline: [] } as unknown as SocketOwner;
    const listeners = [{ inode: 7, uid: 65534, owners: [owner] }];
    const [holder] = holdersOf([{ listeners } as unknown as WhoListens]);
    expect(sparedBecause(holder!, {}, (uid) => uid !== 65534)).toBe("other-user");
    expect(sparedBecause(holder!, {}, () => true)).toBeUndefined();
    expect(sparedBecause(holder!, { otherUsers: true }, (uid) => uid !== 65534)).toBeUndefined();
  });
});

it.each(["SIGINT", "sigint", "2", "INT"])("--signal %s is SIGINT, as kill(1) takes it", async (signal) => {
  const { numbers, child } = await python([
    "s = socket.create_server(('127.0.0.1', 0))",
    "signal.signal(signal.SIGINT, signal.SIG_DFL)",
    "print(s.getsockname()[1], flush=True)",
  ]);
  const ended = once(child, "exit");
  const { err, code } = await procnet(["port", String(numbers[0]), "--kill", "--yes", "--signal", signal]);
  expect(err).toContain(`sent SIGINT to python3[${child.pid}]`);
  expect(code).toBe(0);
  expect(await ended).toEqual([null, "SIGINT"]);
});

it("flags that widen who is signalled, and signals, belong to --kill; a wrong signal is told", async () => {
  for (const flag of ["--other-users", "--container-ports", "--yes"]) {
    expect(await procnet(["port", "80", flag])).toMatchObject({ code: 2, err: `procnet: ${flag} belongs to --kill\n` });
  }
  for (const wrong of ["99", "SIGFOO", "KIL"]) {
    const { code, err } = await procnet(["port", "80", "--kill", "--signal", wrong]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(wrong) });
  }
});
