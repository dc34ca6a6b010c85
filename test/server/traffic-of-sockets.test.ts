import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Expose } from "../../packages/server/src/api/expose.ts";
import { noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";
import { type RunningApi, runApi } from "../support/server/api.ts";

/* What each of some sockets in a namespace of their own sends and receives, told by the API; how many bytes it was they know themselves. */

const why = noKernelScene();
if (why !== undefined) console.warn(`no traffic of sockets: ${why}`);

const BYTES = 20_000_000;
const PORT = 25007;

/** Sends so many bytes to itself within three seconds, and a few back; another connection, a listener and UDP do nothing that counts. */
const PROGRAM = `
import json, os, socket, sys, threading, time
server = socket.create_server(("127.0.0.1", ${PORT}))
def pair():
    client = socket.create_connection(server.getsockname())
    return client, server.accept()[0]
client, end = pair()
idle, _ = both = pair()
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.connect(("127.0.0.1", 9))
named = dict(client=client, end=end, idle=idle, server=server, udp=udp)
print(json.dumps({name: os.fstat(one.fileno()).st_ino for name, one in named.items()}), flush=True)
def read():
    while end.recv(1 << 20): pass
threading.Thread(target=read, daemon=True).start()
sys.stdin.readline()
end.sendall(b"y" * 1000)
for _ in range(30):
    client.sendall(b"x" * (${BYTES} // 30))
    try: udp.send(b"z" * 1000)
    except OSError: pass
    time.sleep(0.1)
client.sendall(b"x" * (${BYTES} % 30))
print("sent", flush=True)
sys.stdin.readline()`;

interface Row {
  readonly inode: number;
  readonly namespace?: number;
  readonly localAddress: string;
  readonly remotePort: number;
  readonly isClosed: boolean;
  readonly sentPerSecond: number;
  readonly receivedPerSecond: number;
  readonly rtt?: number;
}

interface Told {
  readonly takenAt: string;
  readonly seconds: number;
  readonly total: number;
  readonly sockets: readonly Row[];
}

/** Of all namespaces: no other test has such a port. */
const FILTER = `filter=${encodeURIComponent(`sport = :${PORT} or dport = :${PORT}`)}`;

describe.skipIf(why !== undefined)("traffic of sockets", () => {
  const apis: RunningApi[] = [];
  let namespace: Namespace;

  beforeAll(() => {
    namespace = new Namespace();
  });

  afterAll(async () => {
    for (const api of apis) await api.close();
    namespace.remove();
  });

  async function apiFor(expose: Expose): Promise<RunningApi> {
    const api = await runApi({ expose });
    apis.push(api);
    return api;
  }

  async function told(api: RunningApi, query: string): Promise<Told> {
    const { status, text } = await api.ask(`/traffic/sockets?${query}`);
    expect([status, text.slice(0, 200)]).toEqual([200, expect.any(String)]);
    return JSON.parse(text);
  }

  /** Starts the program, which waits for a line, once the kernel is asked in its namespace. */
  async function started(api: RunningApi) {
    const child = namespace.spawn("python3", ["-IS", "-c", PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
    const [line] = await once(child.stdout!, "data");
    const inodes: Record<"client" | "end" | "idle" | "server" | "udp", number> = JSON.parse(String(line));
    await told(api, FILTER);
    // Namespaces are listed every three seconds; one that is found later counts from then on.
    await sleep(4500);
    const begin = (): Promise<unknown> => {
      child.stdin!.write("\n");
      return once(child.stdout!, "data");
    };
    return { inodes, begin, end: () => void child.stdin!.write("\n") };
  }

  it("is told to 1 % of those that send and receive, look by look, and of no other", async () => {
    const api = await apiFor("owners");
    const { inodes, begin, end } = await started(api);
    const looks = new Map<string, Told>();
    let left = 25;
    let isSent = false;
    void begin().then(() => {
      isSent = true;
    });
    while (left > 0) {
      const look = await told(api, FILTER);
      looks.set(look.takenAt, look);
      if (isSent) left--;
      await sleep(100);
    }
    end();
    const sum = (inode: number, name: "sentPerSecond" | "receivedPerSecond"): number =>
      [...looks.values()].reduce((all, { seconds, sockets }) => {
        const row = sockets.find((one) => one.inode === inode);
        return all + (row?.[name] ?? 0) * seconds;
      }, 0);
    expect(Math.abs(sum(inodes.client, "sentPerSecond") / BYTES - 1)).toBeLessThan(0.01);
    expect(Math.abs(sum(inodes.end, "receivedPerSecond") / BYTES - 1)).toBeLessThan(0.01);
    expect(Math.round(sum(inodes.end, "sentPerSecond"))).toBe(1000);
    expect(Math.round(sum(inodes.client, "receivedPerSecond"))).toBe(1000);
    const rows = [...looks.values()].flatMap(({ sockets }) => sockets);
    const seen = new Set(rows.map(({ inode }) => inode));
    expect(["idle", "server", "udp"].filter((name) => seen.has(inodes[name as "idle"]))).toEqual([]);
    expect(rows.find(({ inode }) => inode === inodes.client)).toMatchObject({
      ...{ localAddress: "127.0.0.1", remotePort: PORT, isClosed: false, rtt: expect.any(Number) },
      namespace: Number(namespace.run("stat", ["-Lc", "%i", "/proc/self/ns/net"])),
    });
  });

  it("is told as far as was asked for, those that do most first", async () => {
    const api = await apiFor("minimal");
    const { inodes, begin, end } = await started(api);
    const sent = begin();
    await sleep(2000);
    // Of the two ends, whose sum is the same; the namespace stands for nobody else.
    const all = await told(api, FILTER);
    const one = await told(api, `${FILTER}&limit=1&fields=inode,sentPerSecond`);
    await sent;
    end();
    expect(all.total).toBe(2);
    expect(all.sockets.map(({ inode }) => inode).sort()).toEqual([inodes.client, inodes.end].sort());
    expect(one.total).toBe(2);
    expect(one.sockets).toEqual([{ inode: expect.any(Number), sentPerSecond: expect.any(Number) }]);
    const quick = encodeURIComponent(`sport = :${PORT} and rtt > 10s`);
    expect(await told(api, `filter=${quick}`)).toMatchObject({ total: 0, sockets: [] });
  });

  it.each(["protocol=udp", "protocol=unix", "fields=program", "limit=5001", "filter=pid+%3D+1"])(
    "refuses %s",
    async (query) => {
      const api = await apiFor("minimal");
      expect(await api.ask(`/traffic/sockets?${query}`)).toMatchObject({ status: 400 });
    },
  );
});
