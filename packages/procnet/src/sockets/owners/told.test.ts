import { expect, it } from "vitest";
import { useListener } from "../../../../../test/support/sockets/use-listener.ts";
import { baseProcFs } from "../../host/procfs.ts";
import { SocketEngine } from "../engine.ts";
import type { HeldSockets, SocketSource } from "../source.ts";
import type { SocketsResult } from "../types.ts";

/* Owners as a source tells them, of processes and sockets that are there. */

const FD = 77;

const stage = useListener();

const startOf = (pid: number): number => baseProcFs().process(pid).stat().starttime;

/** Tells that a process holds the listener. */
const holding = (pid: number, start: number): HeldSockets => ({ pid, start, pairs: Float64Array.of(FD, stage.inode) });

function telling(held: () => Promise<readonly HeldSockets[] | undefined>): SocketSource {
  return { name: "kernel", begin: async () => ({ notes: [], sockets: async () => undefined, held, close: () => {} }) };
}

const ask = (engine: SocketEngine, source: SocketSource): Promise<SocketsResult> =>
  engine.sockets({ protocol: "tcp", localPort: stage.port, source });

it("are those processes that began when they are told to have begun, and none that has their number since", async () => {
  const engine = new SocketEngine();
  const pid = stage.sleeper.pid!;
  const start = startOf(pid);
  const right = await ask(
    engine,
    telling(async () => [holding(pid, start)]),
  );
  expect(right.sockets[0]?.owners).toMatchObject([{ pid, startTime: start, fds: [FD] }]);
  // One that was told of before, and one that was not.
  for (const asked of [engine, new SocketEngine()]) {
    const { sockets } = await ask(
      asked,
      telling(async () => [holding(pid, start - 1)]),
    );
    expect(sockets[0]).toMatchObject({ owners: [], ownerless: "exited" });
  }
});

it("are as the walk tells them that began last, whichever is over first", async () => {
  const engine = new SocketEngine();
  const [own, other] = [
    holding(process.pid, startOf(process.pid)),
    holding(stage.sleeper.pid!, startOf(stage.sleeper.pid!)),
  ];
  let tell = (_held: readonly HeldSockets[]): void => {};
  const late = new Promise<readonly HeldSockets[]>((resolve) => {
    tell = resolve;
  });
  let isAsked = (): void => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const first = ask(
    engine,
    telling(() => {
      isAsked();
      return late;
    }),
  );
  await asked;
  const second = await ask(
    engine,
    telling(async () => [own]),
  );
  expect(second.sockets[0]?.owners).toMatchObject([{ pid: process.pid }]);
  tell([other]);
  const owners = (await first).sockets[0]?.owners;
  expect(owners).toMatchObject([{ pid: process.pid }]);
});

it("are asked for once more where a socket came up since, and no more often", async () => {
  const { pid } = process;
  let asks = 0;
  const telling = (walks: readonly (readonly HeldSockets[])[]): SocketSource => {
    asks = 0;
    return {
      name: "kernel",
      begin: async () => ({
        notes: [],
        sockets: async () => undefined,
        held: async () => walks[asks++],
        close: () => {},
      }),
    };
  };
  const whole = [holding(pid, startOf(pid))];
  const again = await ask(new SocketEngine(), telling([[], whole]));
  expect([again.sockets[0]?.owners?.map((owner) => owner.pid), asks]).toEqual([[pid], 2]);
  const once = await ask(new SocketEngine(), telling([whole, []]));
  expect([once.sockets[0]?.owners?.map((owner) => owner.pid), asks]).toEqual([[pid], 1]);
  // The source stops telling in between: links do.
  const links = await ask(new SocketEngine(), telling([[]]));
  expect([links.sockets[0]?.owners?.map((owner) => owner.pid), asks]).toEqual([[pid], 2]);
});

it("are left to links where the source does not tell, and forgotten", async () => {
  const engine = new SocketEngine();
  const { pid } = stage.sleeper;
  const told = await ask(
    engine,
    telling(async () => [holding(pid!, startOf(pid!))]),
  );
  expect(told.sockets[0]?.owners).toMatchObject([{ pid }]);
  const { sockets, sourceOf } = await ask(
    engine,
    telling(async () => undefined),
  );
  expect(sockets[0]?.owners).toMatchObject([{ pid: process.pid }]);
  expect(sourceOf?.owners).toBe("procfs");
});

it("are not said to be gone where the table of their namespace was not read", async () => {
  const { sockets } = await new SocketEngine().sockets({ protocol: "tcp", localPort: stage.port, owners: false });
  const [own] = sockets;
  const UNHELD = 4_000_000_000;
  const source = (namespace: number | undefined): SocketSource => ({
    name: "kernel",
    begin: async () => ({
      notes: [],
      sockets: async () => [{ ...own!, namespace, inode: UNHELD }],
      held: async () => undefined,
      close: () => {},
    }),
  });
  const ownerless = async (namespace: number | undefined): Promise<unknown> =>
    (await ask(new SocketEngine(), source(namespace))).sockets[0]?.ownerless;
  expect(await ownerless(own?.namespace)).toBe("gone");
  expect(await ownerless(1)).not.toBe("gone");
});
