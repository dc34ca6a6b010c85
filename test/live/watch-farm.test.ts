import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type WatchBatch, type WatchedSocket, type WatchSnapshot, watch } from "../../packages/procnet/src/index.ts";
import { Namespace } from "../support/namespace.ts";
import { inodeOf } from "../support/sockets/mixed-scene.ts";
import { scaled } from "../support/time.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * A farm opens, changes and closes sockets and keeps a log; a watch has to tell the same. What must have been seen follows from the
 * times of the looks and of the log, not from how fast this machine is.
 */

const SCRIPT = fileURLToPath(new URL("watch-farm.py", import.meta.url));
const SECONDS = 4;
/** Processes that open and close connections as fast as they can, and how often a second they try to altogether. */
const CHURNERS = 2;
const RATE = 10_000;

interface Line {
  readonly op: "open" | "closing" | "closed" | "half" | "finishing" | "done";
  readonly inode: number;
  readonly pid: number;
  /** Seconds since 1970. */
  readonly at: number;
}

/** What the farm did with a socket; times in milliseconds since 1970. */
interface Life {
  readonly pid: number;
  readonly opened: number;
  closing: number;
  closed: number;
  /** Its peer had said that no more comes. */
  half: number | undefined;
  /** Closed so that it stays in time-wait. */
  finishing: number | undefined;
}

const reason = noNamespaces() ?? missingTools("python3");
let namespace: Namespace;
const lives = new Map<number, Life>();
let snapshot: WatchSnapshot;
const batches: WatchBatch[] = [];

function take({ op, inode, pid, at }: Line): void {
  const time = at * 1000;
  if (op === "open")
    lives.set(inode, { pid, opened: time, closing: Infinity, closed: Infinity, half: undefined, finishing: undefined });
  const life = lives.get(inode);
  if (life === undefined) return;
  if (op === "closing" || op === "closed" || op === "half" || op === "finishing") life[op] = time;
}

beforeAll(async () => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  const idle = namespace.spawn("sleep", ["3600"]);
  const args = ["-IS", SCRIPT, SECONDS, CHURNERS, RATE].map(String);
  const looks = watch({ protocol: "all", namespaces: [inodeOf(namespace)], interval: 100 });
  const first = await looks.next();
  if (first.value?.kind === "snapshot") snapshot = first.value;
  const farm = namespace.spawn("python3", args, { stdio: ["pipe", "pipe", "inherit"] });
  let isDone = false;
  createInterface({ input: farm.stdout! }).on("line", (text) => {
    const line: Line = JSON.parse(text);
    if (line.op === "done") isDone = true;
    else take(line);
  });
  for await (const item of looks) {
    if (item.kind === "batch") batches.push(item);
    if (isDone && ++after > 2) break;
  }
  farm.stdin!.end();
  idle.kill();
}, scaled(120_000));
let after = 0;
beforeEach((context) => skipIf(context, reason));
afterAll(() => namespace?.remove());

/** Two clocks of one machine, in different units. */
const MARGIN = 2;

/** The looks that began after a socket was opened and ended before it was closed: all of them must have seen it. */
function looksDuring({ opened, closing, finishing }: Life): WatchBatch[] {
  const end = Math.min(closing, finishing ?? Infinity);
  return batches.filter(({ at, took }) => at.getTime() > opened + MARGIN && at.getTime() + took + MARGIN < end);
}

const isLookAfter = (time: number): boolean => batches.some(({ at }) => at.getTime() > time + MARGIN);

const inodesOf = (sockets: readonly WatchedSocket[]): number[] => sockets.flatMap(({ inode }) => inode || []);
const told = (list: "opened" | "closed"): WatchedSocket[] => batches.flatMap((batch) => batch[list]);
const pidsOf = (socket: WatchedSocket | undefined): number[] | undefined => socket?.owners?.map(({ pid }) => pid);
const byInode = (sockets: readonly WatchedSocket[]): Map<number, WatchedSocket> =>
  new Map(sockets.map((socket) => [socket.inode ?? 0, socket]));

describe("a watch of a farm", () => {
  it("begins with what was there, and the farm does much", () => {
    expect(snapshot.kind).toBe("snapshot");
    expect(lives.size).toBeGreaterThan(500);
    expect([...lives.values()].filter((life) => looksDuring(life).length > 1).length).toBeGreaterThan(100);
  });

  it("tells nothing twice, and nothing that did not happen", () => {
    for (const list of ["opened", "closed"] as const) {
      const inodes = inodesOf(told(list));
      expect(new Set(inodes).size, list).toBe(inodes.length);
    }
    const here = new Set(inodesOf(snapshot.sockets));
    for (const { opened, closed, changed } of batches) {
      for (const { before } of changed) if (before.inode) expect(here.has(before.inode)).toBe(true);
      for (const { after } of changed) if (after.inode) here.add(after.inode); // accepted
      for (const inode of inodesOf(closed)) expect(here.delete(inode)).toBe(true);
      for (const inode of inodesOf(opened)) here.add(inode);
    }
    const strangers = inodesOf(told("opened")).filter((inode) => !lives.has(inode));
    expect(strangers).toEqual([]);
    const early = batches.flatMap(({ at, took, closed }) =>
      inodesOf(closed).filter((inode) => lives.get(inode)!.closing > at.getTime() + took + MARGIN),
    );
    expect(early).toEqual([]);
  });

  it("tells once of each that was there during a look that it came, and of each that was gone during one that it went", () => {
    const opened = byInode(told("opened"));
    const closed = byInode(told("closed"));
    const accepted = byInode(batches.flatMap(({ changed }) => changed.map(({ after }) => after)));
    const wrong: unknown[] = [];
    for (const [inode, life] of lives) {
      if (looksDuring(life).length === 0) continue;
      const came = opened.get(inode) ?? accepted.get(inode);
      if (came === undefined) wrong.push(["never opened", inode, life]);
      if (life.closed === Infinity || !isLookAfter(life.closed)) continue;
      const went = closed.get(inode);
      if (went === undefined) wrong.push(["never closed", inode, life]);
      else if (pidsOf(went)?.[0] !== life.pid) wrong.push(["closed with another owner", inode, life, went]);
    }
    expect(wrong).toEqual([]);
  });

  it("tells of connections that are half closed, and of those that only time-wait is left of", () => {
    const changes = batches.flatMap(({ changed }) => changed);
    const wrong: unknown[] = [];
    let seen = 0;
    for (const [inode, life] of lives) {
      const { half, finishing } = life;
      const isSeen = (from: number): boolean => looksDuring({ ...life, opened: from }).length > 0;
      if (half !== undefined && isSeen(half)) {
        seen++;
        const states = changes.filter(({ before, fields }) => before.inode === inode && fields.includes("state"));
        if (!states.some(({ after }) => "state" in after && after.state === "CLOSE_WAIT"))
          wrong.push(["not half", inode, life]);
      }
      if (finishing === undefined || looksDuring(life).length === 0 || !isLookAfter(finishing + 1000)) continue;
      seen++;
      const last = changes.find(({ before, after }) => before.inode === inode && after.inode === 0);
      if (last === undefined || pidsOf(last.after)?.[0] !== life.pid || last.after.ownersWere !== true)
        wrong.push(["no time-wait with its owner", inode, life, last]);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(20);
  });

  it("counts what no look saw, never more than there was", () => {
    const sum = batches.flatMap(({ missed }) => missed).reduce((all, { connections = 0 }) => all + connections, 0);
    const opened = new Set(inodesOf(told("opened")));
    const unseen = [...lives].filter(([inode, { closed }]) => closed < Infinity && !opened.has(inode)).length;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(unseen);
  });
});
