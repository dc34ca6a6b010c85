import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, type TestContext } from "vitest";
import { latin1Bytes } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { type Process, ProcFs } from "../procfs.ts";
import { argumentsIn } from "./process.ts";

const procfs = new ProcFs();
const directory = mkdtempSync(join(tmpdir(), "procnet-process-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The program behind the wrappers that can stand in front of it; empty when there is none. */
const PYTHON =
  spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim() ?? "";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const openFds = (): number => readdirSync(join(procfs.root, "self", "fd")).length;

function skip(context: TestContext, reason: string): void {
  console.log(`skipped: ${context.task.name}: ${reason}`);
  context.skip(reason);
}

/** Runs a Python program that ends with `hold()`. */
async function python(context: TestContext, script: string): Promise<Process> {
  if (PYTHON === "") skip(context, "python3 is not installed");
  const begin =
    "import ctypes,os,sys\nprctl = ctypes.CDLL(None).prctl\ndef hold():\n print(os.getpid(), flush=True); sys.stdin.read()\n";
  const child = spawn(PYTHON, ["-IS", "-c", `${begin}${script}\nhold()`], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  return procfs.process(Number(String((await once(child.stdout!, "data"))[0])));
}

/** Starts a program and waits until it runs: between fork and exec it is still a copy of this one. */
async function start(command: string, args: readonly string[], argv0: string): Promise<Process> {
  const child = spawn(command, args, { argv0, stdio: ["pipe", "ignore", "inherit"] });
  children.push(child);
  await once(child, "spawn");
  return procfs.process(child.pid!);
}

/** Does something with the rights of a user who owns nothing. */
function asNobody<Result>(context: TestContext, act: () => Result): Result {
  if (process.seteuid === undefined || process.geteuid?.() !== 0)
    skip(context, "needs root, outside of a worker thread");
  process.seteuid!(65534);
  try {
    return act();
  } finally {
    process.seteuid!(0);
  }
}

const refused: unknown = expect.objectContaining({
  name: "ProcfsError",
  code: "EACCES",
  message: expect.stringMatching(/CAP_SYS_PTRACE/),
});
const ended: unknown = expect.objectContaining({ name: "ProcfsError", code: "ESRCH" });

/** `undefined` for a process of another test that has ended since it was listed. */
function parentOf(process: Process): number | undefined {
  try {
    return process.stat().ppid;
  } catch (error) {
    if (isProcfsError(error) && error.code === "ESRCH") return undefined;
    throw error;
  }
}

describe("comm and stat", () => {
  it("read a name that imitates the record around it", async (context) => {
    const child = await python(context, `prctl(15, b"a) R (b\\nc", 0, 0, 0)`);
    expect(child.comm()).toBe("a) R (b\nc");
    expect(child.stat()).toMatchObject({ pid: child.pid, comm: "a) R (b\nc", ppid: process.pid, numThreads: 1 });
  });

  it("read a name that ends in a newline, and one that is not UTF-8", async (context) => {
    const newline = await python(context, `prctl(15, b"x\\n", 0, 0, 0)`);
    expect(newline.comm()).toBe("x\n");
    const bytes = await python(context, `prctl(15, b"y\\xff", 0, 0, 0)`);
    expect(bytes.comm()).toBe("y\ufffd");
    expect(bytes.stat().commBytes).toStrictEqual(latin1Bytes("y\xff"));
  });

  it("agree with ps", async (context) => {
    const child = await start("sleep", ["1000"], "sleep");
    await expect.poll(() => child.stat().wchan).toBe(1);
    const columns = "pid,ppid,pgid,sess,tpgid,ni,nlwp,vsz,comm";
    const ps = spawnSync("ps", ["-o", columns, "--no-headers", "-p", String(child.pid)], { encoding: "utf8" });
    if (ps.error) skip(context, "ps is not installed");
    const stat = child.stat();
    const own = [stat.pid, stat.ppid, stat.pgrp, stat.session, stat.tpgid, stat.nice, stat.numThreads];
    const read = [...own, stat.vsize / 1024, stat.comm];
    expect(read.map(String)).toStrictEqual(ps.stdout.trim().split(/ +/));
  });

  it("give every field of the record as it stands there", async (context) => {
    const child = await python(context, `prctl(15, b"a b", 0, 0, 0)`);
    await expect.poll(() => child.stat().state).toBe("S");
    const text = spawnSync("cat", [join(procfs.root, String(child.pid), "stat")], { encoding: "utf8" }).stdout;
    const { pid, comm, extra = [], ...fields } = child.stat({ bigint: true });
    const values = Object.values(fields).filter((value) => value !== undefined);
    expect(`${pid} (${comm}) ${[...values, ...extra].join(" ")}\n`).toBe(text);
  });

  it("give times that pass", () => {
    const before = procfs.self().stat();
    for (const end = performance.now() + 60; performance.now() < end; );
    const after = procfs.self().stat();
    expect(after.utime + after.stime).toBeGreaterThan(before.utime + before.stime);
    expect(after.starttime).toBe(before.starttime);
  });

  it("give 64-bit values exactly on demand", () => {
    const own = procfs.self();
    expect(own.stat({ bigint: true }).rsslim).toBeTypeOf("bigint");
    expect(own.stat({ bigint: true }).startcode).toBe(BigInt(own.stat().startcode));
  });
});

describe("cmdline", () => {
  it("keeps empty arguments, and those with blanks and newlines", async () => {
    const args = ["-c", "read x; exit", "", "a b\n", ""];
    const child = await start("sh", args, "odd name)");
    expect(child.cmdline()).toStrictEqual(["odd name)", ...args]);
  });

  it("is empty for a zombie", async (context) => {
    const parent = await python(
      context,
      `if os.fork() == 0: os._exit(0)\nos.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)`,
    );
    const zombie = [...procfs.allProcesses()].find((process) => parentOf(process) === parent.pid)!;
    expect(zombie.stat().state).toBe("Z");
    expect(zombie.cmdline()).toStrictEqual([]);
    expect([...zombie.fds()]).toStrictEqual([]);
    expect(() => zombie.exe()).toThrow(
      expect.objectContaining({ code: "ENOENT", message: expect.stringMatching(/zombies/) }),
    );
    expect(() => zombie.networkNamespace()).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });

  it("takes a title without a NUL behind it whole", async (context) => {
    // Bytes up to the last of the arguments, as setproctitle writes them, so that no NUL ends them.
    const child = await python(
      context,
      `f = open("/proc/self/stat").read().rsplit(")", 1)[1].split(); a, e = int(f[45]), int(f[46])
ctypes.memset(a, 65, e - a); ctypes.memset(e, 0, 1)`,
    );
    expect(child.cmdline()).toStrictEqual([expect.stringMatching(/^A+$/)]);
  });
});

describe("exe and cwd", () => {
  it("are paths, with the kernel's suffix once they are deleted", async () => {
    const program = join(directory, "prog");
    copyFileSync(procfs.self().exe(), program);
    const child = await start(program, ["-e", "process.stdin.resume()"], "x");
    expect(child.exe()).toBe(program);
    expect(child.cwd()).toBe(process.cwd());
    unlinkSync(program);
    expect(child.exe()).toBe(`${program} (deleted)`);
  });

  it("do not confuse a file that is called so with one that is deleted more than the kernel does", async () => {
    const program = join(directory, "prog2");
    copyFileSync(procfs.self().exe(), program);
    renameSync(program, `${program} (deleted)`);
    const child = await start(`${program} (deleted)`, ["-e", "process.stdin.resume()"], "x");
    expect(child.exe()).toBe(`${program} (deleted)`);
    expect(statSync(child.exe()).isFile()).toBe(true);
  });
});

describe("cgroup, namespaces, uid, net", () => {
  it("reads the groups that cat prints", () => {
    const text = spawnSync("cat", [join(procfs.root, String(process.pid), "cgroup")], { encoding: "utf8" }).stdout;
    const lines = procfs
      .self()
      .cgroup()
      .map((entry) => `${entry.hierarchy}:${entry.controllers.join(",")}:${entry.path}\n`);
    expect(lines.join("")).toBe(text);
    expect(text).not.toBe("");
  });

  it("tells another network namespace", async (context) => {
    const own = procfs.self().networkNamespace();
    const link = spawnSync("readlink", [join(procfs.root, "self", "ns", "net")], { encoding: "utf8" }).stdout;
    expect(link).toBe(`net:[${own}]\n`);
    if (spawnSync("unshare", ["-n", "true"]).status !== 0) skip(context, "unshare -n is not permitted");
    const child = await python(context, `import subprocess; ctypes.CDLL(None).unshare(0x40000000)`);
    expect(child.networkNamespace()).not.toBe(own);
    expect([...child.net.devStatus().keys()]).toStrictEqual(["lo"]);
  });

  it("gives the effective user, also of a process that cannot be dumped", async (context) => {
    if (process.getuid?.() !== 0) skip(context, "needs root");
    const child = await python(context, `os.setresuid(1234, 4321, 1234); prctl(4, 0, 0, 0, 0)`);
    expect(child.uid).toBe(4321);
    expect(statSync(join(procfs.root, String(child.pid), "fd")).uid).toBe(0);
    expect(procfs.self().uid).toBe(process.geteuid!());
  });
});

describe("rights", () => {
  it("are named when they are missing", async (context) => {
    const child = await start("sleep", ["1000"], "sleep");
    const reads: (() => unknown)[] = [
      () => [...child.fds()],
      () => child.exe(),
      () => child.cwd(),
      () => child.networkNamespace(),
    ];
    for (const read of reads) {
      expect(read).not.toThrow();
      expect(() => asNobody(context, read)).toThrow(refused);
    }
  });

  it("are not needed for what everybody may read", async (context) => {
    const child = await start("sleep", ["1000"], "sleep");
    await expect.poll(() => child.stat().wchan).toBe(1);
    const read = (): unknown[] => [child.comm(), child.uid, child.cmdline(), child.cgroup(), child.stat().starttime];
    expect(asNobody(context, read)).toStrictEqual(read());
    expect(child.stat().startcode).toBeGreaterThan(1);
    expect(asNobody(context, () => child.stat().startcode)).toBe(1);
  });

  it("are not needed to count descriptors since Linux 6.2", async (context) => {
    if (statSync(join(procfs.root, "self", "fd")).size === 0) skip(context, "this kernel is older");
    const child = await start("sleep", ["1000"], "sleep");
    await expect.poll(() => child.stat().wchan).toBe(1);
    expect(asNobody(context, () => child.fdCount())).toBe(child.fdCount());
    expect(child.fdCount()).toBe([...child.fds()].length);
  });
});

describe("a process that has ended", () => {
  it("is typed by every method", async (context) => {
    const gone = await python(context, "");
    const child = children.at(-1)!;
    expect(gone.comm()).toMatch(/python/);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(() => gone.stat()).toThrow(ended);
    expect(() => gone.comm()).toThrow(ended);
    expect(() => gone.cmdline()).toThrow(ended);
    expect(() => gone.exe()).toThrow(ended);
    expect(() => gone.cwd()).toThrow(ended);
    expect(() => gone.cgroup()).toThrow(ended);
    expect(() => gone.networkNamespace()).toThrow(ended);
    expect(() => gone.fds().next()).toThrow(ended);
    expect(() => gone.uid).toThrow(ended);
  });
});

it("leaves no descriptor open in 1,000 rounds", () => {
  const own = procfs.self();
  const gone = procfs.process(999_999_999);
  const before = openFds();
  for (let round = 0; round < 1000; round++) {
    own.stat();
    own.comm();
    own.cgroup();
    own.exe();
    own.fdCount();
    own.networkNamespace();
    expect(() => gone.stat()).toThrow();
    expect(() => own.stat({ path: "x" })).not.toThrow();
  }
  expect(openFds()).toBe(before);
});

it("leaves out the arguments that a title made empty, as ps does", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const read = (text: string): string[] => argumentsIn(bytes(text), bytes(text).length);
  expect(read(`my-server${"\0".repeat(100)}`)).toEqual(["my-server"]);
  expect(read("a\0\0b\0")).toEqual(["a", "", "b"]);
  expect(read("a\0b\0\0")).toEqual(["a", "b", ""]);
  expect(read("\0\0")).toEqual([""]);
  expect(read("")).toEqual([]);
});

describe("the sockets of a process", () => {
  it("are those that its descriptors lead to, with their inodes", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const self = new ProcFs().self();
      const all = [...self.fds()].flatMap(({ fd, target }) => (target.kind === "socket" ? [[fd, target.inode]] : []));
      expect(self.socketFds()).toEqual(all);
      const { port } = server.address() as { port: number };
      const [row] = new ProcFs().net.tcp({ where: { state: "LISTEN", localPort: port } });
      expect(self.socketFds().map(([, inode]) => inode)).toContain(row!.inode);
    } finally {
      server.close();
    }
  });

  it("of one that has ended are an error", () => {
    expect(() => new ProcFs().process(4_000_000).socketFds()).toThrow(expect.objectContaining({ code: "ESRCH" }));
  });
});

it("the arguments come as bytes, no more of them than wanted", () => {
  const self = new ProcFs().self();
  const whole = readFileSync(`/proc/${self.pid}/cmdline`).subarray(0, 4096);
  expect(Buffer.from(self.cmdlineBytes())).toEqual(whole);
  expect(Buffer.from(self.cmdlineBytes(3))).toEqual(whole.subarray(0, 3));
});
