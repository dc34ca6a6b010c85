import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Actor, type Answer } from "../../../../test/support/sockets/actor.ts";
import { findLinks, only, ownersOf } from "../../../../test/support/sockets/oracles.ts";
import { scaled } from "../../../../test/support/time.ts";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { type Socket, SocketEngine } from "../index.ts";

const OPTIONS = { protocol: "tcp", onIssue: () => {} } as const;
const reason = missingTools("python3", "find");

let actor: Actor;
let engine: SocketEngine;
beforeEach((context) => {
  skipIf(context, reason);
  actor = new Actor();
  engine = new SocketEngine();
});
afterEach(async () => {
  engine?.close();
  await actor?.end();
});

/** Holders of the socket by a further look of the same engine, as `pid:fd`; every form of it and the oracle agree. */
async function holdersOf({ inode }: Answer): Promise<string[]> {
  const one = new Set([inode]);
  const found = ownersOf((await engine.sockets(OPTIONS)).sockets.filter((socket) => one.has(socket.inode ?? 0)));
  expect(found).toEqual(only(findLinks(), one));
  const sync = engine.socketsSync(OPTIONS).sockets.filter((socket) => one.has(socket.inode ?? 0));
  expect(ownersOf(sync)).toEqual(found);
  return found[inode] ?? [];
}

async function socketOf({ inode }: Answer): Promise<Socket | undefined> {
  return (await engine.sockets(OPTIONS)).sockets.find((socket) => socket.inode === inode);
}

describe("between two looks", () => {
  it("a socket is closed, and a file opened at its number", async () => {
    const socket = await actor.act("a", "open");
    expect(await holdersOf(socket)).toEqual([`${actor.pid}:${socket.fd}`]);
    expect(await actor.act("a", "file")).toEqual({ fd: socket.fd });
    expect(await holdersOf(socket)).toEqual([]);
    expect(await socketOf(socket)).toBeUndefined();
  });

  it("a socket is closed, and another one opened at its number", async () => {
    const first = await actor.act("a", "open");
    expect(await holdersOf(first)).toHaveLength(1);
    const second = await actor.act("a", "swap");
    expect([second.fd === first.fd, second.inode === first.inode]).toEqual([true, false]);
    expect(await holdersOf(first)).toEqual([]);
    expect(await holdersOf(second)).toEqual([`${actor.pid}:${first.fd}`]);
  });

  it("a socket gets a further number", async () => {
    const socket = await actor.act("a", "open");
    expect(await holdersOf(socket)).toHaveLength(1);
    const { fd } = await actor.act("a", "dup");
    expect(await holdersOf(socket)).toEqual([`${actor.pid}:${socket.fd}`, `${actor.pid}:${fd}`].sort());
  });

  it("a socket is passed to another process", async () => {
    const socket = await actor.act("a", "open");
    expect(await holdersOf(socket)).toEqual([`${actor.pid}:${socket.fd}`]);
    const { pid } = await actor.act("a", "pass");
    expect(await holdersOf(socket)).toEqual([expect.stringMatching(`^${pid}:[0-9]+$`)]);
  });

  it("a process is forked, and ends", async () => {
    const socket = await actor.act("a", "open");
    expect(await holdersOf(socket)).toHaveLength(1);
    const { pid } = await actor.act("a", "fork");
    expect(await holdersOf(socket)).toEqual([`${actor.pid}:${socket.fd}`, `${pid}:${socket.fd}`].sort());
    await actor.act("a", "kill", { pid });
    expect(await holdersOf(socket)).toEqual([`${actor.pid}:${socket.fd}`]);
  });

  it("a process becomes another program", async () => {
    const socket = await actor.act("a", "open");
    const before = (await socketOf(socket))!.owners![0]!;
    await actor.act("a", "exec");
    await vi.waitFor(async () => expect((await socketOf(socket))!.owners![0]!.comm).toBe("cat"), {
      timeout: scaled(60_000),
    });
    const after = (await socketOf(socket))!.owners![0]!;
    expect(after).toMatchObject({ pid: before.pid, startTime: before.startTime, cmdline: ["cat"], fds: [socket.fd] });
    expect(before.comm).toMatch(/^python3/);
  });

  it("nothing happens to most processes, and those are not read again", async () => {
    const socket = await actor.act("a", "open");
    await holdersOf(socket);
    const apply = vi.spyOn(engine.holders, "apply");
    // A process that was about to sleep is read once more at most.
    await vi.waitFor(
      async () => {
        apply.mockClear();
        expect(await socketOf(socket)).toMatchObject({ owners: [{ pid: actor.pid }] });
        const read = apply.mock.calls.map(([holder]) => holder.process.pid);
        expect(read).toContain(process.pid);
        expect(read).not.toContain(actor.pid);
      },
      { timeout: scaled(60_000) },
    );
  });
});

/** Never sleeps; opens a listener when a file appears. What the scheduler says of it can stand still for milliseconds. */
const SPINNER = `
import os, socket, sys
kept = []
while True:
    if os.access(f"{sys.argv[1]}/{len(kept)}", os.F_OK):
        kept.append(socket.socket())
        kept[-1].bind(("127.0.0.1", 0))
        kept[-1].listen()
`;

it("what a process opens that never sleeps is seen by the next look", async () => {
  const folder = mkdtempSync(join(tmpdir(), "procnet-spinner-"));
  const spinner = spawn("python3", ["-IS", "-c", SPINNER, folder], { stdio: "ignore" });
  const links = (): number =>
    Object.values(findLinks())
      .flat()
      .filter((held) => held.startsWith(`${spinner.pid}:`)).length;
  try {
    for (let count = 0; count < 30; count++) {
      for (let looks = 0; looks < 3; looks++) await engine.sockets(OPTIONS);
      writeFileSync(`${folder}/${count}`, "");
      await vi.waitFor(() => expect(links()).toBe(count + 1), { timeout: scaled(60_000), interval: 1 });
      const { sockets } = await engine.sockets(OPTIONS);
      expect(sockets.filter(({ owners }) => owners!.some(({ pid }) => pid === spinner.pid))).toHaveLength(count + 1);
    }
  } finally {
    const ended = new Promise((resolve) => spinner.once("exit", resolve));
    spinner.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  }
});

it("processes that end while they are looked at break nothing", async () => {
  const socket = await actor.act("a", "open");
  await actor.act("a", "churn");
  let seen = 0;
  for (let round = 0; round < 30; round++) {
    const { sockets } = round % 2 === 0 ? await engine.sockets(OPTIONS) : engine.socketsSync(OPTIONS);
    for (const { inode, owners, ownerless } of sockets) {
      expect(owners!.length > 0).toBe(ownerless === undefined);
      if (inode === socket.inode) seen += owners!.filter(({ pid }) => pid === actor.pid).length;
    }
  }
  expect(seen).toBe(30);
});
