import { readdirSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Namespace } from "../../../../test/support/namespace.ts";
import { Actor } from "../../../../test/support/sockets/actor.ts";
import { inodeOf } from "../../../../test/support/sockets/mixed-scene.ts";
import { missingTools, noNamespaces, run, skipIf } from "../../../../test/support/tools.ts";
import { type NetworkNamespace, networkNamespaces } from "../index.ts";

const reason = noNamespaces() ?? missingTools("python3");
let one: Namespace;
let other: Namespace;
const actors: Actor[] = [];

async function start(namespace: Namespace): Promise<void> {
  const actor = new Actor((command, args) => namespace.spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] }));
  actors.push(actor);
  await actor.act("a", "open"); // it is in its namespace then
}

beforeAll(async () => {
  if (reason !== undefined) return;
  one = new Namespace();
  other = new Namespace();
  for (const namespace of [one, one, other]) await start(namespace);
});
beforeEach((context) => skipIf(context, reason));
afterAll(async () => {
  await Promise.all(actors.map((actor) => actor.end()));
  one?.remove();
  other?.remove();
});

const byInode = (found: readonly NetworkNamespace[], inode: number): NetworkNamespace =>
  found.find((namespace) => namespace.inode === inode)!;

/** Processes of each namespace by their links. */
function linked(): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const pid of readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const inode = Number(/[0-9]+/.exec(readlinkSync(`/proc/${pid}/ns/net`))![0]);
      found.set(inode, [...(found.get(inode) ?? []), Number(pid)]);
    } catch {
      // it has ended
    }
  }
  for (const pids of found.values()) pids.sort((a, b) => a - b);
  return found;
}

function lsns(): string | undefined {
  try {
    return run("lsns", ["-t", "net", "-J", "-o", "NS,NPROCS"]);
  } catch {
    return undefined;
  }
}

describe("networkNamespaces", () => {
  it("has the processes of each, by their links", () => {
    const found = networkNamespaces();
    const expected = linked();
    for (const namespace of [one, other]) {
      const inode = inodeOf(namespace);
      expect(byInode(found, inode)).toEqual({ inode, pids: expected.get(inode), current: false });
    }
    expect(expected.get(inodeOf(one))).toHaveLength(4); // two, with a helper each
    expect(expected.get(inodeOf(other))).toHaveLength(2);
  });

  it("has the processes that ip finds", () => {
    const found = networkNamespaces();
    for (const namespace of [one, other]) {
      const pids = run("ip", ["netns", "pids", namespace.name]).trim().split("\n").map(Number);
      expect(byInode(found, inodeOf(namespace)).pids).toEqual(pids.sort((a, b) => a - b));
    }
  });

  it("has as many processes as lsns counts", (context) => {
    skipIf(context, missingTools("lsns"));
    const text = lsns();
    skipIf(context, text === undefined ? "lsns gives up on a process with a newline in its name" : undefined);
    const { namespaces } = JSON.parse(text!) as { namespaces: { ns: number | string; nprocs: number | string }[] };
    const found = networkNamespaces();
    for (const namespace of [one, other]) {
      const inode = inodeOf(namespace);
      const counted = namespaces.find(({ ns }) => Number(ns) === inode);
      expect(byInode(found, inode).pids).toHaveLength(Number(counted!.nprocs));
    }
  });

  it("tells the reader's own", () => {
    const current = networkNamespaces().filter((namespace) => namespace.current);
    expect(current).toHaveLength(1);
    expect(`net:[${current[0]!.inode}]`).toBe(readlinkSync("/proc/self/ns/net"));
    expect(current[0]!.pids).toContain(process.pid);
  });

  it("is sorted, without doubles, and forgets those in which nobody lives any more", async () => {
    const inodes = networkNamespaces().map(({ inode }) => inode!);
    expect(inodes).toEqual([...new Set(inodes)].sort((a, b) => a - b));
    const empty = new Namespace();
    expect(networkNamespaces().map(({ inode }) => inode)).not.toContain(inodeOf(empty));
    empty.remove();
  });
});
