import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { allProcesses, ProcFs } from "../procfs.ts";
import { MACHINE_ROOT } from "../read/context.ts";
import type { ProcFsOptions } from "./procfs.ts";

const tree = mkdtempSync(join(tmpdir(), "procnet-procfs-"));
afterAll(() => rmSync(tree, { recursive: true }));

const wrong: unknown = expect.objectContaining({ name: "ProcfsError", code: "ERR_INVALID_ARG" });
const openFds = (): number => readdirSync(join(MACHINE_ROOT, "self", "fd")).length;

for (const name of ["100", "9", "1", "20", "020", "net", "1a", "99999999999999999999"]) mkdirSync(join(tree, name));
mkdirSync(join(tree, "1", "net"));
const route = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
writeFileSync(join(tree, "1", "net", "route"), `${route}one\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n`);
writeFileSync(join(tree, "net", "route"), `${route}reader\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n`);

describe("ProcFs", () => {
  it("takes network files from self for the own root, however it is written", () => {
    const own = join(MACHINE_ROOT, "self", "net");
    expect(new ProcFs().net.directory).toBe(own);
    expect(new ProcFs({ root: `${MACHINE_ROOT}/` }).net.directory).toBe(own);
    expect(new ProcFs({ root: `/tmp/..${MACHINE_ROOT}/.` }).net.directory).toBe(own);
    expect(new ProcFs().root).toBe(MACHINE_ROOT);
    expect(new ProcFs().net.devStatus().size).toBeGreaterThan(0);
  });

  it("takes them from process 1 for any other root", () => {
    const captured = new ProcFs({ root: tree });
    expect(captured.net.directory).toBe(join(tree, "1", "net"));
    expect(captured.net.route().map((entry) => entry.iface)).toStrictEqual(["one"]);
    expect(new ProcFs({ root: "/host/proc" }).process(7).net.directory).toBe("/host/proc/7/net");
  });

  it("passes the byte order on", () => {
    const row = `${route}x\t0A000000\t00000000\t0001\t0\t0\t0\tFF000000\t0\t0\t0\n`;
    mkdirSync(join(tree, "20", "net"));
    writeFileSync(join(tree, "20", "net", "route"), row);
    const read = (options: ProcFsOptions): string =>
      new ProcFs({ root: tree, ...options }).process(20).net.route()[0]!.destination;
    expect(read({ byteOrder: "BE" })).toBe("10.0.0.0");
    expect(read({ byteOrder: "LE" })).toBe("0.0.0.10");
  });

  it("refuses options of the wrong form", () => {
    expect(() => new ProcFs({ root: "" })).toThrow(wrong);
    expect(() => new ProcFs({ root: "/a\0b" })).toThrow(wrong);
    expect(() => new ProcFs({ root: 1 as unknown as string })).toThrow(wrong);
    expect(() => new ProcFs({ byteOrder: "ME" as "LE" })).toThrow(wrong);
    expect(() => new ProcFs({ ticksPerSecond: 0 })).toThrow(wrong);
    expect(() => new ProcFs({ ticksPerSecond: Number.NaN })).toThrow(wrong);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60, "1", "1/../2", undefined])("refuses %j as a process id", (pid) => {
    expect(() => new ProcFs().process(pid as number)).toThrow(wrong);
  });
});

describe("self", () => {
  it("is the process that reads", () => {
    expect(new ProcFs().self().pid).toBe(process.pid);
    expect(new ProcFs().self().stat().ppid).toBe(process.ppid);
  });

  it("is typed where there is none", () => {
    expect(() => new ProcFs({ root: tree }).self()).toThrow(
      expect.objectContaining({ code: "ENOENT", message: expect.stringMatching(/captured tree/) }),
    );
    symlinkSync("../etc", join(tree, "self"));
    expect(() => new ProcFs({ root: tree }).self()).toThrow(expect.objectContaining({ code: "ERR_PARSE" }));
  });
});

describe("allProcesses", () => {
  it("lists numbers only, ascending, of a tree in any order", () => {
    const pids = Array.from(allProcesses({ root: tree }), (process) => process.pid);
    expect(pids).toStrictEqual([1, 9, 20, 100]);
  });

  it("lists this machine's processes", () => {
    const pids = Array.from(allProcesses(), (process) => process.pid);
    expect(pids).toContain(process.pid);
    expect(pids).toContain(1);
    expect(pids).toStrictEqual([...pids].sort((a, b) => a - b));
  });

  it("does nothing before the first step, and then types what fails", () => {
    const processes = allProcesses({ root: join(tree, "none") });
    expect(() => processes.next()).toThrow(expect.objectContaining({ name: "ProcfsError", code: "ENOENT" }));
  });

  it("goes on when a process ends in the meantime", async () => {
    const child = spawn("sleep", ["1000"]);
    await once(child, "spawn");
    const processes = new ProcFs().allProcesses();
    const seen = [processes.next().value!];
    child.kill("SIGKILL");
    await once(child, "exit");
    seen.push(...processes);
    const gone = seen.find((process) => process.pid === child.pid)!;
    expect(() => gone.stat()).toThrow(expect.objectContaining({ code: "ESRCH" }));
  });

  it("leaves no descriptor open", () => {
    const before = openFds();
    for (let round = 0; round < 200; round++) for (const _ of allProcesses()) break;
    expect(openFds()).toBe(before);
  });
});
