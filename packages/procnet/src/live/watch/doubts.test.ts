import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { monotonicNow } from "../../host/monotonic.ts";
import { SocketEngine } from "../../sockets/engine.ts";
import type { TcpSocket } from "../../sockets/types.ts";
import { Doubts } from "./doubts.ts";

async function listener(engine: SocketEngine, port: number): Promise<TcpSocket | undefined> {
  const { sockets } = await engine.sockets({ protocol: "tcp" });
  return sockets.find(({ localPort }) => localPort === port);
}

it("doubts once that a socket has closed whose process still has it", async () => {
  using engine = new SocketEngine();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = (await listener(engine, port))!;
  expect(socket.owners?.[0]?.pid).toBe(process.pid);
  const doubts = new Doubts(engine);
  doubts.next(monotonicNow());
  expect(doubts.next(monotonicNow())(socket)).toBe(true);
  expect(doubts.next(monotonicNow())(socket)).toBe(false);
  expect(doubts.next(monotonicNow())(socket)).toBe(true);

  server.close();
  await once(server, "close");
  expect(await listener(engine, port)).toBeUndefined();
  expect(new Doubts(engine).next(monotonicNow())(socket)).toBe(false);
});

it("doubts that the kernel forgets a connection in time-wait before its time", async () => {
  using engine = new SocketEngine();
  const row = { protocol: "tcp", state: "TIME_WAIT", inode: 0, timer: 3 } as TcpSocket;
  const doubts = new Doubts(engine);
  doubts.next(monotonicNow());
  const isDoubtful = doubts.next(monotonicNow());
  expect(isDoubtful({ ...row, timerExpires: 6000 })).toBe(true);
  expect(isDoubtful({ ...row, timerExpires: 0 })).toBe(false);
  expect(isDoubtful({ ...row, timer: 0, state: "FIN_WAIT1", timerExpires: 6000 })).toBe(false);
});
