import { once } from "node:events";
import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { ProcFs, SocketEngine, type SourceLook, sockets, type UnixSocket } from "procnet";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { makeScene, type Scene } from "../support/scene.ts";
import { until } from "../support/time.ts";
import { skipIf } from "../support/tools.ts";

/* Tables that are not of the internet, of the kernel as a source: the rows of procfs, each once, and what procfs does not tell of them. */

const reason = noKernelScene() ?? (process.getuid?.() === 0 ? undefined : "only root goes into namespaces");
let scene: KernelScene;
let names: Scene;
let source: KernelSource;
let look: SourceLook;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeKernelScene();
  names = await makeScene();
  source = createKernelSource();
  look = await source.begin({ root: "/proc", pids: [scene.pid, names.pid], signal: undefined });
});
afterAll(() => {
  look?.close();
  source?.close();
  scene?.remove();
  names?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Question = Parameters<SourceLook["sockets"]>[0];

const ask = (pid: number, protocol: Question["protocol"], where?: Question["unix"]) =>
  look.sockets({ protocol, namespace: undefined, pid, inet: undefined, addresses: undefined, unix: where });
const asked = async (pid: number, where?: Question["unix"]): Promise<UnixSocket[]> =>
  (await ask(pid, "unix", where)) as UnixSocket[];

const COLUMNS = ["flags", "listening", "type", "state", "inode", "path", "pathBytes"] as const;

const columns = (rows: readonly object[], wanted: readonly string[]): string[] =>
  rows.map((row) => JSON.stringify(wanted.map((name) => row[name as keyof typeof row] ?? null))).sort();

/** Rows of procfs without those that a name forges, and the name. */
const isForged = ({ path }: { readonly path: string | undefined }): boolean => path?.includes("@forged") ?? false;
const procfs = (pid: number, where?: Question["unix"]): UnixSocket[] => {
  const rows = new ProcFs().process(pid).net.unix({ onIssue() {}, ...(where && { where }) }) as unknown as UnixSocket[];
  return rows.filter((row) => !isForged(row) && row.inode !== names.inodes.forger);
};

describe("unix sockets", () => {
  it("are those of procfs, connections that nobody accepted among them", async () => {
    for (const { pid } of [scene, names]) {
      const rows = await asked(pid);
      const forger = rows.find(isForged)?.inode;
      const others = rows.filter(({ inode }) => inode !== forger || inode === 0);
      const text = procfs(pid).filter(({ inode }) => inode !== forger || inode === 0);
      expect(columns(others, COLUMNS)).toEqual(columns(text, COLUMNS));
      expect(rows.length).toBeGreaterThan(10);
    }
    const waiting = (await asked(scene.pid)).filter(({ inode }) => inode === 0);
    const clients = [scene.inodes["unix-waiting-0"], scene.inodes["unix-waiting-1"]];
    expect(waiting.map(({ peer }) => peer).sort()).toEqual(clients.sort());
  });

  it("with each condition are those of procfs with it", async () => {
    const inodes = new Set([scene.inodes["unix-listen"]!, scene.inodes.pair!]);
    for (const where of [
      { listening: true },
      { listening: false },
      { state: "CONNECTED" },
      { state: ["CONNECTING", "DISCONNECTING"] },
      { state: "UNCONNECTED", listening: true },
      { type: "SEQPACKET" },
      { type: ["DGRAM", "SEQPACKET"], listening: false },
      { inode: inodes },
      { inode: 0 },
      { inode: inodes, listening: true },
    ] as const) {
      const rows = await asked(scene.pid, where);
      expect(columns(rows, COLUMNS), JSON.stringify(where)).toEqual(columns(procfs(scene.pid, where), COLUMNS));
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  it("of programs that wait for a place at a full listener are there too", async () => {
    const code = `
import socket, threading, time
server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
server.bind("\\0full")
server.listen(0)
ends = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(3)]
for end in ends: threading.Thread(target=end.connect, args=("\\0full",), daemon=True).start()
print("up", flush=True)
time.sleep(600)
`;
    const child = scene.namespace.spawn("python3", ["-IS", "-c", code], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      await once(child.stdout!, "data");
      const isWaiting = ({ state, inode, path }: UnixSocket): boolean =>
        state === "DISCONNECTING" && inode === 0 && !path;
      await until(() => procfs(scene.pid).filter(isWaiting).length === 2, "programs that wait for a place");
      const rows = await asked(scene.pid);
      expect(columns(rows, COLUMNS)).toEqual(columns(procfs(scene.pid), COLUMNS));
      expect(rows.filter(isWaiting)).toHaveLength(2);
    } finally {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
  });

  it("have one row each whatever their names hold, and none is suspect", async () => {
    const forged = (await asked(names.pid)).filter(isForged);
    expect(forged).toHaveLength(1);
    expect(forged[0]!.path).toContain("\n");
    const issues: object[] = [];
    using engine = new SocketEngine();
    const inodes = new ProcFs().process(names.pid).networkNamespace()!;
    for (const more of [{}, { listening: false }] as const) {
      const { sockets: all, sourceOf } = await engine.sockets({
        ...more,
        protocol: ["tcp", "unix"],
        namespaces: [inodes],
        source,
        onIssue: (issue) => issues.push(issue),
      });
      expect(sourceOf).toMatchObject({ tables: ["tcp", "unix"], notes: [] });
      expect(all.filter(({ suspect }) => suspect)).toEqual([]);
      expect(all.length).toBeGreaterThan(10);
    }
    expect(issues).toEqual([]);
  });
});

it("netlink sockets are those of procfs, without that by which was asked", async () => {
  const COLUMNS = ["netlinkProtocol", "portId", "groups", "drops", "inode"];
  for (const { pid } of [scene, names]) {
    const rows = (await ask(pid, "netlink"))!;
    const text = new ProcFs().process(pid).net.netlink();
    const shown = text.map(({ protocol, ...row }) => ({ ...row, netlinkProtocol: protocol }));
    const own = shown.filter(({ inode }) => !rows.some((row) => row.inode === inode));
    // Its port is this process's, or below zero where another socket of it has that.
    expect(own.map(({ netlinkProtocol }) => netlinkProtocol)).toEqual([4]);
    expect(columns(rows, COLUMNS)).toEqual(
      columns(
        shown.filter((row) => row !== own[0]),
        COLUMNS,
      ),
    );
  }
});

it("packet sockets are those of procfs", async (context) => {
  skipIf(context, scene.missed.packet);
  const COLUMNS = ["etherType", "type", "ifIndex", "running", "uid", "inode"];
  const text = new ProcFs().process(scene.pid).net.packet();
  const shown = text.map(({ protocol, ...row }) => ({ ...row, etherType: protocol }));
  expect(columns((await ask(scene.pid, "packet"))!, COLUMNS)).toEqual(columns(shown, COLUMNS));
  expect(shown).toHaveLength(3);
});

it("what netlink has no table for is left to procfs, with a sentence", async () => {
  const { sockets: all, sourceOf } = await sockets({ protocol: ["icmp", "unix"], owners: false, source });
  expect(all.length).toBeGreaterThan(0);
  expect(sourceOf).toMatchObject({
    tables: ["unix"],
    notes: ["icmp is read from procfs: netlink tells of no such sockets"],
  });
});

it("sockets have the control group in which they were made, by its name", async (context) => {
  skipIf(context, scene.cgroup === undefined ? "no cgroup2 is mounted to be written to" : undefined);
  const rows = (await ask(scene.pid, "tcp"))!;
  const of = (name: string) => rows.find(({ inode }) => inode === scene.inodes[name]) as { placement?: object };
  const made = { cgroup: expect.stringMatching(/^\/procnet-test-\d+$/), container: undefined, unit: undefined };
  expect(of("grouped").placement).toEqual(made);
  expect(of("grouped-listen").placement).toBe(of("grouped").placement);
  expect(of("reno").placement).not.toEqual(made);
});
