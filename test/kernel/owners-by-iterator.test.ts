import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { openDoor } from "../../packages/kernel/src/door/open.ts";
import { KernelError } from "../../packages/kernel/src/netlink/errors.ts";
import { OwnersIterator } from "../../packages/kernel/src/owners/iterator.ts";
import { linksOf, pairsOf } from "../support/kernel/held.ts";
import { noIterator } from "../support/kernel/pin.ts";

/* Who holds a socket as the iterator tells it, against the links of the same processes. */

const reason = noIterator();

it("names each descriptor that is a socket, as its link does", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const script =
    "import socket, time; all = [socket.socketpair() for _ in range(20)]; print('up', flush=True); time.sleep(600)";
  const other = spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout!, "data");
  const iterator = new OwnersIterator(openDoor());
  try {
    const held = await iterator.held();
    const own = held.find(({ pid }) => pid === process.pid)!;
    expect(pairsOf(own)).toEqual(linksOf("self"));
    expect(own.pairs.length).toBeGreaterThan(0);
    const stat = readFileSync("/proc/self/stat", "latin1");
    const started = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    expect(own.start).toBe(started);
    // Of another process, which does nothing meanwhile.
    const told = held.find(({ pid }) => pid === other.pid)!;
    expect(told.pairs.length).toBeGreaterThanOrEqual(80);
    expect(pairsOf(told)).toEqual(linksOf(other.pid!));
  } finally {
    iterator.close();
    server.close();
    other.kill("SIGKILL");
  }
});

it("begins anew with each walk, and sees what was opened since", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const iterator = new OwnersIterator(openDoor());
  const mine = async (): Promise<string[]> =>
    pairsOf((await iterator.held()).find(({ pid }) => pid === process.pid) ?? { pairs: new Float64Array(0) });
  await mine();
  const before = linksOf("self");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const opened = linksOf("self").filter((one) => !before.includes(one));
  expect(opened.length).toBeGreaterThan(0);
  expect(await mine()).toEqual(expect.arrayContaining(opened));
  server.close();
  await once(server, "close");
  const after = await mine();
  expect(after.filter((one) => opened.includes(one))).toEqual([]);
  iterator.close();
});

it("gives the same object for who holds what it held, and another for who has changed", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const script = [
    "import socket, sys, os",
    "all = [socket.socketpair() for _ in range(20)]",
    "print('up', flush=True)",
    "sys.stdin.readline(); open('/proc/self/comm', 'w').write('another'); print('named', flush=True)",
    "sys.stdin.readline(); all[5][1].close(); print('closed', flush=True)",
    "sys.stdin.readline(); os.setuid(65534); print('given up', flush=True)",
    "[os.set_inheritable(one.fileno(), True) for pair in all for one in pair if one.fileno() >= 0]",
    "sys.stdin.readline(); print('going', flush=True); os.execv('/bin/sleep', ['another', '600'])",
  ].join("\n");
  const other = spawn("python3", ["-IS", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
  const iterator = new OwnersIterator(openDoor());
  const look = async (): Promise<object> => (await iterator.held()).find(({ pid }) => pid === other.pid)!;
  const next = async (): Promise<void> => {
    other.stdin!.write("\n");
    await once(other.stdout!, "data");
  };
  try {
    await once(other.stdout!, "data");
    const first = await look();
    expect(await look()).toBe(first);
    await next();
    const named = await look();
    expect(named).not.toBe(first);
    expect(named).toEqual(first);
    await next();
    const closed = await look();
    expect(closed).not.toEqual(named);
    expect(await look()).toBe(closed);
    await next();
    const given = await look();
    expect(given).not.toBe(closed);
    expect(given).toEqual(closed);
    await next();
    await expect.poll(() => readFileSync(`/proc/${other.pid}/cmdline`, "latin1")).toBe("another\x00600\0");
    const executed = await look();
    expect(executed).not.toBe(given);
    expect(await look()).toBe(executed);
  } finally {
    iterator.close();
    other.kill("SIGKILL");
  }
});

it("says why it is not to be had, by the kernel's own word", (context) => {
  if (process.getuid?.() !== 0) context.skip("only root can give up its rights");
  process.seteuid!(65534);
  try {
    expect(() => new OwnersIterator(openDoor())).toThrow(KernelError);
    expect(() => new OwnersIterator(openDoor())).toThrow(/EPERM/);
  } finally {
    process.seteuid!(0);
  }
});
