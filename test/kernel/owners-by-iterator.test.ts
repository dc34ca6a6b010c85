import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { createKernelSource } from "@procnet/kernel";
import { HeldRecords, readHeld, SocketEngine } from "procnet";
import { expect, it } from "vitest";
import { openDoor } from "../../packages/kernel/src/door/open.ts";
import { LITTLE_ENDIAN } from "../../packages/kernel/src/netlink/bytes.ts";
import { KernelError } from "../../packages/kernel/src/netlink/errors.ts";
import { Bpf } from "../../packages/kernel/src/owners/bpf.ts";
import { OwnersIterator } from "../../packages/kernel/src/owners/iterator.ts";
import { offsetsHere } from "../../packages/kernel/src/owners/offsets.ts";
import { ownersProgram } from "../../packages/kernel/src/owners/program.ts";
import { linksOf, pairsOf } from "../support/kernel/held.ts";
import { noIterator } from "../support/kernel/pin.ts";

/* Who holds a socket as the iterator tells it, against the links of the same processes. */

const reason = await noIterator();

it("names each descriptor that is a socket, as its link does", async (context) => {
  if (reason !== undefined) context.skip(reason);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const script =
    "import socket, time; all = [socket.socketpair() for _ in range(20)]; print('up', flush=True); time.sleep(600)";
  const other = spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout!, "data");
  const iterator = await OwnersIterator.open(openDoor());
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
  const iterator = await OwnersIterator.open(openDoor());
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
  const iterator = await OwnersIterator.open(openDoor());
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

it("says why it is not to be had, by the kernel's own word", async (context) => {
  if (process.getuid?.() !== 0) context.skip("only root can give up its rights");
  process.seteuid!(65534);
  try {
    await expect(OwnersIterator.open(openDoor())).rejects.toThrow(KernelError);
    await expect(OwnersIterator.open(openDoor())).rejects.toThrow(/EPERM/);
  } finally {
    process.seteuid!(0);
  }
});

/** Attributes of BPF_LINK_CREATE: an iterator over one thread, union bpf_iter_link_info of include/uapi/linux/bpf.h. */
const LINK_CREATE = 28;
const TRACE_ITER = 28;

it("is not told descriptors of a thread that are those of its process, as Linux 5.8 and 5.9 hand them to it", async (context) => {
  if (reason !== undefined || process.arch !== "x64") context.skip(reason ?? "the number of bpf(2) is another one");
  const script = [
    "import socket, threading, time",
    "all = [socket.socketpair() for _ in range(20)]",
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
    "print('up', flush=True); time.sleep(600)",
  ].join("\n");
  const other = spawn("python3", ["-IS", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout!, "data");
  const pid = other.pid!;
  const thread = Number(readdirSync(`/proc/${pid}/task`).find((tid) => tid !== `${pid}`));
  const door = openDoor();
  const bpf = new Bpf(door);
  const at = await offsetsHere();
  const program = bpf.loadIterator(ownersProgram(at), at.attachTo);
  // An iterator over one thread is told its descriptors, whosever they are: task_seq_get_next, kernel/bpf/task_iter.c.
  const told = async (tid: number): Promise<number> => {
    const info = Uint32Array.of(tid, 0, 0, 0);
    const attributes = new Uint8Array(32);
    const view = new DataView(attributes.buffer);
    view.setUint32(0, program, LITTLE_ENDIAN);
    view.setUint32(8, TRACE_ITER, LITTLE_ENDIAN);
    view.setBigUint64(16, door.addressOf(new Uint8Array(info.buffer)), LITTLE_ENDIAN);
    view.setUint32(24, info.byteLength, LITTLE_ENDIAN);
    const link = door.syscall(321, LINK_CREATE, attributes, attributes.length);
    if (link < 0) context.skip(`an iterator over one thread is there since Linux 6.1: ${link}`);
    const fd = bpf.iterator(link);
    const held = await readHeld({ read: (into) => door.readManyApart(fd, into) }, new HeldRecords(), undefined);
    for (const one of [fd, link]) door.close(one);
    // Older ones go over all threads whatever they are asked.
    if (held.some((one) => one.pid !== pid)) context.skip("an iterator over one thread is there since Linux 6.1");
    return held[0]?.pairs.length ?? 0;
  };
  try {
    expect(await told(pid)).toBeGreaterThanOrEqual(80);
    expect(await told(thread)).toBe(0);
  } finally {
    door.close(program);
    other.kill("SIGKILL");
  }
});

it("are told though signals, as of a profiler, keep the verifier from its end a few times", async () => {
  if (reason !== undefined) return;
  const door = openDoor();
  let signals = 4;
  const syscall: typeof door.syscall = (call, first, bytes, length) =>
    first === 5 && signals-- > 0 ? -11 : door.syscall(call, first, bytes, length);
  using source = createKernelSource({ door: { ...door, syscall } });
  const { sourceOf } = await new SocketEngine().sockets({ protocol: "tcp", source });
  expect(sourceOf).toMatchObject({ owners: "kernel", notes: [] });
  expect(signals).toBe(-1);
});

it.each([
  ["BPF_ITER_CREATE", 33, -24, "EMFILE"],
  ["BPF_ITER_CREATE", 33, -12, "ENOMEM"],
  ["BPF_PROG_LOAD", 5, -12, "ENOMEM"],
] as const)(
  "is asked again later where %s fails for the moment, and links answer meanwhile",
  async (_what, failing, result, code) => {
    if (reason !== undefined) return;
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const door = openDoor();
    let fails = true;
    const syscall: typeof door.syscall = (call, first, bytes, length) =>
      fails && first === failing ? result : door.syscall(call, first, bytes, length);
    const source = createKernelSource({ door: { ...door, syscall } });
    const ask = async (): Promise<unknown> => {
      const localPort = (server.address() as AddressInfo).port;
      const { sockets, sourceOf } = await new SocketEngine().sockets({ protocol: "tcp", localPort, source });
      return [sockets[0]?.owners?.map(({ pid }) => pid), sourceOf?.owners, sourceOf?.notes.join()];
    };
    const mine = [process.pid];
    expect(await ask()).toEqual([mine, "procfs", expect.stringMatching(`links of descriptors: .*${code}`)]);
    fails = false;
    expect(await ask()).toEqual([mine, "kernel", ""]);
    source.close();
    server.close();
  },
);
