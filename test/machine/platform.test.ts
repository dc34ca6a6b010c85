import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { ProcFs, type ProcfsError } from "../../packages/procnet/src/index.ts";
import { makeReadable, NOBODY, readableFolder, readableNode } from "../support/readable.ts";
import { noMounts, ROOT, skipIf } from "../support/tools.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const DIST = join(ROOT, "packages", "procnet", "dist");
const isRoot = process.getuid?.() === 0;
const folder = readableFolder();
const children: ChildProcess[] = [];

beforeAll(() => {
  if (!existsSync(join(DIST, "index.js"))) throw new Error("not built: run `npm run build` first");
  cpSync(DIST, join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  makeReadable(folder);
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** The error that an action throws, caught with its type. */
function thrown(act: () => unknown): ProcfsError {
  try {
    act();
  } catch (error) {
    return error as ProcfsError;
  }
  throw new Error("nothing was thrown");
}

interface Outcome {
  readonly code?: string;
  readonly message?: string;
  readonly value?: unknown;
}

/** What expressions give in another process that uses the built library: a value, or the error it threw. */
function outcomes(expressions: readonly string[], command: readonly string[], uid?: number): Outcome[] {
  const code = `
    import { pathToFileURL } from "node:url";
    const { net, ProcFs, allProcesses } = await import(${JSON.stringify(pathToFileURL(join(folder, "dist", "index.js")).href)});
    const attempt = (act) => {
      try { return { value: act() }; } catch ({ code, message }) { return { code, message }; }
    };
    console.log(JSON.stringify([${expressions.map((one) => `attempt(() => ${one})`).join(", ")}]));`;
  const file = join(folder, `child-${process.hrtime.bigint()}.mjs`);
  writeFileSync(file, code, { mode: 0o644 });
  makeReadable(file);
  const [program = "", ...args] = [...command, file];
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    cwd: "/",
    ...(uid !== undefined && { uid, gid: uid }),
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Outcome[];
}

describe("on another system", () => {
  const pretend = join(folder, "pretend.mjs");
  beforeAll(() => writeFileSync(pretend, 'Object.defineProperty(process, "platform", { value: "darwin" });'));

  /** There is no procfs: nothing at all is below /proc. */
  const withoutProcfs = (context: TestContext, expressions: readonly string[]): Outcome[] => {
    skipIf(context, noMounts());
    const script = 'mount -t tmpfs none /proc && exec "$0" "$@"';
    return outcomes(expressions, ["unshare", "--mount", "sh", "-c", script, process.execPath, "--import", pretend]);
  };

  it("readers say that procfs is of Linux", (context) => {
    const readers = ["tcp()", "unix()", "route()", "devStatus()", "snmp6()", 'each("tcp").next()', 'count("tcp")'];
    const expressions = [
      ...readers.map((reader) => `net.${reader}`),
      "new ProcFs().process(1).stat()",
      "new ProcFs().self()",
    ];
    for (const { code, message } of withoutProcfs(context, expressions)) {
      expect(code).toBe("ERR_PLATFORM");
      expect(message).toContain("darwin");
      expect(message).toContain("procnet/parse");
    }
  });

  it("there are not simply no processes", (context) => {
    expect(withoutProcfs(context, ["[...allProcesses()]"])).toMatchObject([{ code: "ERR_PLATFORM" }]);
  });

  it("a captured tree can be read", () => {
    const root = (kernel: string): string => JSON.stringify(join(FIXTURES, kernel));
    const expressions = [
      `new ProcFs({ root: ${root("6.18")} }).net.tcp().length`,
      `new ProcFs({ root: ${root("6.12")} }).net.tcp().length`, // has routes only
    ];
    expect(outcomes(expressions, [process.execPath, "--import", pretend])).toMatchObject([
      { value: 28 },
      { code: "ENOENT" },
    ]);
  });
});

describe("a foreign root", () => {
  it("is read from process 1, and its links net and self are left alone", () => {
    const { net, root } = new ProcFs({ root: join(FIXTURES, "6.18") });
    expect(net.directory).toBe(join(root, "1", "net"));
    expect(net.tcp().map(({ localAddress }) => localAddress)).toContain("192.0.2.1");
    expect([...net.devStatus().keys()]).toEqual(["lo", "v0"]);
    expect([...new ProcFs({ root }).allProcesses()].map(({ pid }) => pid)).toEqual([1]);
  });

  it("that lacks a file gives ENOENT with what the kernel needs for it", () => {
    const error = thrown(() => new ProcFs({ root: join(FIXTURES, "6.12") }).net.tcp6());
    expect(error).toMatchObject({
      name: "ProcfsError",
      code: "ENOENT",
      path: join(FIXTURES, "6.12", "1", "net", "tcp6"),
    });
    expect(error.message).toContain("CONFIG_IPV6");
  });

  it("may be the procfs of this machine by another name", (context) => {
    skipIf(context, process.platform === "linux" ? undefined : "needs procfs");
    expect(new ProcFs({ root: "/proc/" }).root).toBe("/proc");
    expect(new ProcFs({ root: "/proc/../proc" }).net.directory).toBe(new ProcFs().net.directory);
  });
});

describe("failures are typed:", () => {
  it("EACCES for the descriptors of another user's process", (context) => {
    skipIf(context, isRoot ? undefined : "becoming another user needs root");
    const pid = process.pid;
    const expressions = [
      `[...new ProcFs().process(${pid}).fds()]`,
      `new ProcFs().process(${pid}).exe()`,
      `new ProcFs().process(${pid}).networkNamespace()`,
      `new ProcFs().process(${pid}).net.tcp().length >= 0`,
      `new ProcFs().process(${pid}).stat().pid`,
      `new ProcFs().process(${pid}).uid`,
      'net.read("tcp").length >= 0',
    ];
    const found = outcomes(expressions, [readableNode()], NOBODY);
    for (const refused of found.slice(0, 3)) {
      expect(refused.code).toBe("EACCES");
      expect(refused.message).toContain("CAP_SYS_PTRACE");
    }
    expect(found.slice(3)).toEqual([{ value: true }, { value: pid }, { value: 0 }, { value: true }]);
  });

  it("ESRCH for a process that has ended, whatever is asked of it", async () => {
    const child = spawn("sleep", ["1000"]);
    children.push(child);
    await once(child, "spawn");
    const process = new ProcFs().process(child.pid!);
    expect(process.net.devStatus().size).toBeGreaterThan(0);
    const pending = process.fds();
    pending.next();
    child.kill("SIGKILL");
    await once(child, "exit");
    const actions: (() => unknown)[] = [
      () => process.net.tcp(),
      () => process.net.each("udp").next(),
      () => process.net.count("unix"),
      () => process.net.snmp(),
      () => process.stat(),
      () => process.comm(),
      () => process.cmdline(),
      () => process.exe(),
      () => process.cwd(),
      () => process.uid,
      () => process.cgroup(),
      () => process.networkNamespace(),
      () => [...process.fds()],
      () => process.fdCount(),
      () => [...pending],
    ];
    for (const act of actions) expect(thrown(act).code, String(act)).toBe("ESRCH");
  });

  it("ERR_INVALID_ARG for what no table or process is called", () => {
    expect(thrown(() => new ProcFs().process(-1)).code).toBe("ERR_INVALID_ARG");
    expect(thrown(() => new ProcFs({ root: "" })).code).toBe("ERR_INVALID_ARG");
    expect(thrown(() => new ProcFs().net.read("../../etc/passwd" as "tcp")).code).toBe("ERR_INVALID_ARG");
    expect(thrown(() => new ProcFs().net.read("toString" as "tcp")).code).toBe("ERR_INVALID_ARG");
  });
});
