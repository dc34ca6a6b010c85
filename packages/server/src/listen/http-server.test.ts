import { once } from "node:events";
import type { RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { LIMITS, type Limits } from "./http-server.ts";
import { Listeners } from "./listeners.ts";

const SHORT: Limits = { ...LIMITS, headers: 200, request: 400, idle: 300, checks: 50 };

let listeners: Listeners | undefined;
const clients: Socket[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await listeners?.close();
});

async function started(listener: RequestListener, limits: Partial<Limits> = {}): Promise<Listeners> {
  listeners = new Listeners({ listener, tls: undefined, isOpen: false, limits: { ...SHORT, ...limits } });
  await listeners.atAddress("127.0.0.1", 0);
  return listeners;
}

function client(to: Listeners): Socket {
  const socket = connect(Number(new URL(to.urls[0]!).port), "127.0.0.1").on("error", () => {});
  clients.push(socket);
  return socket;
}

const hello: RequestListener = (_, answer) => {
  answer.end("hello");
};

async function said(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  await once(socket, "close");
  return text;
}

it("the limits are those that docs/server.md tells of", () => {
  expect(LIMITS).toEqual({
    headerBytes: 16_384,
    headers: 20_000,
    request: 30_000,
    idle: 60_000,
    checks: 5000,
    connections: 200,
  });
});

describe("a client that takes its time loses its connection:", () => {
  it("one that says nothing", async () => {
    expect(await said(client(await started(hello)))).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it("one that sends a letter now and then", async () => {
    const slow = client(await started(hello, { idle: 60_000 }));
    slow.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
    const timer = setInterval(() => slow.write("X"), 20);
    expect(await said(slow)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(timer);
  });

  it("one whose request does not end", async () => {
    const slow = client(await started(() => {}, { idle: 60_000 }));
    slow.write("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
    const timer = setInterval(() => slow.write("X"), 20);
    expect(await said(slow)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(timer);
  });

  it("one that asks no more", async () => {
    const idle = client(await started(hello));
    idle.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect(await said(idle)).toContain("hello");
  });

  it("one that does not read", async () => {
    const server = await started((_, answer) => {
      answer.end(Buffer.alloc(64 << 20));
    });
    const stopped = client(server);
    stopped.pause();
    stopped.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await expect.poll(() => server.size).toBe(1);
    await expect.poll(() => server.size).toBe(0);
  });
});

it("more connections than allowed are closed at once, and the others stay", async () => {
  const server = await started(hello, { connections: 5, idle: 60_000, headers: 60_000, request: 60_000 });
  const many = Array.from({ length: 8 }, () => client(server));
  await expect.poll(() => many.filter((one) => one.destroyed).length).toBe(3);
  expect(server.size).toBe(5);
  many.find((one) => !one.destroyed)!.destroy();
  await expect.poll(() => server.size).toBe(4);
  const late = client(server);
  late.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  expect(await said(late)).toContain("hello");
});

it("what is cut off is no failure", async () => {
  const server = await started(hello);
  const cut = client(server);
  cut.write("GET / HT");
  await expect.poll(() => server.size).toBe(1);
  cut.resetAndDestroy();
  await expect.poll(() => server.size).toBe(0);
});
