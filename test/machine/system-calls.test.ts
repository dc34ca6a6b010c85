import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Call, callsBetween, callsOf, countCalls, readCalls, straceArgs } from "../../bench/tools/strace.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

/*
 * How much the kernel is asked, which is what time goes into and does not depend on the machine: system calls of the built command
 * and library under strace, in a pid namespace of their own, where all other processes are ours and sleep. Whoever adds a call for
 * each process or socket sees it here.
 */

const COMMAND = join(ROOT, "packages/cli/bin/procnet.js");
const LOOKS = join(ROOT, "bench/build/shapes/looks-child.js");
const CROWD = { idle: 6, owners: 4, namespaces: 4 };

type Group = keyof typeof CROWD;

/** A run under strace. */
interface Traced {
  readonly calls: readonly Call[];
  readonly pids: Readonly<Record<Group, readonly number[]>>;
}

/**
 * Calls for the two tables of a namespace with few sockets: the one that has some, and three counters that tell of the other. Which namespace
 * it is, is looked at when it is listed, before it is read, and after the first rows of each table.
 */
const NAMESPACE = { open: 4, read: 7, stat: 5, link: 5, close: 4, bytes: 4000 };

/** Files and kB that a command loads before it answers: what it takes today, and 3 % of slack. */
const MODULES: readonly (readonly [words: string, count: number, kilobytes: number])[] = [
  ["--version", 4, 7.4],
  ["netstat -tln", 9, 138],
  ["netstat -tlnp", 11, 227],
  ["port PORT", 11, 358],
  ["sockets", 19, 371],
];

const place = mkdtempSync(join(tmpdir(), "procnet-calls-"));
afterAll(() => rmSync(place, { recursive: true }));

function traced(...words: string[]): Traced {
  const output = join(place, "strace.txt");
  const scene = { ...CROWD, strace: straceArgs(output), command: [process.execPath, ...words] };
  const program = join(ROOT, "test/support/calls-scene.mjs");
  const args = ["-p", "-n", "-f", "--mount-proc", process.execPath, program, JSON.stringify(scene)];
  const { stdout, stderr } = spawnSync("unshare", args, {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  if (stdout === "") throw new Error(stderr);
  const { pids, status, errors } = JSON.parse(stdout);
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${errors}`);
  return { pids, calls: readCalls(output) };
}

/** Why nothing can be traced here; `undefined` when it can. */
function noTraces(): string | undefined {
  const missing = missingTools("strace", "unshare");
  if (missing !== undefined) return missing;
  const trial = ["-p", "-n", "-f", "--mount-proc", "strace", "-o", join(place, "trial"), "true"];
  return spawnSync("unshare", trial).status === 0
    ? undefined
    : "no right to trace in a pid namespace (needs CAP_SYS_ADMIN)";
}

const refusal = noTraces();

/** What `most` does not allow of the calls that were made for a process of the group: for whichever most were made. */
function beyond({ calls, pids }: Traced, group: Group, most: Readonly<Record<string, number>>): string[] {
  const found = pids[group].flatMap((pid) => over(countCalls(callsOf(calls, pid)), most));
  return [...new Set(found)];
}

function over(counts: Readonly<Record<string, number>>, most: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .filter(([kind, count]) => count > (most[kind] ?? 0))
    .map(([kind, count]) => `${count} ${kind}, at most ${most[kind] ?? 0}`);
}

/** The command's own files that were loaded. */
function modulesOf({ calls }: Traced): { count: number; bytes: number } {
  const opened = calls.filter(({ kind, path, result }) => kind === "open" && result >= 0 && path.startsWith(ROOT));
  const files = [...new Set(opened.map(({ path }) => path))].filter((path) => /\.[cm]?js$/.test(path));
  return { count: files.length, bytes: files.reduce((sum, path) => sum + statSync(path).size, 0) };
}

describe.skipIf(refusal !== undefined)("asked of the kernel, at most", () => {
  describe("by a look at sockets and owners", () => {
    let looks: Traced;
    beforeAll(() => {
      looks = traced(LOOKS, "PORT");
    });
    const between = (from: string, to: string): Traced => ({ ...looks, calls: callsBetween(looks.calls, from, to) });

    it("for a process without sockets, at the first", () => {
      // stat once; fd: its size, its list and the end of that, and where each of four descriptors leads.
      const most = { open: 2, read: 1, stat: 2, list: 2, link: 4, close: 2, bytes: 400 };
      expect(beyond(between("first", "second"), "idle", most)).toEqual([]);
    });

    it("for an owner more than that, at the first: what tells who it is", () => {
      // cgroup to its end, cmdline, exe, uid, and stat again: whether it is still the same process.
      const most = { open: 5, read: 5, stat: 3, list: 2, link: 6, close: 5, bytes: 2000 };
      expect(beyond(between("first", "second"), "owners", most)).toEqual([]);
    });

    it("for a process seen again", () => {
      // The first mark of it, schedstat, is read here, as a single look needs none: so all is looked at once more.
      const idle = { open: 3, read: 2, stat: 2, list: 2, link: 4, close: 3, bytes: 500 };
      expect(beyond(between("second", "third"), "idle", idle)).toEqual([]);
    });

    it.each(["idle", "owners", "namespaces"] as const)(
      "for a process that did not run, from the third on: %s",
      (group) => {
        // schedstat and stat, and no descriptor of it.
        const most = { open: 2, read: 2, close: 2, bytes: 500 };
        expect(beyond(between("third", "port"), group, most)).toEqual([]);
      },
    );

    it("for a process that does not listen on the port", () => {
      // Its descriptors, how many they are, and whose they are.
      const most = { open: 1, stat: 2, list: 2, link: 4, close: 1 };
      expect(beyond(between("port", "end"), "idle", most)).toEqual([]);
    });

    it("is more than nothing: the counting sees what is asked", () => {
      expect(callsOf(looks.calls, looks.pids.idle[0]!).length).toBeGreaterThan(10);
    });
  });

  it.each([["-tlnp"], ["-tanp"]])("by netstat %s", (flags) => {
    const run = traced(COMMAND, "netstat", flags);
    // The descriptors and no more; the command line of an owner.
    expect(beyond(run, "idle", { open: 1, stat: 2, list: 2, link: 4, close: 1 })).toEqual([]);
    expect(beyond(run, "owners", { open: 2, read: 1, stat: 2, list: 2, link: 5, close: 2, bytes: 100 })).toEqual([]);
  });

  it("by a look into all namespaces", () => {
    const { calls, pids } = traced(COMMAND, "--tcp", "--all-namespaces");
    const inNet = { pids, calls: calls.filter(({ path }) => /^\/proc\/\d+\/(net|ns)\//.test(path)) };
    // Which namespace it is in, and whether its tables can be read.
    expect(beyond(inNet, "idle", { link: 1, stat: 1 })).toEqual([]);
    // Each table once to its end; protocols, sockstat and sockstat6 to tell which there are.
    expect(beyond(inNet, "namespaces", NAMESPACE)).toEqual([]);
    const tables = calls.filter(({ kind, path }) => kind === "read" && path === `/proc/${pids.namespaces[0]}/net/tcp`);
    expect(tables.length).toBe(1);
  });

  it.each(MODULES)("files of its own loaded by %s: %i, %i kB", (words, count, kilobytes) => {
    const run = traced(COMMAND, ...words.split(" "));
    const loaded = modulesOf(run);
    expect(loaded.count).toBeGreaterThan(1);
    expect(loaded.count).toBeLessThanOrEqual(count);
    expect(loaded.bytes / 1000).toBeLessThanOrEqual(kilobytes);
  });
});

it("can be counted here", (context) => skipIf(context, refusal));
