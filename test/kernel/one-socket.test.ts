import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import type { InetProtocol } from "../../packages/kernel/src/diag/inet-request.ts";
import { destroyInetSocket, inetSocket } from "../../packages/kernel/src/diag/one.ts";
import { KernelError } from "../../packages/kernel/src/netlink/errors.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * One socket by its ends, without going through a table, and its end by SOCK_DESTROY: in a namespace of its own.
 */

const reason = noKernelScene();
let scene: KernelScene;
let socket: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeKernelScene();
  socket = netlinkIn(scene.namespace);
});
afterAll(() => {
  socket?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

const rowsOf = (protocol: InetProtocol) => allRows(socket, inetSockets({ protocol, cookie: true })).rows;

describe("one socket by its ends", () => {
  it.each(["tcp", "tcp6", "udp", "udp6", "udplite"] as const)("is that of the table, for each of %s", (protocol) => {
    // On one port there may be a listener and a connection: each is found by its own ends.
    const rows = rowsOf(protocol);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(inetSocket(socket, { protocol }, row)?.inode, `${row.localPort} ${row.remotePort}`).toBe(row.inode);
  });

  it("is not there where there is no such connection, though a listener would take one", () => {
    const listener = rowsOf("tcp").find(({ state }) => state === "LISTEN")!;
    const ends = { ...listener, remoteAddress: "127.0.0.9", remotePort: 9 };
    expect(inetSocket(socket, { protocol: "tcp" }, ends)).toBeUndefined();
    expect(inetSocket(socket, { protocol: "tcp" }, { ...listener, localPort: 9 })).toBeUndefined();
  });

  it("has ends of its own family", () => {
    const ends = { localAddress: "::1", localPort: 1, remoteAddress: "::1", remotePort: 2 };
    expect(() => inetSocket(socket, { protocol: "tcp" }, ends)).toThrow(TypeError);
    expect(() => inetSocket(socket, { protocol: "tcp6" }, { ...ends, localAddress: "name" })).toThrow(TypeError);
    expect(inetSocket(socket, { protocol: "tcp6" }, ends)).toBeUndefined();
  });
});

/** A connection that says when it was ended, and by which error. */
const VICTIM = `
import socket, sys
listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
server, _ = listener.accept()
print(client.getsockname()[1], flush=True)
try:
    client.recv(1)
    print("ended without an error", flush=True)
except OSError as error:
    print(error.errno, flush=True)
sys.stdin.read()
`;

describe("SOCK_DESTROY", () => {
  it("ends the socket whose cookie it has, once, and no other with the same ends", async () => {
    const child = scene.namespace.spawn("python3", ["-ISc", VICTIM], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const port = Number((await lines.next()).value);
    const victim = rowsOf("tcp").find(({ localPort, state }) => localPort === port && state === "ESTABLISHED")!;
    const refusal = (cookie: string): unknown => {
      try {
        destroyInetSocket(socket, { ...victim, cookie });
      } catch (error) {
        return error instanceof KernelError ? error.code : error;
      }
      return "done";
    };
    // Another socket would have another cookie.
    expect(refusal((BigInt(`0x${victim.cookie}`) + 1n).toString(16))).toBe("ENOENT");
    expect(inetSocket(socket, { protocol: "tcp" }, victim)?.inode).toBe(victim.inode);
    const done = refusal(victim.cookie!);
    if (done === "EOPNOTSUPP") return console.warn("this kernel ends no sockets: CONFIG_INET_DIAG_DESTROY");
    expect(done).toBe("done");
    expect((await lines.next()).value).toBe("103"); // ECONNABORTED
    expect(refusal(victim.cookie!)).toBe("ENOENT");
    child.kill();
    await once(child, "exit");
  });

  it("takes no socket without a cookie", () => {
    const [row] = allRows(socket, inetSockets({ protocol: "tcp" })).rows;
    expect(() => destroyInetSocket(socket, row!)).toThrow(TypeError);
    expect(() => destroyInetSocket(socket, { ...row!, protocol: "icmp", cookie: "1" })).toThrow("no icmp sockets");
  });
});
