import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { type ConnectionTraffic, type TrafficLook, traffic } from "@procnet/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";

/* Connections that no look saw are those of who listens: who that is changes while the listener stays. */

const why = noKernelScene();
if (why !== undefined) console.warn(`no owners of listeners that change: ${why}`);

const PORT = 47_612;

/** A process that listens with its child, which takes what comes: both say their numbers. Told to, it lets go of the listener, or ends. */
const LISTENER = `
import os, socket, sys
listener = socket.create_server(("127.0.0.1", ${PORT}))
child = os.fork()
if child == 0:
    while True:
        end, _ = listener.accept()
        while end.recv(1 << 16): pass
        end.close()
print(os.getpid(), child, flush=True)
for line in sys.stdin:
    if line == "end\\n": os._exit(0)
    listener.close()
    print("closed", flush=True)`;

/** Opens a connection for each line, sends, and waits for the end of it. */
const CLIENT = `
import socket, sys
print("up", flush=True)
for _ in sys.stdin:
    client = socket.create_connection(("127.0.0.1", ${PORT}))
    client.sendall(b"x" * 100)
    client.shutdown(socket.SHUT_WR)
    client.recv(1)
    client.close()
    print("sent", flush=True)`;

describe.skipIf(why !== undefined)("a listener of two processes", () => {
  let namespace: Namespace;
  let looks: AsyncGenerator<TrafficLook, void, undefined>;
  let client: ChildProcess;
  let listening: ChildProcess;
  let pids: number[];

  beforeEach(async () => {
    namespace = new Namespace();
    [listening] = await started(LISTENER);
    pids = said.split(" ").map(Number);
    [client] = await started(CLIENT);
    looks = traffic({ every: 20, namespaces: [statSync(`/run/netns/${namespace.name}`).ino] });
    await looks.next();
  });

  afterEach(async () => {
    await looks.return();
    // The child of the listener is none of ours.
    if (pids[1] !== undefined) process.kill(pids[1], "SIGKILL");
    namespace.remove();
  });

  let said = "";
  async function started(script: string): Promise<[ChildProcess]> {
    const child = namespace.spawn("python3", ["-IS", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
    said = String((await once(child.stdout!, "data"))[0]);
    return [child];
  }

  /** Whose a connection is said to be that opens and closes between two looks. */
  async function guessed(): Promise<readonly number[]> {
    const sent = once(client.stdout!, "data");
    client.stdin!.write("\n");
    await sent;
    for (let left = 50; left > 0; left--) {
      const found = (await look()).connections.find(isServer);
      if (found === undefined) continue;
      expect(found).toMatchObject({ isClosed: true, isGuessed: true, received: 101 });
      return found.socket.owners!.map(({ pid }) => pid);
    }
    throw new Error("the end of the connection was not told");
  }

  async function look(): Promise<TrafficLook> {
    return (await looks.next()).value as TrafficLook;
  }

  it("is the other one's at once when one has ended", async () => {
    expect(await guessed()).toEqual(pids);
    const ended = once(listening, "exit");
    listening.stdin!.write("end\n");
    await ended;
    expect(await guessed()).toEqual([pids[1]]);
  });

  it("is the other one's ten looks later when one let go of it", async () => {
    expect(await guessed()).toEqual(pids);
    const closed = once(listening.stdout!, "data");
    listening.stdin!.write("close\n");
    await closed;
    for (let count = 0; count < 10; count++) await look();
    expect(await guessed()).toEqual([pids[1]]);
  });
});

function isServer({ socket }: ConnectionTraffic): boolean {
  return socket.localPort === PORT;
}
