import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionTraffic, type TrafficLook, type TrafficOptions, traffic } from "@procnet/kernel";
import { type BaseProcFs, baseProcFs } from "procnet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";
import { until } from "../support/time.ts";

/* How connections end, and begin again, against the bytes that programs in a namespace of their own are known to send. */

const why = noKernelScene();
if (why !== undefined) console.warn(`no ends of connections: ${why}`);

const PORT = 47_611;

/** A listener, and what the scripts after it use. A line that is read says when to go on. */
const BEGIN = `
import socket, struct, sys, time, ctypes
listener = socket.create_server(("127.0.0.1", ${PORT}))
def pair():
    one = socket.create_connection(("127.0.0.1", ${PORT}))
    return one, listener.accept()[0]
def move(one, other, count):
    while count > 0:
        one.sendall(b"x" * 10000)
        count -= len(other.recv(10000, socket.MSG_WAITALL))
def told():
    print("told", flush=True)
    sys.stdin.readline()
`;

/** Is reset by its peer, and is closed by its process long after. */
const RESET = `
client, server = pair()
told()
move(client, server, 1000000)
told()
client.sendall(b"x" * 5000)
server.recv(5000, socket.MSG_WAITALL)
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
client.close()
told()
server.close()
told()`;

/** One socket that is taken apart and connected again. */
const AGAIN = `
client, server = pair()
told()
move(client, server, 1000000)
told()
ctypes.CDLL(None).connect(client.fileno(), struct.pack("=H14x", socket.AF_UNSPEC), 16)
client.connect(("127.0.0.1", ${PORT}))
server, _ = listener.accept()
move(client, server, 500000)
told()
ctypes.CDLL(None).connect(client.fileno(), struct.pack("=H14x", socket.AF_UNSPEC), 16)
client.connect(("127.0.0.1", ${PORT}))
server, _ = listener.accept()
move(client, server, 2000000)
told()`;

const SHORT = `
told()
client, server = pair()
move(client, server, 120000)
client.close()
server.recv(1)
server.close()
told()`;

/** The procfs of this machine, and whether counters were read there, which is the last of what a look does in a namespace. */
function watched(): { readonly procfs: BaseProcFs; readonly isOver: () => boolean } {
  let isOver = false;
  const procfs = new Proxy(baseProcFs(), {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === "process" && new Error().stack?.includes("NamespaceTraffic.counted") === true) isOver = true;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { procfs, isOver: () => isOver };
}

describe.skipIf(why !== undefined)("in another network namespace", () => {
  let namespace: Namespace;

  beforeEach(() => {
    namespace = new Namespace();
  });

  afterEach(() => namespace.remove());

  async function started(script: string): Promise<ChildProcess> {
    const child = namespace.spawn("python3", ["-IS", "-c", BEGIN + script], { stdio: ["pipe", "pipe", "inherit"] });
    await once(child.stdout!, "data");
    return child;
  }

  /** Looks, and lets the program go on after each `every` looks, until it has nothing more to do. */
  async function told(child: ChildProcess, steps: number, looksEach: number): Promise<TrafficLook[]> {
    const looks: TrafficLook[] = [];
    for await (const look of traffic({ every: 30, namespaces: [numberOf(namespace)] })) {
      looks.push(look);
      if (looks.length % looksEach !== 0) continue;
      if (steps-- === 0) break;
      const step = once(child.stdout!, "data");
      child.stdin!.write("\n");
      await step;
    }
    return looks;
  }

  it("a connection that was reset is told once, however long its process keeps it, and one side alone is lost", async () => {
    const looks = await told(await started(RESET), 3, 65);
    const { sent, received } = sums(looks);
    expect(received.server).toBe(1_005_000);
    // The kernel has set the figures of the side that resets to 0 before it tells of the end: that alone is lost.
    expect([1_000_000, 1_005_000]).toContain(sent.client);
    expect(looks.reduce((sum, { lost }) => sum + lost, 0)).toBe(1);
  });

  it("a socket that is connected again counts on, whether it does less or more than before", async () => {
    const looks = await told(await started(AGAIN), 3, 4);
    const { sent, received } = sums(looks);
    expect(sent.client).toBe(3_500_000);
    expect(received.server).toBe(3_500_000);
    for (const { segmentsOut, segmentsIn } of looks.flatMap((look) => look.connections)) {
      expect(segmentsOut).toBeLessThan(1e6);
      expect(segmentsIn).toBeLessThan(1e6);
    }
  });

  it("what opens and closes between the first look and the second is told with the first that is given", async () => {
    const child = await started(SHORT);
    const first = watched();
    const ending = new AbortController();
    const looks = traffic({
      every: 600_000,
      namespaces: [numberOf(namespace)],
      procfs: first.procfs,
      until: ending.signal,
    });
    const next = looks.next();
    await until(first.isOver, "the end of the first look");
    const step = once(child.stdout!, "data");
    child.stdin!.write("\n");
    await step;
    // The kernel tells of an end a little later.
    await sleep(500);
    ending.abort();
    const { value } = await next;
    await looks.return();
    expect(sums([value as TrafficLook])).toMatchObject({ sent: { client: 120_000 }, received: { server: 120_001 } }); // the end of it counts
  });
});

it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("does not look every %s ms", async (every) => {
  const options: TrafficOptions = { every };
  await expect(traffic(options).next()).rejects.toThrow(RangeError);
});

function numberOf({ name }: Namespace): number {
  return statSync(`/run/netns/${name}`).ino;
}

interface Sums {
  readonly sent: { client: number; server: number };
  readonly received: { client: number; server: number };
}

function sums(looks: readonly TrafficLook[]): Sums {
  const all = { sent: { client: 0, server: 0 }, received: { client: 0, server: 0 } };
  for (const one of looks.flatMap(({ connections }) => connections)) {
    const side = sideOf(one);
    if (side === undefined) continue;
    all.sent[side] += one.sent;
    all.received[side] += one.received;
  }
  return all;
}

function sideOf({ socket }: ConnectionTraffic): "client" | "server" | undefined {
  if (socket.localPort === PORT) return "server";
  return socket.remotePort === PORT ? "client" : undefined;
}
