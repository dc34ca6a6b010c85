import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { readdirSync } from "node:fs";
import { type Socket as Connection, connect, createServer, type Server } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { WatchBatch, WatchedSocket, WatchItem, WatchSnapshot } from "./batch.ts";
import { type WatchOptions, watch } from "./watch.ts";
import type { Watch } from "./watcher.ts";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function begun<Item>(looks: Watch<Item>): Watch<Item> {
  open.push({ close: () => void looks.return() });
  return looks;
}

async function listening(): Promise<Server & { readonly port: number }> {
  const server = createServer((connection) => connection.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  const address = server.address();
  return Object.assign(server, { port: typeof address === "object" && address !== null ? address.port : 0 });
}

async function connected(port: number): Promise<Connection> {
  const connection = connect(port, "127.0.0.1");
  connection.on("error", () => {});
  await once(connection, "connect");
  open.push({ close: () => connection.destroy() });
  return connection;
}

/** The next item that is of this kind. */
async function item<Kind extends WatchItem["kind"]>(
  looks: AsyncIterator<WatchItem>,
  kind: Kind,
): Promise<Kind extends "batch" ? WatchBatch : WatchSnapshot>;
async function item(looks: AsyncIterator<WatchItem>, kind: WatchItem["kind"]): Promise<WatchItem> {
  const { value } = await looks.next();
  expect(value?.kind).toBe(kind);
  return value;
}

/** Batches until one of them has what is waited for. */
async function batchWith(looks: AsyncIterator<WatchItem>, isIt: (batch: WatchBatch) => boolean): Promise<WatchBatch> {
  for (;;) {
    const batch = await item(looks, "batch");
    if (isIt(batch)) return batch;
  }
}

/** Looks at what has this port on either side, as often as it can. */
const onPort = (port: number, more: WatchOptions = {}): Watch =>
  begun(
    watch({
      interval: 5,
      filter: (socket) => "remotePort" in socket && (socket.localPort === port || socket.remotePort === port),
      ...more,
    }),
  );

const LISTENING =
  'const s=require("net").createServer().listen(0,"127.0.0.1",()=>console.log(s.address().port));process.stdin.resume()';

describe("a watch", () => {
  it("tells all that is there, then what comes, changes and goes, with owners", async () => {
    const server = await listening();
    const looks = onPort(server.port);
    const { sockets, counts, took } = await item(looks, "snapshot");
    expect(sockets).toMatchObject([{ state: "LISTEN", owners: [{ pid: process.pid }] }]);
    expect(counts).toEqual([{ protocol: "tcp", state: "LISTEN", sockets: 1 }]);
    expect(took).toBeGreaterThan(0);
    expect(await item(looks, "batch")).toMatchObject({ opened: [], closed: [], changed: [], traces: [] });

    expect(looks.sockets.filter((one) => "localPort" in one && one.localPort === server.port)).toEqual(sockets);
    const connection = await connected(server.port);
    const came = await batchWith(looks, ({ opened }) => opened.some(({ owners }) => owners?.length === 1));
    expect(came.opened.find(({ owners }) => owners?.length === 1)).toMatchObject({ owners: [{ pid: process.pid }] });

    connection.resetAndDestroy();
    server.close();
    const went = await batchWith(looks, ({ closed }) => closed.some((one) => "state" in one && one.state === "LISTEN"));
    const listener = went.closed.find((one) => "state" in one && one.state === "LISTEN");
    expect(listener).toMatchObject({ owners: [{ pid: process.pid }] });
    expect(listener?.owners?.[0]).not.toHaveProperty("ended");
  });

  it.each(["with", "without"])("says %s a filter of the owner of what closed that it has ended", async (how) => {
    const child = spawn(process.execPath, ["-e", LISTENING]);
    open.push({ close: () => void child.kill("SIGKILL") });
    const port = Number((await once(child.stdout.setEncoding("utf8"), "data"))[0]);
    const looks = how === "with" ? onPort(port) : begun(watch({ protocol: "tcp", interval: 5 }));
    const isIt = (socket: WatchedSocket): boolean => "localPort" in socket && socket.localPort === port;
    expect((await item(looks, "snapshot")).sockets.filter(isIt)).toMatchObject([{ owners: [{ pid: child.pid }] }]);
    child.kill("SIGKILL");
    await once(child, "exit");
    const { closed } = await batchWith(looks, (batch) => batch.closed.some(isIt));
    expect(closed.filter(isIt)).toMatchObject([{ owners: [{ pid: child.pid, ended: true }] }]);
  });

  it("tells who reads slowly all at once, and counts what nobody saw", async () => {
    const server = await listening();
    const accepted: Connection[] = [];
    server.on("connection", (one) => accepted.push(one));
    const looks = onPort(server.port, { interval: 1 });
    await item(looks, "snapshot");
    const stays = await connected(server.port);
    for (let count = 0; count < 5; count++) (await connected(server.port)).resetAndDestroy();
    while (accepted.filter(({ destroyed }) => destroyed).length < 5) await new Promise((turn) => setTimeout(turn, 5));
    const { opened, closed, missed } = await item(looks, "batch");
    expect(opened.map((one) => "localPort" in one && one.localPort).sort()).toEqual(
      [server.port, stays.localPort].sort(),
    );
    expect(closed).toEqual([]);
    expect(missed).toHaveLength(1);
    // Other programs of this machine open connections too, which may have been seen before they were counted.
    let sum = missed[0]!.connections!;
    while (sum < 10) sum += (await item(looks, "batch")).missed[0]!.connections!;
  });

  it("tells of a socket that passes the filter no more that it changed, not that it closed", async () => {
    const server = await listening();
    const connection = await connected(server.port);
    const { localPort } = connection;
    const isEstablished = (socket: { readonly state?: string }): boolean => socket.state === "ESTABLISHED";
    const looks = begun(
      watch({
        protocol: "tcp",
        interval: 5,
        filter: (one) => one.localPort === localPort && isEstablished(one),
      }),
    );
    expect((await item(looks, "snapshot")).sockets).toHaveLength(1);
    connection.end();
    const { closed, changed } = await batchWith(looks, (batch) => batch.changed.length > 0);
    expect(closed).toEqual([]);
    expect(changed[0]).toMatchObject({ before: { state: "ESTABLISHED" }, fields: expect.arrayContaining(["state"]) });
  });

  it("does not know what was missed where it does not look at all", async () => {
    const looks = begun(watch({ protocol: "tcp", interval: 1 }));
    await item(looks, "snapshot");
    expect((await item(looks, "batch")).missed).toMatchObject([{ connections: undefined, why: "restricted" }]);
  });
});

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
const descriptors = (): number => readdirSync("/proc/self/fd").length;
/** Timers of the test runner come and go too, and what a test before this one has closed may still be there. */
function expectNoMore(before: readonly number[]): void {
  for (const [at, now] of [timers(), descriptors(), threads()].entries()) expect(now).toBeLessThanOrEqual(before[at]!);
}

const threads = (): number => readdirSync("/proc/self/task").length;

describe("the end of a watch", () => {
  it("comes when it is left, whatever it waits for, and nothing stays behind", async () => {
    const before = [timers(), descriptors(), threads()];
    const timer = vi.spyOn(globalThis, "setTimeout");
    const looks = watch({ interval: 3_600_000 });
    await looks.next();
    const waiting = looks.next();
    while (!timer.mock.calls.some(([, delay = 0]) => delay > 3_000_000)) await new Promise(setImmediate);
    timer.mockRestore();
    await looks.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await looks.next()).toEqual({ done: true, value: undefined });
    expectNoMore(before);
  });

  it("comes with the signal: before, in a wait, in a look, in a pause", async () => {
    const ends: ((controller: AbortController, looks: Watch) => Promise<IteratorResult<unknown>>)[] = [
      async (controller, looks) => {
        controller.abort();
        return looks.next();
      },
      async (controller, looks) => {
        await looks.next();
        const waiting = looks.next();
        controller.abort();
        return waiting;
      },
      async (controller, looks) => {
        const looking = looks.next();
        await Promise.resolve();
        controller.abort();
        return looking;
      },
      async (controller, looks) => {
        looks.pause();
        const waiting = looks.next();
        controller.abort();
        return waiting;
      },
    ];
    const before = [timers(), descriptors(), threads()];
    for (const end of ends) {
      const controller = new AbortController();
      const looks = begun(watch({ interval: 3_600_000, signal: controller.signal }));
      expect(await end(controller, looks)).toEqual({ done: true, value: undefined });
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }
    expectNoMore(before);
  });

  it("takes its listener off the signal, also where it never began", async () => {
    const { signal } = new AbortController();
    const looks = watch({ signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await looks.return();
    expect(getEventListeners(signal, "abort")).toEqual([]);
    for await (const _ of watch({ signal })) break;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is no leak in 200 looks", async () => {
    const looks = begun(watch({ interval: 1, adaptive: false }));
    for (let warm = 0; warm < 3; warm++) await looks.next();
    const before = [descriptors(), threads()];
    for (let round = 0; round < 200; round++) expect((await looks.next()).done).toBe(false);
    expect([descriptors(), threads()]).toEqual(before);
  });
});

it("has no timer while nobody waits, and none in a pause", async () => {
  const before = timers();
  const looks = begun(watch({ interval: 20 }));
  await looks.next();
  expect(timers()).toBeLessThanOrEqual(before);
  looks.pause();
  let isHere = false;
  const waiting = looks.next().then(() => {
    isHere = true;
  });
  await new Promise((turn) => setTimeout(turn, 60));
  expect(isHere).toBe(false);
  expect(timers()).toBeLessThanOrEqual(before);
  looks.resume();
  await waiting;
});

it("looks at once when it is told to, also from between two items, and then as before", async () => {
  const timer = vi.spyOn(globalThis, "setTimeout");
  try {
    const looks = begun(watch({ interval: 3_600_000 }));
    await item(looks, "snapshot");
    looks.now();
    await item(looks, "batch");
    const waiting = item(looks, "batch");
    while (!timer.mock.calls.some(([, delay = 0]) => delay > 3_000_000)) await new Promise(setImmediate);
    looks.now();
    await waiting;
  } finally {
    timer.mockRestore();
  }
});

it.each<[options: object, problem: string]>([
  [{ interval: 0 }, "watch: interval must be milliseconds from 1 to 2147483647"],
  [{ interval: "1s" }, "watch: interval"],
  [{ adaptive: 1 }, "watch: adaptive must be true or false, not 1"],
  [{ queues: "yes" }, 'watch: queues must be true or false, not "yes"'],
  [{ filter: "tcp" }, 'watch: filter must be a function, not "tcp"'],
  [{ signal: {} }, "must be an AbortSignal"],
  [{ state: "NO" }, "state"],
  [{ every: 1 }, 'watch has no option "every"'],
  [{ procfs: {} }, "watch"],
])("%j is refused at once", (options, problem) => {
  expect(() => watch(options as WatchOptions)).toThrow(problem);
});
