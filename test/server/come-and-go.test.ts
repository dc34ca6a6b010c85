import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { createProcnetServer } from "@procnet/server";
import { expect, it } from "vitest";
import { scaled } from "../support/time.ts";

const ROUNDS = 100;
const AT_A_TIME = 100;

const descriptors = (): number => readdirSync("/proc/self/fd").length;
const resources = (name: string): number => process.getActiveResourcesInfo().filter((one) => one === name).length;

const ASK = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

/** What clients do, in turn: ask and leave, break off, say nothing, say half, leave the answer, end their half, guess. */
const WAYS: readonly ((socket: Socket) => void)[] = [
  (socket) => socket.write(ASK("/healthz", "Connection: close\r\n")),
  (socket) => socket.write(ASK("/healthz"), () => socket.resetAndDestroy()),
  (socket) => socket.destroy(),
  (socket) => socket.write("GET /hea", () => socket.destroy()),
  (socket) => socket.write(ASK("/metrics?collect[]=netdev"), () => socket.destroy()),
  (socket) => socket.end(ASK("/healthz")),
  (socket) => socket.write(ASK("/metrics", "Authorization: Bearer wrong\r\nConnection: close\r\n")),
  (socket) => socket.end(),
  (socket) => socket.end("no HTTP\r\n\r\n"),
  (socket) => socket.write(ASK("/healthz").repeat(5), () => socket.resetAndDestroy()),
];

it(
  `${ROUNDS * AT_A_TIME} clients that come and go leave no descriptor, no timer and no connection`,
  async () => {
    const server = await createProcnetServer({ listen: ["127.0.0.1:0"], token: "auto" });
    const { port } = new URL(server.urls[0]!);
    let done = 0;
    const visit = async (at: number): Promise<void> => {
      const socket = connect(Number(port), "127.0.0.1").on("error", () => {});
      socket.resume();
      const closed = once(socket, "close");
      socket.once("connect", () => WAYS[at % WAYS.length]!(socket));
      await closed;
      done++;
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, (_, at) => visit(at)));
    await expect.poll(() => resources("TCPSocketWrap")).toBe(0);
    const before = { descriptors: descriptors(), timers: resources("Timeout") };
    for (let round = 1; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_A_TIME }, (_, at) => visit(at)));
    }
    expect(done).toBe(ROUNDS * AT_A_TIME);
    await expect.poll(() => resources("TCPSocketWrap")).toBe(0);
    await expect.poll(() => descriptors()).toBeLessThanOrEqual(before.descriptors);
    await expect.poll(() => resources("Timeout")).toBeLessThanOrEqual(before.timers);
    await server.close();
  },
  scaled(400_000),
);
