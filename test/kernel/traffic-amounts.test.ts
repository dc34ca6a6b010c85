import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type ConnectionTraffic,
  type TrafficKind,
  type TrafficLook,
  type TrafficOptions,
  traffic,
  trafficBy,
} from "@procnet/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cgroup2, noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";

/* Amounts that processes in another namespace, and in control groups named like containers, are known to send. */

const why = noKernelScene();
if (why !== undefined) console.warn(`no traffic in namespaces: ${why}`);

/** Waits for a line, as it is put into a control group before it makes a socket; then sends so many bytes to itself, and reads them. */
const SENDER = `
import socket, sys, threading
print("up", flush=True)
left = int(sys.stdin.readline())
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
end, _ = server.accept()
def write():
    for at in range(0, left, 1 << 20): client.sendall(b"x" * min(left - at, 1 << 20))
threading.Thread(target=write, daemon=True).start()
came = 0
while came < left: came += len(end.recv(1 << 20))
print("sent", flush=True)
sys.stdin.readline()`;

/** Takes what comes, connection by connection, up to its end. */
const SERVER = `
import socket
server = socket.create_server(("127.0.0.1", 7))
print("up", flush=True)
while True:
    end, _ = server.accept()
    while end.recv(1 << 16): pass
    end.close()`;

/** Takes a connection, and reads from it when it is told to. */
const PATIENT = `
import socket, sys
server = socket.create_server(("127.0.0.1", 9))
print("up", flush=True)
end, _ = server.accept()
sys.stdin.readline()
while end.recv(1 << 16): pass
print("read", flush=True)
sys.stdin.readline()`;

/** Waits for a line, writes more than the other end takes, and is gone: what it wrote is sent without it. */
const GONE = `
import socket, sys
print("up", flush=True)
sys.stdin.readline()
client = socket.create_connection(("127.0.0.1", 9))
client.setblocking(False)
try:
    while True: client.send(b"x" * 65536)
except BlockingIOError: pass`;

/** Waits for a line, then opens so many connections one after the other, each for so many bytes. */
const CLIENT = `
import socket, sys
print("up", flush=True)
count, size = map(int, sys.stdin.readline().split())
for _ in range(count):
    client = socket.create_connection(("127.0.0.1", 7))
    client.sendall(b"x" * size)
    client.shutdown(socket.SHUT_WR)
    client.recv(1)
    client.close()
print("sent", flush=True)
sys.stdin.readline()`;

describe.skipIf(why !== undefined)("in another network namespace", () => {
  let namespace: Namespace;
  let here = 0;
  const groups: string[] = [];

  beforeAll(() => {
    namespace = new Namespace();
    here = statSync(`/run/netns/${namespace.name}`).ino;
  });

  afterAll(async () => {
    namespace.remove();
    for (const group of groups) await removed(group);
  });

  async function started(script: string): Promise<ChildProcess> {
    const child = namespace.spawn("python3", ["-IS", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
    await once(child.stdout!, "data");
    return child;
  }

  /** Puts a process into a control group that is named like that of a container; `undefined` where there are none. */
  function contained({ pid }: ChildProcess, digit: string): string | undefined {
    const mount = cgroup2();
    if (mount === undefined) return undefined;
    const group = `${mount}/docker-${digit.repeat(64)}.scope`;
    try {
      mkdirSync(group, { recursive: true });
      groups.push(group);
      writeFileSync(`${group}/cgroup.procs`, String(pid));
      return `docker:${digit.repeat(12)}`;
    } catch {
      return undefined; // mounted to be read only
    }
  }

  /** What is told until all have done what they were told to, and two looks more, or as many as are enough. */
  async function told(
    work: readonly (readonly [ChildProcess, string])[],
    options: TrafficOptions = {},
    isEnough: (looks: readonly TrafficLook[]) => boolean = () => true,
  ): Promise<readonly TrafficLook[]> {
    const looks: TrafficLook[] = [];
    let isDone = false;
    let more = 0;
    for await (const look of traffic({ every: 200, namespaces: [here], ...options })) {
      looks.push(look);
      if (looks.length === 1) {
        const done = work.map(([child]) => once(child.stdout!, "data"));
        for (const [child, line] of work) child.stdin!.write(`${line}\n`);
        void Promise.all(done).then(() => {
          isDone = true;
        });
      }
      if (isDone && more++ >= 2 && (isEnough(looks) || more > 300)) break;
    }
    return looks;
  }

  it("200 MB and 20 MB are told of two processes, and of two containers, to 1 %", async () => {
    const [much, little] = [await started(SENDER), await started(SENDER)];
    const containers = [contained(much, "a"), contained(little, "b")];
    const looks = await told([
      [much, "200000000"],
      [little, "20000000"],
    ]);
    const byPid = sums(looks, "pid");
    for (const [{ pid }, bytes] of [
      [much, 200e6],
      [little, 20e6],
    ] as const) {
      expect(within(byPid.get(`python3[${pid}]`)?.sent, bytes)).toBe(true);
      expect(within(byPid.get(`python3[${pid}]`)?.received, bytes)).toBe(true);
    }
    const byContainer = sums(looks, "container");
    if (containers.includes(undefined)) return console.warn("no cgroup2 is mounted to be written to");
    expect(within(byContainer.get(containers[0])?.sent, 200e6)).toBe(true);
    expect(within(byContainer.get(containers[1])?.sent, 20e6)).toBe(true);
    const [{ socket }] = looks.flatMap(({ connections }) => connections).filter((one) => one.sent > 1e6) as [
      ConnectionTraffic,
    ];
    expect(socket.tcpInfo?.rtt).toBeGreaterThan(0);
    expect(looks.some(({ totals }) => (totals?.tcpSegmentsOut ?? 0) > 0)).toBe(true);
  });

  it("connections that no look sees are told when they close, as those of who listens", async () => {
    const [server, client] = [await started(SERVER), await started(CLIENT)];
    const ends = (all: readonly TrafficLook[], port: "localPort" | "remotePort") =>
      all.flatMap((look) => look.connections).filter(({ socket }) => socket[port] === 7);
    const isAll = (all: readonly TrafficLook[]): boolean =>
      (["localPort", "remotePort"] as const).every(
        (port) => ends(all, port).filter(({ isClosed }) => isClosed).length >= 200,
      );
    const looks = await told([[client, "200 10000"]], {}, isAll);
    const connections = ends(looks, "localPort");
    expect(connections.filter(({ isClosed }) => isClosed)).toHaveLength(200);
    // The end of each counts as a byte.
    expect(connections.reduce((sum, { received }) => sum + received, 0)).toBe(200 * 10_001);
    expect(within(sums(looks, "pid").get(`python3[${server.pid}]`)?.received, 200 * 10_000)).toBe(true);
    expect(connections.some(({ isGuessed }) => isGuessed)).toBe(true);
    expect(looks.every(({ isOverrun }) => !isOverrun)).toBe(true);
    const byPort = sums(looks, "port");
    expect(within(byPort.get(":7")?.received, 200 * 10_000)).toBe(true);
    expect(within(byPort.get("127.0.0.1:7")?.sent, 200 * 10_000)).toBe(true);
  });

  it("what is sent for a process that is gone is its container's, by the control group of the socket", async (context) => {
    const [server, client] = [await started(PATIENT), await started(GONE)];
    const container = contained(client, "c");
    if (container === undefined) return context.skip("no cgroup2 is mounted to be written to");
    const ended = once(client, "exit");
    client.stdin!.write("\n");
    await ended;
    const looks = await told([[server, ""]]);
    const mine = looks.flatMap(({ connections }) => connections).filter(({ socket }) => socket.remotePort === 9);
    expect(mine.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThan(65_536);
    expect(mine.flatMap(({ socket }) => socket.owners ?? [])).toEqual([]);
    expect(sums(looks, "container").get(container)?.sent).toBeGreaterThan(65_536);
  });

  it("without word of what closes it is said how many connections were lost", async () => {
    const client = await started(CLIENT);
    const looks = await told([[client, "5 10000"]], { closings: false });
    expect(looks.flatMap(({ connections }) => connections).every(({ isClosed }) => !isClosed)).toBe(true);
    expect(looks.reduce((sum, { totals }) => sum + (totals?.tcpOpened ?? 0), 0)).toBeGreaterThanOrEqual(10);
  });
});

function sums(
  looks: readonly TrafficLook[],
  kind: TrafficKind,
): Map<string | undefined, { sent: number; received: number }> {
  const all = new Map<string | undefined, { sent: number; received: number }>();
  for (const { name, sent, received } of looks.flatMap(({ connections }) => trafficBy(connections, kind))) {
    const sum = all.get(name) ?? { sent: 0, received: 0 };
    all.set(name, { sent: sum.sent + sent, received: sum.received + received });
  }
  return all;
}

function within(value: number | undefined, wanted: number): boolean {
  return Math.abs((value ?? 0) - wanted) <= wanted / 100;
}

async function removed(group: string): Promise<void> {
  for (let left = 50; left > 0; left--) {
    try {
      return rmdirSync(group);
    } catch {
      await sleep(20); // processes that were killed are in it until they are gone
    }
  }
}
