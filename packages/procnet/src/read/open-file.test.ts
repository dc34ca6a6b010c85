import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { tcp as tcpTable } from "../files/sockets/inet/tcp.ts";
import { interfaces } from "../host/helpers.ts";
import { ProcFs } from "../procfs.ts";
import { MACHINE_ROOT } from "./context.ts";
import { readAll } from "./file.ts";
import { ReadAhead } from "./read-ahead.ts";
import { regionsOf } from "./table-file.ts";

const tree = mkdtempSync(join(tmpdir(), "procnet-open-"));
const net = join(tree, "1", "net");
mkdirSync(net, { recursive: true });
afterAll(() => rmSync(tree, { recursive: true }));

const writers: ChildProcess[] = [];
afterEach(() => {
  for (const writer of writers.splice(0)) writer.kill("SIGKILL");
});

/** A pipe; whoever waits at it is let go after a while, so that a test can fail rather than hang. */
function pipe(path: string): string {
  spawnSync("mkfifo", [path]);
  writers.push(spawn("sh", ["-c", 'sleep 5; exec 3<>"$1"; sleep 1', "sh", path]));
  return path;
}

const refused = (path: string): unknown =>
  expect.objectContaining({ name: "ProcfsError", code: "ERR_FILE_TYPE", path, message: expect.stringContaining(path) });
const openFds = (): number => readdirSync(join(MACHINE_ROOT, "self", "fd")).length;

describe("a file of a captured tree", () => {
  const procfs = new ProcFs({ root: tree });

  it("that is a pipe is refused by every reader, without waiting for a writer: fifo(7)", async () => {
    const tcp = pipe(join(net, "tcp"));
    for (const name of ["stat", "comm", "cmdline", "cgroup"]) pipe(join(tree, "1", name));
    symlinkSync("tcp", join(net, "tcp6"));
    const before = openFds();
    expect(() => procfs.net.tcp()).toThrow(refused(tcp));
    expect(() => procfs.net.tcp6()).toThrow(refused(join(net, "tcp6")));
    expect(() => procfs.net.count("tcp")).toThrow(refused(tcp));
    expect(() => procfs.net.rawText("tcp")).toThrow(refused(tcp));
    expect(() => procfs.net.each("tcp").next()).toThrow(refused(tcp));
    expect(() =>
      regionsOf(tcpTable, { place: procfs.place, name: "tcp", options: {} }, true, (of) => tcpTable.scanner(of)).next(),
    ).toThrow(refused(tcp));
    expect(() => new ReadAhead(tcp, {})).toThrow(refused(tcp));
    const process = procfs.process(1);
    for (const read of ["stat", "comm", "cmdline", "cgroup"] as const) {
      expect(() => process[read]()).toThrow(refused(join(tree, "1", read)));
    }
    expect(openFds()).toBe(before);
    expect(procfs.net.readAll().tables.size).toBe(0); // list() has regular files only
  });

  it("that is a device or a socket is refused, and a device is not even opened", async () => {
    for (const device of ["zero", "tty", "full"]) {
      const path = join(net, device);
      symlinkSync(join("/dev", device), path);
      expect(() => readAll(path)).toThrow(refused(path));
    }
    const path = join(net, "socket");
    const server = createServer().listen(path);
    await once(server, "listening");
    expect(() => readAll(path)).toThrow(refused(path));
    server.close();
  });

  it("is refused too where procfs leads out of itself", () => {
    const fifo = pipe(join(tree, "fifo"));
    const path = join(MACHINE_ROOT, String(process.pid), "root", fifo);
    expect(() => readAll(path)).toThrow(refused(path));
  });

  it("that is a directory, nothing, or a link to itself has the system's own code", () => {
    mkdirSync(join(net, "udp"));
    symlinkSync("udp6", join(net, "udp6"));
    symlinkSync("nowhere", join(net, "raw"));
    expect(() => procfs.net.udp()).toThrow(expect.objectContaining({ name: "ProcfsError", code: "EISDIR" }));
    expect(() => procfs.net.udp6()).toThrow(expect.objectContaining({ name: "ProcfsError", code: "ELOOP" }));
    expect(() => procfs.net.raw()).toThrow(expect.objectContaining({ name: "ProcfsError", code: "ENOENT" }));
  });

  it("in sysfs costs its own value only", () => {
    const sysfs = join(tree, "sys");
    mkdirSync(join(sysfs, "class", "net", "lo"), { recursive: true });
    pipe(join(sysfs, "class", "net", "lo", "mtu"));
    writeFileSync(join(sysfs, "class", "net", "lo", "ifindex"), "1\n");
    const counters = "lo: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    writeFileSync(join(net, "dev"), `Inter-| Receive | Transmit\n face |bytes|bytes\n${counters}`);
    writeFileSync(
      join(net, "route"),
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n",
    );
    expect(interfaces({ net: procfs.net, sysfs })).toMatchObject([{ name: "lo", index: 1, mtu: undefined }]);
  });
});
