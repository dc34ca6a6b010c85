import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { baseProcFs } from "../../host/procfs.ts";
import { runSync } from "../drive.ts";
import { searchAll } from "./all.ts";
import { UNLIMITED } from "./budget.ts";
import { Holders } from "./holders.ts";

/* What is asked of a process that sleeps, look after look. */

const seen = vi.hoisted(() => ({ paths: [] as string[], refuses: false, later: 0 }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const told =
    <Name extends "openSync" | "readlinkSync" | "readdirSync">(name: Name) =>
    (path: string, ...rest: never[]) => {
      seen.paths.push(String(path));
      if (path === "/proc/1/exe" && seen.refuses)
        throw Object.assign(new Error("EACCES"), { code: "EACCES", errno: -13, syscall: "readlink" });
      if (path === "/proc/1/exe") return "/sbin/init";
      return (fs[name] as (...all: unknown[]) => unknown)(path, ...rest);
    };
  const openSync = told("openSync");
  return { ...fs, openSync, readlinkSync: told("readlinkSync"), readdirSync: told("readdirSync") };
});
// No time goes by but what a test says: marks grow old in two seconds, which a busy machine may take for a look.
vi.mock("../../host/monotonic.ts", () => ({ monotonicNow: () => seen.later }));

let sleeper: ChildProcess;
beforeEach(async () => {
  seen.later = 0;
  sleeper = spawn("sleep", ["100000"], { stdio: "ignore" });
  // It sleeps once it is in its own program, and the kernel says so.
  for (;;) {
    const text = readFileSync(`/proc/${sleeper.pid}/stat`, "latin1");
    if (/^\d+ \(sleep\) S /.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});
afterEach(() => sleeper.kill());

/** What a look asks of the sleeper: the names below its directory. */
function look(holders: Holders): string[] {
  seen.paths = [];
  runSync(searchAll(holders, UNLIMITED, undefined));
  const directory = `/proc/${sleeper.pid}/`;
  const names = seen.paths.filter((path) => path.startsWith(directory)).map((path) => path.slice(directory.length));
  return [...new Set(names.map((name) => (name.startsWith("fd/") ? "a link" : name)))].sort();
}

const ALL = ["a link", "fd", "stat"];

describe("a process that sleeps", () => {
  it("is marked at the second look, and read again at it", () => {
    seen.refuses = false;
    const holders = new Holders(baseProcFs());
    expect(look(holders)).toEqual(ALL);
    expect(look(holders)).toEqual([...ALL.slice(0, 2), "schedstat", "stat"]);
    expect(look(holders)).toEqual(["schedstat", "stat"]);
  });

  it("is marked at the first one where process 1 refuses: sockets without an owner lead to a second", () => {
    seen.refuses = true;
    const holders = new Holders(baseProcFs());
    expect(look(holders)).toEqual([...ALL.slice(0, 2), "schedstat", "stat"]);
    expect(look(holders)).toEqual(["schedstat", "stat"]);
  });

  it("is asked for one file once its mark is old", () => {
    seen.refuses = true;
    const holders = new Holders(baseProcFs());
    look(holders);
    seen.later = 2100;
    expect(look(holders)).toEqual(["schedstat"]);
    seen.later = 4200;
    expect(look(holders)).toEqual(["schedstat"]);
  });
});
