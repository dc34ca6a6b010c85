import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MixedScene, makeMixedScene, noMixedScene } from "../../../../test/support/sockets/mixed-scene.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import { eachSocket, isProcfsError, type Socket, type SocketsOptions, sockets, socketsSync } from "../index.ts";

const reason = noMixedScene();
let scene: MixedScene;
let everything: Socket[];

/** Both namespaces of the scene, and every table of them. */
const BASE = (): SocketsOptions => ({
  protocol: "all",
  namespaces: [scene.server.inode, scene.client.inode],
  owners: false,
  onIssue: () => {},
});

beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeMixedScene();
  everything = socketsSync(BASE()).sockets;
});
afterAll(() => scene?.remove());

/** What a filter lets through, by all forms: exactly those of everything that `keep` keeps. */
async function expectKept(options: SocketsOptions, keep: (socket: Socket) => boolean): Promise<void> {
  const wanted = identities(everything.filter(keep));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.length).toBeLessThan(everything.length);
  const filtered = { ...BASE(), ...options };
  expect(identities(socketsSync(filtered).sockets)).toEqual(wanted);
  expect(identities((await sockets(filtered)).sockets)).toEqual(wanted);
  const each: Socket[] = [];
  for await (const socket of eachSocket(filtered)) each.push(socket);
  expect(identities(each)).toEqual(wanted);
}

/** Sockets without what changes by itself: sorted, as rows of one table can change places. */
function identities(found: readonly Socket[]): string[] {
  const identity = (socket: Socket): unknown[] => {
    const port = "localPort" in socket ? [socket.localAddress, socket.localPort, socket.remotePort] : [];
    return [socket.protocol, socket.namespace, socket.inode, ...port, "state" in socket && socket.state];
  };
  return found.map((socket) => JSON.stringify(identity(socket))).sort();
}

const isTcp = ({ protocol }: Socket): boolean => protocol === "tcp" || protocol === "tcp6";
const isIpv6 = (socket: Socket): boolean => "localAddress" in socket && socket.localAddress.startsWith("2001:db8:");
const stateOf = (socket: Socket): string => ("state" in socket ? socket.state : "");

describe("lets through only", () => {
  beforeEach((context) => skipIf(context, reason));

  it("some tables", async () => {
    await expectKept({ protocol: ["tcp", "unix"] }, ({ protocol }) => protocol === "tcp" || protocol === "unix");
    await expectKept({ protocol: "unix" }, ({ protocol }) => protocol === "unix");
    const usual = socketsSync({ namespaces: [scene.server.inode], owners: false }).sockets;
    expect([...new Set(usual.map(({ protocol }) => protocol))]).toEqual(["tcp", "tcp6", "udp", "udp6"]);
  });

  it("some states, of tables that have them", async () => {
    await expectKept({ state: "LISTEN" }, (socket) => stateOf(socket) === "LISTEN");
    await expectKept({ state: ["LISTEN", "CLOSE_WAIT"] }, (socket) => /^(LISTEN|CLOSE_WAIT)$/.test(stateOf(socket)));
    await expectKept({ state: "CONNECTED" }, (socket) => stateOf(socket) === "CONNECTED");
    await expectKept({ state: ["ESTABLISHED", "UNCONNECTED"] }, (socket) =>
      /^(ESTABLISHED|UNCONNECTED)$/.test(stateOf(socket)),
    );
    expect(socketsSync({ ...BASE(), state: [] }).sockets).toEqual([]);
    expect(socketsSync({ ...BASE(), state: "UNKNOWN(200)" }).sockets).toEqual([]);
  });

  it("some ports of either side", async () => {
    const { shared, dual } = scene.server.ports;
    const local =
      (...ports: unknown[]) =>
      (socket: Socket) =>
        "localPort" in socket && ports.includes(socket.localPort);
    await expectKept({ localPort: shared! }, local(shared));
    await expectKept({ localPort: [shared!, dual!] }, local(shared, dual));
    await expectKept({ remotePort: dual! }, (socket) => "remotePort" in socket && socket.remotePort === dual);
    await expectKept({ remotePort: 0 }, (socket) => "remotePort" in socket && socket.remotePort === 0);
  });

  it.each([
    ["192.0.2.0/24", (text: string) => /^(::ffff:)?192\.0\.2\./.test(text)],
    ["192.0.2.2", (text: string) => /^(::ffff:)?192\.0\.2\.2$/.test(text)],
    ["::ffff:192.0.2.2", (text: string) => /^(::ffff:)?192\.0\.2\.2$/.test(text)],
    ["127.0.0.0/8", (text: string) => /^127\./.test(text)],
    ["2001:db8::/32", (text: string) => text.startsWith("2001:db8:")],
    ["2001:db8::2", (text: string) => text === "2001:db8::2"],
  ] as const)("addresses of %s", async (address, isIn) => {
    const keep = (socket: Socket): boolean =>
      "localAddress" in socket && (isIn(socket.localAddress) || isIn(socket.remoteAddress));
    await expectKept({ address }, keep);
    await expectKept({ address: [address, "203.0.113.1"] }, keep);
  });

  it("users, of tables that have them", async () => {
    await expectKept({ uid: 0 }, (socket) => "uid" in socket && socket.uid === 0);
    expect(socketsSync({ ...BASE(), uid: 4242 }).sockets).toEqual([]);
  });

  it("some inodes, of every table", async () => {
    for (const protocol of ["tcp", "unix", "netlink", "packet"] as const) {
      const { inode } = everything.find((one) => one.protocol === protocol && one.inode)!;
      await expectKept({ inode: inode! }, (socket) => socket.inode === inode);
    }
    const two = everything
      .filter(({ inode }) => inode)
      .slice(0, 2)
      .map(({ inode }) => inode!);
    await expectKept({ inode: two }, ({ inode }) => two.includes(inode!));
    expect(socketsSync({ ...BASE(), inode: 2 ** 40 }).sockets).toEqual([]);
  });

  it("the same by the former names of the options", async () => {
    const { protocol: _protocol, ...base } = BASE();
    const protocols = ["tcp", "unix"] as const;
    for (const one of [{ states: ["LISTEN"] }, { states: ["CONNECTED"] }] as const) {
      const found = socketsSync({ ...base, protocols, ...one }).sockets;
      expect(found.length).toBeGreaterThan(0);
      const { sockets: same } = socketsSync({ ...base, protocol: protocols, state: one.states });
      expect(identities(found)).toEqual(identities(same));
    }
  });

  it("several of these at once", async () => {
    const options = { protocol: ["tcp", "tcp6"], state: "ESTABLISHED", address: "2001:db8::/32" } as const;
    await expectKept(options, (socket) => isTcp(socket) && stateOf(socket) === "ESTABLISHED" && isIpv6(socket));
  });

  it("what some processes hold", () => {
    const { server, client } = scene;
    const of = (pid: number | number[]): Socket[] => socketsSync({ ...BASE(), pid }).sockets;
    const { taker } = server.pids;
    // Its end of the pair that the socket came through is one of the unix sockets.
    expect(of(taker!).map(({ inode }) => inode)).toContain(server.inodes.passed);
    expect(of(taker!)).toHaveLength(2);
    const both = of([server.pid, client.pid]);
    for (const { owners } of both) expect(owners!.some(({ pid }) => [server.pid, client.pid].includes(pid))).toBe(true);
    expect(both.length).toBe(new Set([...of(server.pid), ...of(client.pid)].map(({ inode }) => inode)).size);
    expect(of(2 ** 30)).toEqual([]);
  });

  it("one namespace, with how many it has", () => {
    const { namespaces, sockets: found } = socketsSync({ ...BASE(), namespaces: [scene.client.inode] });
    expect(new Set(found.map(({ namespace }) => namespace))).toEqual(new Set([scene.client.inode]));
    expect(namespaces).toEqual([
      { inode: scene.client.inode, pid: expect.any(Number), tables: expect.any(Number), sockets: found.length },
    ]);
  });
});

const WRONG: readonly (readonly [option: keyof SocketsOptions, ...values: unknown[]])[] = [
  ["protocol", "sctp", ["sctp"], [1], 5, null, {}, ["tcp", "sctp"]],
  ["protocols", "sctp", ["sctp"], [1], 5, null, {}],
  ["state", "listen", ["LISTENING"], ["listen"], [1], ["10"], ["UNKNOWN(x)"], ["UNKNOWN(256)"], null, 7],
  ["states", "listen", ["LISTENING"], ["listen"], [1], ["10"], ["UNKNOWN(x)"], ["UNKNOWN(256)"], null, 7],
  ["listening", "yes", 1, null],
  ["localPort", -1, 65536, 1.5, "80", ["80"], Number.NaN, null, {}],
  ["remotePort", -1, 65536, [80, 70000]],
  ["address", "localhost", "10.0.0.0/33", ["::1", ""], 5, null, [null]],
  ["uid", -1, 2 ** 32, "root"],
  ["inode", -1, 0.5, "4026531840", [7, null]],
  ["pid", -1, 0.5, "1"],
  ["owners", true, "some", null, 1],
  ["namespaces", "host", 5, null, [-1], ["net:[4026531840]"]],
  ["budget", { descriptors: -1 }, { milliseconds: Number.NaN }, { descriptors: "10" }],
];

describe("refuses", () => {
  const cases = WRONG.flatMap(([option, ...values]) => values.map((value) => [option, value] as const));
  it.each(cases)("%s: %j", async (option, value) => {
    const options = { [option]: value } as SocketsOptions;
    const refusal = expect.toSatisfy(
      (error) => isProcfsError(error) && error.code === "ERR_INVALID_ARG" && error.message.startsWith(option),
    );
    await expect(sockets(options)).rejects.toEqual(refusal);
    await expect(eachSocket(options).next()).rejects.toEqual(refusal);
    let thrown: unknown;
    try {
      socketsSync(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toEqual(refusal);
  });
});
