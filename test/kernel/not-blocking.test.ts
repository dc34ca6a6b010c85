import { createServer } from "node:net";
import { createKernelSource } from "@procnet/kernel";
import { sockets } from "procnet";
import { beforeEach, describe, expect, it } from "vitest";
import { allRows, eachRowInTurns } from "../../packages/kernel/src/diag/dump.ts";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import { stateMask } from "../../packages/kernel/src/diag/states.ts";
import { unixSockets } from "../../packages/kernel/src/diag/unix.ts";
import type { KernelDoor } from "../../packages/kernel/src/door/door.ts";
import { openDoor } from "../../packages/kernel/src/door/open.ts";
import { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { missingTools, run, skipIf } from "../support/tools.ts";

/* Which calls are made on which thread, counted: a question that may take the kernel long holds nobody up. */

const reason = noDoor();
beforeEach((context) => skipIf(context, reason));

const SOCK_DIAG = 4;

/** The door of this runtime, and how often it was gone through. */
function counted(): { readonly door: KernelDoor; readonly calls: Record<string, number> } {
  const door = openDoor();
  const calls: Record<string, number> = { send: 0, recv: 0, writeApart: 0, readApart: 0, close: 0 };
  const counting = Object.keys(calls).map((name) => {
    const call = door[name as "send"] as (...values: readonly unknown[]) => number;
    const count = (...values: readonly unknown[]): number => {
      calls[name]!++;
      return call(...values);
    };
    return [name, count] as const;
  });
  return { door: { ...door, ...Object.fromEntries(counting) }, calls };
}

const portZero = Uint8Array.of(7, 12, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0);

describe("a question in turns", () => {
  it("about one port is asked and read on another thread", async () => {
    const { door, calls } = counted();
    const socket = new NetlinkSocket(door, SOCK_DIAG);
    await eachRowInTurns(socket, inetSockets({ protocol: "tcp", bytecode: portZero }), () => {});
    expect(calls).toMatchObject({ send: 0, recv: 0, writeApart: 1 });
    expect(calls.readApart).toBeGreaterThan(0);
    socket.close();
  });

  it("about some states too", async () => {
    const { door, calls } = counted();
    const socket = new NetlinkSocket(door, SOCK_DIAG);
    await eachRowInTurns(socket, inetSockets({ protocol: "tcp", states: stateMask(["TIME_WAIT"]) }), () => {});
    expect(calls).toMatchObject({ send: 0, recv: 0, writeApart: 1 });
    socket.close();
  });

  it("about listeners, which have a table of their own, is asked at once", async () => {
    const { door, calls } = counted();
    const socket = new NetlinkSocket(door, SOCK_DIAG);
    await eachRowInTurns(socket, inetSockets({ protocol: "tcp", states: stateMask(["LISTEN"]) }), () => {});
    expect(calls).toMatchObject({ send: 1, writeApart: 0 });
    socket.close();
  });

  it("about all is begun on another thread, as the first of them may be far", async () => {
    const { door, calls } = counted();
    const socket = new NetlinkSocket(door, SOCK_DIAG);
    const rows: object[] = [];
    await eachRowInTurns(socket, unixSockets(), (row) => rows.push(row));
    expect(calls).toMatchObject({ send: 0, writeApart: 1 });
    expect(calls.recv! + calls.readApart!).toBeGreaterThan(0);
    socket.close();
  });
});

describe("a socket that is closed", () => {
  it("while another thread is in a call is closed behind it, once, and what was asked is an end", async () => {
    const { door, calls } = counted();
    const socket = new NetlinkSocket(door, SOCK_DIAG);
    const asked = eachRowInTurns(socket, inetSockets({ protocol: "tcp", bytecode: portZero }), () => {});
    socket.close();
    socket.close();
    expect(calls).toMatchObject({ writeApart: 1, close: 0 });
    await expect(asked).rejects.toMatchObject({ code: "EBADF" });
    expect(calls.close).toBe(1);
    expect(() => allRows(socket, unixSockets())).toThrow(expect.objectContaining({ code: "EBADF" }));
  });
});

it("a signal in the middle ends it, and the next question has its own answer", async () => {
  const { door, calls } = counted();
  const socket = new NetlinkSocket(door, SOCK_DIAG);
  const controller = new AbortController();
  const stopped = eachRowInTurns(
    socket,
    inetSockets({ protocol: "tcp", bytecode: portZero }),
    () => {},
    controller.signal,
  );
  controller.abort(new Error("no more"));
  await expect(stopped).rejects.toThrow("no more");
  expect(calls).toMatchObject({ writeApart: 1, readApart: 0 });
  const rows: object[] = [];
  await eachRowInTurns(socket, unixSockets(), (row) => rows.push(row));
  expect(rows.length).toBeGreaterThan(0);
  socket.close();
});

it("rooms are shared by sockets that take turns", async () => {
  const seen = new Set<ArrayBufferLike>();
  const door = openDoor();
  const watching: KernelDoor = {
    ...door,
    recv: (fd, into, flags) => {
      seen.add(into.buffer);
      return door.recv(fd, into, flags);
    },
  };
  const { Rooms } = await import("../../packages/kernel/src/netlink/rooms.ts");
  const rooms = new Rooms();
  const all = Array.from({ length: 5 }, () => new NetlinkSocket(watching, SOCK_DIAG, undefined, rooms));
  for (const socket of all) expect(allRows(socket, unixSockets()).rows.length).toBeGreaterThan(0);
  expect(seen.size).toBe(1);
  for (const socket of all) socket.close();
});

it("where no thread can start, other namespaces are of procfs, and the answer says why", (context) => {
  skipIf(
    context,
    missingTools("prlimit") ?? (process.getuid?.() === 0 ? undefined : "only root can give up its rights"),
  );
  // The threads that the runtime has are there, and this user may have no other.
  const code = `
    import { execFileSync } from "node:child_process";
    import { stat } from "node:fs/promises";
    import { createKernelSource } from "@procnet/kernel";
    const source = createKernelSource({ iterator: false });
    await stat("/");
    execFileSync("prlimit", ["--pid", String(process.pid), "--nproc=1:1"]);
    process.setuid(65534);
    const look = await source.begin({ root: "/proc", pids: [process.pid], signal: undefined });
    const asked = { protocol: "tcp", namespace: undefined, inet: undefined, unix: undefined, addresses: undefined };
    const others = await look.sockets({ ...asked, pid: process.pid });
    const own = await look.sockets({ ...asked, pid: undefined });
    console.log(JSON.stringify({ others: others === undefined, own: Array.isArray(own), notes: look.notes }));
    look.close();
  `;
  const said = run(process.execPath, ["--no-warnings", "--input-type=module", "-e", code]);
  expect(JSON.parse(said)).toEqual({
    others: true,
    own: true,
    notes: [expect.stringMatching(/^other network namespaces are read from procfs: no thread can go into them: /)],
  });
});

it("one port of all is found while the event loop turns", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  using source = createKernelSource();
  const { sockets: found } = await sockets({ protocol: "tcp", localPort: port, source });
  expect(found).toMatchObject([{ state: "LISTEN", owners: [{ pid: process.pid }] }]);
  server.close();
});
