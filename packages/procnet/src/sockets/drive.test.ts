import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SimulatedProc } from "../../../../test/support/sockets/simulated-proc.ts";
import { tcpRow } from "../../../../test/support/sockets/tcp-row.ts";
import { type Socket, SocketEngine, type SocketsOptions, whoListens } from "../index.ts";

const SOCKETS = 2000;
const mine = new Error("mine");

let proc: SimulatedProc;
let engine: SocketEngine;
beforeEach(() => {
  proc = new SimulatedProc();
  const inodes = Array.from({ length: SOCKETS }, (_, at) => 100 + at);
  proc.tcp(inodes.map((inode, at) => tcpRow(1 + at, inode)));
  proc.process(50, { fds: Object.fromEntries(inodes.map((inode, at) => [3 + at, inode])) });
  engine = new SocketEngine({ procfs: proc.procfs });
});
afterEach(() => proc.remove());

const OPTIONS = { protocol: "tcp" } as const satisfies SocketsOptions;

/** After all this the engine answers as if nothing had been. */
async function expectUsable(): Promise<void> {
  const { sockets } = await engine.sockets(OPTIONS);
  expect(sockets).toHaveLength(SOCKETS);
  for (const { owners } of sockets) expect(owners).toMatchObject([{ pid: 50 }]);
}

describe("a signal ends with its reason", () => {
  it("what was not begun", async () => {
    const signal = AbortSignal.abort(mine);
    await expect(engine.sockets({ ...OPTIONS, signal })).rejects.toBe(mine);
    await expect(engine.eachSocket({ ...OPTIONS, signal }).next()).rejects.toBe(mine);
    await expect(whoListens(80, { procfs: proc.procfs, signal })).rejects.toBe(mine);
    expect(() => engine.socketsSync({ ...OPTIONS, signal })).toThrow(mine);
    await expectUsable();
  });

  it.each([
    ["at once", (abort: () => void) => abort()],
    ["in a microtask", (abort: () => void) => queueMicrotask(abort)],
    ["in the next turn", (abort: () => void) => setImmediate(abort)],
  ])("sockets(), %s", async (_when, later) => {
    const controller = new AbortController();
    const aborted = engine.sockets({ ...OPTIONS, signal: controller.signal });
    const other = engine.sockets(OPTIONS);
    later(() => controller.abort(mine));
    await expect(aborted).rejects.toBe(mine);
    expect((await other).sockets).toHaveLength(SOCKETS);
    await expectUsable();
  });

  it("sockets() on a budget, which looks alone", async () => {
    const controller = new AbortController();
    const budget = { descriptors: 1_000_000 };
    const aborted = engine.sockets({ ...OPTIONS, budget, signal: controller.signal });
    controller.abort(mine);
    await expect(aborted).rejects.toBe(mine);
    await expectUsable();
  });

  it.each([1, 2, 256, 300])("eachSocket(), after %i", async (count) => {
    const controller = new AbortController();
    const seen: Socket[] = [];
    const loop = async (): Promise<void> => {
      for await (const socket of engine.eachSocket({ ...OPTIONS, signal: controller.signal })) {
        seen.push(socket);
        if (seen.length === count) controller.abort(mine);
      }
    };
    await expect(loop()).rejects.toBe(mine);
    expect(seen).toHaveLength(count);
    await expectUsable();
  });

  it("whoListens()", async () => {
    const controller = new AbortController();
    // So many processes that turns of the event loop are between.
    for (let pid = 1000; pid < 1400; pid++) proc.process(pid, { fds: { 3: 1 } });
    const aborted = whoListens(80, { procfs: proc.procfs, signal: controller.signal });
    controller.abort(mine);
    await expect(aborted).rejects.toBe(mine);
    expect(await whoListens(80, { procfs: proc.procfs })).toMatchObject({ kind: "owned" });
  });

  it("nothing that is done", async () => {
    const controller = new AbortController();
    const { sockets } = await engine.sockets({ ...OPTIONS, signal: controller.signal });
    controller.abort(mine);
    expect(sockets).toHaveLength(SOCKETS);
    await expectUsable();
  });
});

it("eachSocket() may be left at any time", async () => {
  for (const count of [1, 256, 257]) {
    let seen = 0;
    for await (const _socket of engine.eachSocket(OPTIONS)) if (++seen === count) break;
    expect(seen).toBe(count);
  }
  await engine.eachSocket(OPTIONS).return([]);
  await expectUsable();
});
