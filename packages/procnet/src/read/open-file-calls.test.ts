import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { noMounts, skipIf } from "../../../../test/support/tools.ts";
import { unix } from "../files/sockets/unix/unix.ts";
import { ProcFs } from "../procfs.ts";
import { regionsOf } from "./table-file.ts";

const calls = vi.hoisted(() => new Map<string, number>());
vi.mock("node:fs", async (original) => {
  const fs = await original<Record<string, unknown>>();
  const counted = Object.entries(fs).map(([name, value]) => {
    if (!/^(open|read|stat|lstat|fstat|statfs|close)Sync$/.test(name)) return [name, value];
    const count = (...args: unknown[]): unknown => {
      calls.set(name, (calls.get(name) ?? 0) + 1);
      return (value as (...all: unknown[]) => unknown)(...args);
    };
    return [name, count];
  });
  return Object.fromEntries(counted);
});
beforeEach(() => calls.clear());

const place = mkdtempSync(join(tmpdir(), "procnet-calls-"));
afterAll(() => rmSync(place, { recursive: true }));

it("a table of this machine's procfs costs no call but open, read and close", () => {
  const procfs = new ProcFs();
  procfs.net.dev();
  procfs.net.snmp();
  for (const _ of procfs.net.each("netlink"));
  for (const _ of regionsOf(unix, { place: procfs.place, name: "unix", options: {} }, false, (of) => unix.scanner(of)));
  procfs.process(process.pid).stat();
  calls.delete("readSync");
  expect(Object.fromEntries(calls)).toEqual({ openSync: 5, closeSync: 5 });
});

it("a table of internet sockets is walked to its end once: what tells that costs less than a second walk", () => {
  const { net } = new ProcFs();
  net.icmp();
  calls.clear();
  const forms = [() => net.icmp(), () => net.icmp6(), () => [...net.each("icmp")], () => net.count("icmp")];
  for (const form of forms) {
    calls.clear();
    form();
    expect(Object.fromEntries(calls)).toEqual({ openSync: 1, readSync: 1, fstatSync: 1, closeSync: 1 });
  }
});

it("a procfs mounted elsewhere is looked at once, not with each file", (context) => {
  skipIf(context, noMounts());
  expect(spawnSync("mount", ["-t", "proc", "proc", place]).status).toBe(0);
  try {
    const procfs = new ProcFs({ root: place });
    procfs.net.tcp();
    calls.clear();
    procfs.net.tcp();
    procfs.process(1).stat();
    calls.delete("readSync");
    expect(Object.fromEntries(calls)).toEqual({ openSync: 2, closeSync: 2 });
  } finally {
    spawnSync("umount", [place]);
  }
});
