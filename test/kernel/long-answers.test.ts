import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { allRows, eachRowInTurns, inetSockets, type KernelDoor, networkSocket, openDoor } from "@procnet/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Batch } from "../../packages/kernel/src/netlink/batch.ts";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { skipIf } from "../support/tools.ts";

/*
 * Answers of many datagrams, which another thread takes while rows are made: the same as one after the other. 12,000 sockets of TCP in a
 * namespace of their own take about a hundred datagrams.
 */

const SOCK_DIAG = 4;
const SOCKETS = 12_000;
const SCRIPT = `
import resource, socket
limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
server = socket.create_server(("127.0.0.1", 4711), backlog=100)
held = []
for _ in range(${SOCKETS / 2}):
    held.append(socket.create_connection(("127.0.0.1", 4711)))
    held.append(server.accept()[0])
print("up", flush=True)
input()
`;

const reason = noDoor() ?? (process.getuid?.() === 0 ? undefined : "only root may enter a network namespace");
let scene: ChildProcess | undefined;
beforeAll(async () => {
  if (reason !== undefined) return;
  const up = "ip link set lo up && exec python3 -IS -c";
  scene = spawn("unshare", ["-n", "sh", "-c", `${up} '${SCRIPT}'`], { stdio: ["pipe", "pipe", "inherit"] });
  await once(scene.stdout!, "data");
});
afterAll(() => scene?.kill("SIGKILL"));
beforeEach((context) => skipIf(context, reason));

const tcp = inetSockets({ protocol: "tcp" });
const place = (): { readonly root: string; readonly pid: number } => ({ root: "/proc", pid: scene!.pid! });

/** The door of this runtime, and how often it was gone through. */
function counted(): { readonly door: KernelDoor; readonly calls: { recv: number; many: number } } {
  const door = openDoor();
  const calls = { recv: 0, many: 0 };
  const recv: typeof door.recv = (...values) => {
    calls.recv++;
    return door.recv(...values);
  };
  const { receiveManyApart } = door;
  if (receiveManyApart === undefined) return { door: { ...door, recv }, calls };
  const many: typeof receiveManyApart = (...values) => {
    calls.many++;
    return receiveManyApart(...values);
  };
  return { door: { ...door, recv, receiveManyApart: many }, calls };
}

it("are the same, in the same order, by few calls", async () => {
  const { door, calls } = counted();
  const socket = await networkSocket(place(), SOCK_DIAG, door);
  const { rows } = allRows(socket, tcp);
  expect(rows).toHaveLength(SOCKETS + 1);
  const datagrams = calls.recv;
  expect(calls.many).toBe(0);
  calls.recv = 0;
  const told: typeof rows = [];
  expect(await eachRowInTurns(socket, tcp, (row) => told.push(row))).toMatchObject({ isInterrupted: false });
  const still = ({ tcpInfo: _times, timerExpires: _left, ...row }: (typeof rows)[number]): object => row;
  expect(told.map(still)).toEqual(rows.map(still));
  if (Batch.isKnownTo(door)) {
    expect(calls.recv).toBeLessThan(datagrams / 2);
    expect(calls.many).toBeGreaterThan(0);
    expect(calls.many).toBeLessThan(10);
  }
  socket.close();
});

it("may be given up in the middle by a throw, by a signal and by closing, and the next has its own answer", async () => {
  const socket = await networkSocket(place(), SOCK_DIAG);
  let seen = 0;
  const stop = (): void => {
    if (++seen === 6000) throw new Error("enough");
  };
  await expect(eachRowInTurns(socket, tcp, stop)).rejects.toThrow("enough");
  const controller = new AbortController();
  seen = 0;
  const abort = (): void => {
    if (++seen === 6000) controller.abort(new Error("no more"));
  };
  await expect(eachRowInTurns(socket, tcp, abort, controller.signal)).rejects.toThrow("no more");
  expect(seen).toBeLessThan(SOCKETS);
  seen = 0;
  await eachRowInTurns(socket, tcp, () => seen++);
  expect(seen).toBe(SOCKETS + 1);
  seen = 0;
  const close = (): void => {
    if (++seen === 6000) socket.close();
  };
  await expect(eachRowInTurns(socket, tcp, close)).rejects.toMatchObject({ code: "EBADF" });
});

it("that come in part and are ended by who takes them are read no further, and the socket is closed once", async (context) => {
  const door = openDoor();
  const { receiveManyApart } = door;
  if (receiveManyApart === undefined) return context.skip("this door takes datagrams one by one");
  const calls: string[] = [];
  const watched: KernelDoor = {
    ...door,
    receiveManyApart: (fd, headers, count) => {
      calls.push("many");
      return receiveManyApart(fd, headers, Math.min(count, 7));
    },
    close: (fd) => {
      calls.push("close");
      return door.close(fd);
    },
  };
  const socket = await networkSocket(place(), SOCK_DIAG, watched);
  let seen = 0;
  const close = (): void => {
    if (++seen === 6000) socket.close();
  };
  calls.length = 0;
  await expect(eachRowInTurns(socket, tcp, close)).rejects.toMatchObject({ code: "EBADF" });
  expect(calls.filter((call) => call === "close")).toHaveLength(1);
  expect(calls.at(-1)).toBe("close");
});

it("of another form of pointers are taken one by one", () => {
  const door = openDoor();
  expect(Batch.isKnownTo(door, "arm")).toBe(false);
  expect(Batch.isKnownTo({ ...door, receiveManyApart: undefined! }, "x64")).toBe(false);
});
