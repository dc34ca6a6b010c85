import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { openDoor } from "../../packages/kernel/src/door/open.ts";
import { KernelError } from "../../packages/kernel/src/netlink/errors.ts";
import { heldSockets } from "../../packages/kernel/src/owners/held.ts";
import { type HeldSocket, loadOwners } from "../../packages/kernel/src/owners/iterator.ts";

/* Who holds a socket as the iterator tells it, against the links of the same processes. */

/** Why the iterator cannot be had here. */
function why(): string | undefined {
  try {
    loadOwners(openDoor()).close();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
const reason = why();

/** Descriptors of a process that are sockets, by their links. */
function linksOf(pid: number | "self"): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === undefined ? [] : [`${fd} ${inode}`];
    } catch {
      return []; // closed meanwhile
    }
  });
}

it("names each descriptor that is a socket, as its link does", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const script =
    "import socket, time; all = [socket.socketpair() for _ in range(20)]; print('up', flush=True); time.sleep(600)";
  const other = spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout!, "data");
  const iterator = loadOwners(openDoor());
  try {
    const all: HeldSocket[] = [];
    iterator.each((_pid, _fd, _inode, at) => all.push(iterator.record(at)));
    const own = all.filter(({ pid }) => pid === process.pid);
    expect(own.map(({ fd, inode }) => `${fd} ${inode}`).sort()).toEqual(linksOf("self").sort());
    expect(own.length).toBeGreaterThan(0);
    const stat = readFileSync("/proc/self/stat", "latin1");
    const started = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const comm = readFileSync("/proc/self/comm", "utf8").trim();
    for (const one of own) {
      expect(Math.floor(one.start / 1e7)).toBe(started);
      expect(one.comm).toBe(comm);
    }
    // Of another process, which does nothing meanwhile.
    const held = (await heldSockets(iterator)).find(({ pid }) => pid === other.pid)!;
    const told = Array.from(
      { length: held.pairs.length / 2 },
      (_, at) => `${held.pairs[2 * at]} ${held.pairs[2 * at + 1]}`,
    );
    expect(told.length).toBeGreaterThanOrEqual(40);
    expect(told.sort()).toEqual(linksOf(other.pid!).sort());
  } finally {
    iterator.close();
    server.close();
    other.kill("SIGKILL");
  }
});

it("begins anew with each walk, and sees what was opened since", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const iterator = loadOwners(openDoor());
  const mine = async (): Promise<string[]> => {
    const { pairs } = (await heldSockets(iterator)).find(({ pid }) => pid === process.pid)!;
    return Array.from({ length: pairs.length / 2 }, (_, at) => `${pairs[2 * at]} ${pairs[2 * at + 1]}`);
  };
  const before = linksOf("self");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const opened = linksOf("self").filter((one) => !before.includes(one));
  expect(opened.length).toBeGreaterThan(0);
  expect(await mine()).toEqual(expect.arrayContaining(opened));
  server.close();
  iterator.close();
});

it("says why it is not to be had, by the kernel's own word", (context) => {
  if (process.getuid?.() !== 0) context.skip("only root can give up its rights");
  process.seteuid!(65534);
  try {
    expect(() => loadOwners(openDoor())).toThrow(KernelError);
    expect(() => loadOwners(openDoor())).toThrow(/EPERM/);
  } finally {
    process.seteuid!(0);
  }
});
