import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  eachSocket,
  type Socket,
  SocketEngine,
  type SocketsOptions,
  sockets,
  socketsSync,
} from "../../packages/procnet/src/index.ts";
import { type MixedScene, makeMixedScene, noMixedScene, type Side } from "../support/sockets/mixed-scene.ts";
import { findLinks, lsofInet, lsofUnix, only, ownersOf, ssInet, ssPacket, ssUnix } from "../support/sockets/oracles.ts";
import { missingTools, skipIf } from "../support/tools.ts";

const reason = noMixedScene() ?? missingTools("ss", "lsof", "find");
let scene: MixedScene | undefined;
beforeAll(async () => {
  if (reason === undefined) scene = await makeMixedScene();
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => scene?.remove());

// Rows that others forge elsewhere on the machine are none of this scene's.
const ALL = { protocol: "all", namespaces: "all", owners: "all", onIssue: () => {} } satisfies SocketsOptions;

const FORMS: Readonly<Record<string, () => Promise<Socket[]>>> = {
  sockets: async () => (await sockets(ALL)).sockets,
  socketsSync: async () => socketsSync(ALL).sockets,
  eachSocket: async () => {
    const found: Socket[] = [];
    for await (const socket of eachSocket(ALL)) found.push(socket);
    return found;
  },
  "sockets of an engine that has looked before": async () => {
    const engine = new SocketEngine();
    await engine.sockets(ALL);
    return (await engine.sockets(ALL)).sockets;
  },
};

const INET = ["tcp", "tcp6", "udp", "udp6"] as const;
const LITE = ["udplite", "udplite6"] as const;

describe.each(Object.keys(FORMS))("%s", (form) => {
  let found: Socket[];
  beforeAll(async () => {
    if (reason === undefined) found = await FORMS[form]!();
  });
  const of = (side: Side): Socket[] => found.filter((socket) => socket.namespace === side.inode);

  it.each(["server", "client"] as const)("has the owners of ss: %s", (name) => {
    const side = scene![name];
    expect(ownersOf(of(side), ...INET)).toEqual(ssInet(side.namespace));
    expect(ownersOf(of(side), "unix")).toEqual(ssUnix(side.namespace));
    expect(ownersOf(of(side), "packet")).toEqual(ssPacket(side.namespace));
  });

  it.each(["server", "client"] as const)("has the owners of lsof: %s", (name) => {
    const side = scene![name];
    const ours = ownersOf(of(side), ...INET, ...LITE);
    expect(ours).toEqual(lsofInet(side.namespace));
    const unix = of(side).filter((socket) => socket.protocol === "unix");
    expect(ownersOf(unix)).toEqual(only(lsofUnix(side.namespace), new Set(unix.map(({ inode }) => inode))));
  });

  it.each(["server", "client"] as const)("has every descriptor that links to a socket: %s", (name) => {
    const held = of(scene![name]);
    expect(ownersOf(held)).toEqual(only(findLinks(), new Set(held.map(({ inode }) => inode))));
  });

  it("has every socket that the scene has made, of every table", () => {
    for (const side of [scene!.server, scene!.client]) {
      const inodes = new Set(of(side).map(({ inode }) => inode));
      for (const [name, inode] of Object.entries(side.inodes)) {
        if (name !== "from-abroad") expect(inodes, name).toContain(inode);
      }
    }
    const tables = new Set(of(scene!.server).map(({ protocol }) => protocol));
    const expected = [...INET, "udplite", "raw", "raw6", "icmp", "icmp6", "unix", "netlink", "packet"];
    expect([...tables].sort()).toEqual(expected.sort());
  });

  it("names who shares a socket, who was passed one, and who holds one of another namespace", () => {
    const { server, client } = scene!;
    const holders = (side: Side, name: string): number[] =>
      of(side)
        .find(({ inode }) => inode === side.inodes[name])!
        .owners!.map(({ pid }) => pid);
    const { heir, taker, "worker-0": zero, "worker-1": one, "worker-2": two } = server.pids;
    expect(holders(server, "shared")).toEqual([server.pid, zero, one, two, heir].sort((a, b) => a! - b!));
    expect(holders(server, "passed")).toEqual([taker]);
    expect(holders(server, "abroad")).toEqual([server.pid, client.pid, client.pids.heir].sort((a, b) => a! - b!));
    const shared = of(server).find(({ inode }) => inode === server.inodes.shared)!;
    expect(shared.owners!.find(({ pid }) => pid === server.pid)!.fds).toHaveLength(3);
  });

  it("says why the others have no owner", () => {
    const ownerless = (side: Side, filter: (socket: Socket) => boolean): unknown[] =>
      of(side)
        .filter(filter)
        .map((socket) => [socket.owners, socket.ownerless]);
    const { server } = scene!;
    const byPort = (name: string) => (socket: Socket) =>
      socket.protocol === "tcp" && socket.localPort === server.ports[name];
    expect(ownerless(server, byPort("time-wait"))).toEqual([[[], "time-wait"]]);
    expect(ownerless(server, byPort("fin-wait"))).toEqual([[[], "kernel"]]);
    const unaccepted = (socket: Socket): boolean => byPort("waiting")(socket) && socket.inode === 0;
    expect(ownerless(server, unaccepted)).toEqual(Array(3).fill([[], "kernel"]));
    for (const socket of of(server)) expect(socket.ownerless === undefined).toBe(socket.owners!.length > 0);
  });
});

describe("an owner", () => {
  it("is described as /proc describes it", async () => {
    const { server } = scene!;
    const { sockets: found } = await sockets({ ...ALL, protocol: "tcp", pid: server.pid });
    const owner = found[0]!.owners!.find(({ pid }) => pid === server.pid)!;
    expect(owner).toMatchObject({ pid: server.pid, comm: "python3", uid: 0, container: undefined });
    expect(owner.cmdline.slice(1, 4)).toEqual(["-IS", expect.stringContaining("mixed_scene.py"), "server"]);
    expect(owner.exe).toMatch(/python3/);
    expect(owner.startTime).toBeGreaterThan(0);
    expect(found.every(({ owners }) => owners!.some(({ pid }) => pid === server.pid))).toBe(true);
  });

  it("is one, and the same as the first of all, when only one is asked for", () => {
    const first = socketsSync({ ...ALL, owners: "first" }).sockets;
    const all = new Map(socketsSync(ALL).sockets.map((socket) => [socket.inode, socket.owners]));
    const ours = first.filter(({ namespace, inode }) => namespace === scene!.server.inode && inode !== 0);
    expect(ours.length).toBeGreaterThan(20);
    for (const { inode, owners } of ours) expect(owners).toEqual(all.get(inode)!.slice(0, 1));
    expect(all.get(scene!.server.inodes.shared)!.length).toBeGreaterThan(1);
  });

  it("is not looked for when none is asked for", () => {
    const { sockets: found, owners } = socketsSync({ ...ALL, owners: false });
    expect(owners).toBe(false);
    expect(found.length).toBeGreaterThan(20);
    for (const socket of found) expect(socket).toMatchObject({ owners: undefined, ownerless: undefined });
  });
});
