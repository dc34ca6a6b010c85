import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, type TestContext } from "vitest";
import { latin1Bytes } from "../bytes/strings.ts";
import type { FdTarget } from "../process/fd-target.ts";
import { ProcFs } from "../procfs.ts";
import type { Fd } from "./fds.ts";

const procfs = new ProcFs();
const directory = mkdtempSync(join(tmpdir(), "procnet-fds-"));
// One of its paths is too long for node to remove.
afterAll(() => spawnSync("rm", ["-rf", directory]));

/** The program behind the wrappers that can stand in front of it; empty when there is none. */
const PYTHON =
  spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim() ?? "";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

interface Held {
  readonly pid: number;
  /** What the program printed. */
  readonly said: Record<string, number>;
  readonly child: ChildProcess;
}

/** Runs a Python program that prints numbers by name and then holds what it opened until it is killed. */
async function hold(context: TestContext, script: string, args: readonly string[] = []): Promise<Held> {
  if (PYTHON === "") skip(context, "python3 is not installed");
  const program = `import json,os,sys,socket\ndef say(**v):\n print(json.dumps(v | {"pid": os.getpid()}), flush=True)\n sys.stdin.read()\n${script}`;
  const child = spawn(PYTHON, ["-IS", "-c", program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const said: Record<string, number> = JSON.parse(String((await once(child.stdout!, "data"))[0]));
  return { pid: said.pid!, said, child };
}

/** Skips the test, and says why. */
function skip(context: TestContext, reason: string): void {
  console.log(`skipped: ${context.task.name}: ${reason}`);
  context.skip(reason);
}

const targets = (pid: number): Map<number, FdTarget> =>
  new Map(Array.from(procfs.process(pid).fds(), ({ fd, target }) => [fd, target]));
const openFds = (): number => readdirSync(join(procfs.root, "self", "fd")).length;
/** How many times this process has the directory open. */
const listings = (pid: number): number =>
  [...targets(process.pid).values()].filter(
    (target) => "path" in target && target.path.startsWith(join(procfs.root, `${pid}`, "fd")),
  ).length;

describe("fds", () => {
  it("tells sockets, pipes and anonymous objects apart, with the numbers that stat gives", async (context) => {
    const { pid, said } = await hold(
      context,
      `
s = socket.socket(); u = socket.socketpair()[0]; r, w = os.pipe(); e = os.eventfd(0) if hasattr(os, "eventfd") else os.open("/dev/null", 0)
import select; p = select.epoll(); k = os.pidfd_open(os.getpid()); n = os.open("/proc/self/ns/net", os.O_RDONLY)
ino = lambda fd: os.fstat(fd).st_ino
say(s=s.fileno(), si=ino(s.fileno()), u=u.fileno(), ui=ino(u.fileno()), r=r, w=w, ri=ino(r), e=e, p=p.fileno(), k=k, n=n, ni=ino(n))`,
    );
    const seen = targets(pid);
    expect(seen.get(said.s!)).toStrictEqual({ kind: "socket", inode: said.si });
    expect(seen.get(said.u!)).toStrictEqual({ kind: "socket", inode: said.ui });
    expect(seen.get(said.r!)).toStrictEqual({ kind: "pipe", inode: said.ri });
    expect(seen.get(said.w!)).toStrictEqual({ kind: "pipe", inode: said.ri });
    expect(seen.get(said.p!)).toStrictEqual({ kind: "anonInode", name: "eventpoll" });
    expect(seen.get(said.e!)).toStrictEqual({ kind: "anonInode", name: "eventfd" });
    expect(seen.get(said.k!)?.kind).toBe("pidfd");
    expect(seen.get(said.n!)).toStrictEqual({ kind: "namespace", type: "net", inode: said.ni });
    expect(said.ni).toBe(procfs.process(pid).networkNamespace());
  });

  it("reads memory files, deleted files, files called so, and paths that are not UTF-8", async (context) => {
    const { pid, said } = await hold(
      context,
      `
d = os.fsencode(sys.argv[1]) + b"/"
make = lambda name: os.open(d + name, os.O_RDWR | os.O_CREAT)
m = os.memfd_create("a (deleted) b\\n"); g = make(b"gone"); os.unlink(d + b"gone"); l = make(b"x (deleted)"); b = make(b"\\xff")
say(m=m, g=g, l=l, b=b, y=os.open(d, os.O_RDONLY))`,
      [directory],
    );
    const seen = targets(pid);
    const path = (name: string): string => join(directory, name);
    expect(seen.get(said.m!)).toStrictEqual({ kind: "memfd", name: "a (deleted) b\n" });
    expect(seen.get(said.g!)).toStrictEqual({
      kind: "deleted",
      path: path("gone"),
      raw: `${path("gone")} (deleted)`,
    });
    expect(seen.get(said.l!)).toStrictEqual({ kind: "deleted", path: path("x"), raw: path("x (deleted)") });
    expect(seen.get(said.b!)).toStrictEqual({
      kind: "path",
      path: path("\ufffd"),
      pathBytes: latin1Bytes(path("\xff")),
    });
    expect(seen.get(said.y!)).toStrictEqual({ kind: "path", path: directory });
  });

  it("goes on behind a path that is too long for the kernel", async (context) => {
    const { pid, said } = await hold(
      context,
      `
os.chdir(sys.argv[1])
for _ in range(25):
  os.mkdir("d" * 200); os.chdir("d" * 200)
say(l=os.open("deep", os.O_CREAT | os.O_RDWR), s=socket.socket().detach())`,
      [directory],
    );
    const seen = targets(pid);
    expect(seen.get(said.l!)).toStrictEqual({ kind: "unreadable", code: "ENAMETOOLONG" });
    expect(seen.get(said.s!)?.kind).toBe("socket");
  });

  it("goes on behind what is no link in a tree that was copied by hand", () => {
    const root = join(directory, "copied");
    const fds = join(root, "7", "fd");
    mkdirSync(fds, { recursive: true });
    symlinkSync("socket:[11]", join(fds, "3"));
    writeFileSync(join(fds, "4"), "socket:[12]");
    mkdirSync(join(fds, "5"));
    symlinkSync("socket:[13]", join(fds, "6"));
    for (const name of ["notes", "07", "-1", "1e3"]) writeFileSync(join(fds, name), "");
    const process = new ProcFs({ root }).process(7);
    const seen = Array.from(process.fds()).sort((a, b) => a.fd - b.fd);
    expect(seen).toStrictEqual([
      { fd: 3, target: { kind: "socket", inode: 11 } },
      { fd: 4, target: { kind: "unreadable", code: "EINVAL" } },
      { fd: 5, target: { kind: "unreadable", code: "EINVAL" } },
      { fd: 6, target: { kind: "socket", inode: 13 } },
    ]);
    expect(process.fdCount()).toBe(4);
  });

  it("agrees with readlink on every descriptor, lowest first", async (context) => {
    const { pid } = await hold(context, `x = [socket.socket() for _ in range(300)]; say()`);
    const links = join(procfs.root, String(pid), "fd");
    const expected = readdirSync(links).map((fd): [number, string] => [Number(fd), readlinkSync(join(links, fd))]);
    const read = Array.from(procfs.process(pid).fds(), ({ fd, target }): [number, string] => [fd, linkText(target)]);
    expect(read.length).toBeGreaterThan(300);
    expect(read).toStrictEqual(expected.sort(([a], [b]) => a - b));
  });

  it("agrees with lsof on socket inodes", async (context) => {
    if (spawnSync("lsof", ["-v"]).error !== undefined) skip(context, "lsof is not installed");
    const { pid } = await hold(context, `x = [socket.socketpair() for _ in range(20)]; say()`);
    const output = spawnSync("lsof", ["-nP", "-a", "-p", String(pid), "-U", "-F", "fi"], { encoding: "utf8" }).stdout;
    const expected = [...output.matchAll(/^f(\d+)\ni(\d+)$/gm)].map((match) => [Number(match[1]), Number(match[2])]);
    expect(expected.length).toBeGreaterThanOrEqual(40);
    const read = Array.from(procfs.process(pid).fds()).flatMap(({ fd, target }) =>
      target.kind === "socket" ? [[fd, target.inode]] : [],
    );
    expect(read).toStrictEqual(expected);
  });

  it("leaves out descriptors that are closed after they were listed", async (context) => {
    const { pid, child } = await hold(
      context,
      `
x = [socket.socket().detach() for _ in range(50)]
def say(**v):
  print(json.dumps({"pid": os.getpid()}), flush=True)
  sys.stdin.readline()
  for fd in x[25:]: os.close(fd)
  print("closed", flush=True)
  sys.stdin.read()
say()`,
    );
    const fds = procfs.process(pid).fds();
    const seen: Fd[] = [fds.next().value!];
    child.stdin!.write("go\n");
    await once(child.stdout!, "data");
    seen.push(...fds);
    // The first three are node's: it makes sockets where a shell would make pipes.
    expect(seen.filter(({ fd, target }) => fd > 2 && target.kind === "socket")).toHaveLength(25);
  });

  it("says that a process ended while its descriptors were read", async (context) => {
    const { pid, child } = await hold(context, `x = [socket.socket() for _ in range(400)]; say()`);
    const fds = procfs.process(pid).fds();
    expect(fds.next().value).toMatchObject({ fd: 0 });
    expect(listings(pid)).toBe(1);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(() => Array.from(fds)).toThrow(expect.objectContaining({ name: "ProcfsError", code: "ESRCH" }));
    expect(() => procfs.process(pid).fds().next()).toThrow(expect.objectContaining({ code: "ESRCH" }));
    expect(() => procfs.process(pid).fdCount()).toThrow(expect.objectContaining({ code: "ESRCH" }));
    expect(listings(pid)).toBe(0);
  });

  it("opens nothing before the first step and nothing stays open, in 1,000 rounds", () => {
    const own = procfs.self();
    const before = openFds();
    own.fds();
    expect(openFds()).toBe(before);
    for (let round = 0; round < 1000; round++) {
      for (const _ of own.fds()) if (round % 2 === 0) break;
    }
    expect(openFds()).toBe(before);
    const held = own.fds();
    held.next();
    expect(openFds()).toBe(before + 1);
    held.return();
    expect(openFds()).toBe(before);
  });

  it("reads the links of a captured tree, dangling as they are", () => {
    const fd = join(directory, "captured", "7", "fd");
    mkdirSync(fd, { recursive: true });
    symlinkSync("socket:[99]", join(fd, "3"));
    symlinkSync("/none (deleted)", join(fd, "10"));
    const captured = new ProcFs({ root: join(directory, "captured") }).process(7);
    const seen = new Map(Array.from(captured.fds(), (entry) => [entry.fd, entry.target.kind]));
    expect([seen.size, seen.get(3), seen.get(10)]).toStrictEqual([2, "socket", "deleted"]);
    expect(captured.fdCount()).toBe(2);
  });
});

describe("fdCount", () => {
  it("counts what is listed", async (context) => {
    const { pid } = await hold(context, `x = [socket.socket() for _ in range(300)]; say()`);
    const process = procfs.process(pid);
    expect(process.fdCount()).toBe(Array.from(process.fds()).length);
    expect(process.fdCount()).toBeGreaterThan(300);
  });
});

/** A target as the kernel writes it. */
function linkText(target: FdTarget): string {
  if (target.kind === "socket" || target.kind === "pipe") return `${target.kind}:[${target.inode}]`;
  return target.kind === "path" ? target.path : JSON.stringify(target);
}
