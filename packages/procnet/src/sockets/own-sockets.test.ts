import { readdirSync, readlinkSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ownSockets } from "../index.ts";

let server: Server;
let accepted: Socket[];
const clients: Socket[] = [];
beforeEach(async () => {
  accepted = [];
  server = createServer({ allowHalfOpen: true }, (socket) => accepted.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const socket of [...clients.splice(0), ...accepted]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const port = (): number => (server.address() as AddressInfo).port;

async function call(): Promise<Socket> {
  const count = accepted.length + 1;
  const client = connect({ port: port(), host: "127.0.0.1", allowHalfOpen: true });
  clients.push(client);
  await new Promise((resolve) => client.once("connect", resolve));
  while (accepted.length < count) await new Promise((resolve) => setImmediate(resolve));
  return client;
}

/** Inodes of this process's sockets, by its own links. */
function linkedInodes(): Set<number> {
  const found = new Set<number>();
  for (const fd of readdirSync("/proc/self/fd")) {
    try {
      const [, inode] = /^socket:\[([0-9]+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`)) ?? [];
      if (inode !== undefined) found.add(Number(inode));
    } catch {
      // the descriptor of the listing
    }
  }
  return found;
}

it("counts this process's sockets by state and by peer", async () => {
  const before = ownSockets();
  for (let at = 0; at < 3; at++) await call();
  const { sockets, byState, byPeer } = ownSockets();
  const more = (state: string): number => (byState.get(state) ?? 0) - (before.byState.get(state) ?? 0);
  expect([more("LISTEN"), more("ESTABLISHED")]).toEqual([0, 6]);
  expect(byPeer.get(`127.0.0.1:${port()}`)).toBe(3);
  for (const { localPort } of clients) expect(byPeer.get(`127.0.0.1:${localPort}`)).toBe(1);
  const linked = linkedInodes();
  for (const { inode } of sockets) expect(linked).toContain(inode);
  const listener = sockets.filter((socket) => socket.protocol === "tcp" && socket.localPort === port());
  expect(listener.filter((socket) => "state" in socket && socket.state === "LISTEN")).toHaveLength(1);
});

it("shows a connection that is not closed after its peer has closed it", async () => {
  const client = await call();
  const before = ownSockets().byState.get("CLOSE_WAIT") ?? 0;
  client.resume();
  accepted[0]!.end();
  await new Promise((resolve) => client.once("end", resolve));
  expect(ownSockets().byState.get("CLOSE_WAIT")).toBe(before + 1);
  client.destroy();
  await new Promise((resolve) => client.once("close", resolve));
  expect(ownSockets().byState.get("CLOSE_WAIT") ?? 0).toBe(before);
});
