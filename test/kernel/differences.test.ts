import { createKernelSource, type KernelSource, type KernelSourceOptions } from "@procnet/kernel";
import { type DatagramSocket, ProcFs, type Socket, type SourceLook, type TcpSocket, type UnixSocket } from "procnet";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import { stateMask } from "../../packages/kernel/src/diag/states.ts";
import { unixSockets } from "../../packages/kernel/src/diag/unix.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { makeScene, type Scene } from "../support/scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * What is otherwise in an answer of the kernel's than in one of procfs: each line of the table in the package's README, in one scene that is
 * read both ways.
 */

const reason = noKernelScene() ?? (process.getuid?.() === 0 ? undefined : "only root goes into namespaces");
let scene: Scene;
let more: KernelScene;
let source: KernelSource;
let look: SourceLook;
let socket: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeScene();
  more = await makeKernelScene();
  source = createKernelSource();
  look = await source.begin({ root: "/proc", pids: [scene.pid, more.pid], signal: undefined });
  socket = netlinkIn(scene.namespace);
});
afterAll(() => {
  look?.close();
  source?.close();
  socket?.close();
  scene?.remove();
  more?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = TcpSocket | DatagramSocket;
type Protocol = Parameters<SourceLook["sockets"]>[0]["protocol"];

const at = (pid: number, protocol: Protocol, of: SourceLook = look): Promise<readonly Socket[]> =>
  of.sockets({
    protocol,
    namespace: undefined,
    pid,
    inet: undefined,
    addresses: undefined,
    unix: undefined,
  }) as Promise<readonly Socket[]>;
const kernel = async (protocol: Protocol, pid = scene.pid): Promise<Row[]> => (await at(pid, protocol)) as Row[];
const text = (protocol: "tcp" | "tcp6" | "udp", pid = scene.pid): Row[] =>
  new ProcFs().process(pid).net.read(protocol) as unknown as Row[];

async function asking(options: KernelSourceOptions, protocol: Protocol, pid: number): Promise<Row[]> {
  using other = createKernelSource(options);
  const its = await other.begin({ root: "/proc", pids: [pid], signal: undefined });
  try {
    return (await at(pid, protocol, its)) as Row[];
  } finally {
    its.close();
  }
}

const keyOf = ({ localAddress, localPort, remoteAddress, remotePort, inode }: Row): string =>
  [localAddress, localPort, remoteAddress, remotePort, inode].join(" ");

/** Rows of both, by what names a socket, of sockets that were there both times. */
async function pairs(protocol: "tcp" | "tcp6" | "udp", pid = scene.pid): Promise<{ told: Row; printed: Row }[]> {
  const printed = new Map(text(protocol, pid).map((row) => [keyOf(row), row]));
  const told = await kernel(protocol, pid);
  return told.flatMap((row) => {
    const same = printed.get(keyOf(row));
    return same === undefined ? [] : [{ told: row, printed: same }];
  });
}

it("the order of internet and unix sockets is that of procfs; waiting connections come last", async () => {
  for (const protocol of ["tcp", "tcp6", "udp"] as const) {
    const all = await pairs(protocol);
    const order = all.map(({ told }) => keyOf(told));
    const keys = new Set(order);
    expect(
      text(protocol)
        .map(keyOf)
        .filter((key) => keys.has(key)),
    ).toEqual(order);
  }
  const rows = (await at(more.pid, "unix")) as UnixSocket[];
  const printed = new ProcFs().process(more.pid).net.unix();
  const numbers = (all: readonly { readonly inode: number }[]) =>
    all.map(({ inode }) => inode).filter((inode) => inode > 0);
  expect(numbers(rows)).toEqual(numbers(printed));
  expect(rows.findIndex(({ inode }) => inode === 0)).toBe(numbers(rows).length);
});

it("refCount, quickAck and sk are absent", async () => {
  for (const { told, printed } of await pairs("tcp")) {
    expect(told.refCount).toBeUndefined();
    expect((told as TcpSocket).quickAck).toBeUndefined();
    expect(printed.refCount).toBeGreaterThanOrEqual(0);
  }
  for (const protocol of ["netlink", "packet", "unix"] as const)
    for (const row of await at(more.pid, protocol)) {
      expect(row.refCount).toBeUndefined();
      expect("sk" in row ? row.sk : undefined).toBeUndefined();
    }
});

it("txQueue of a listener is 0 in both, and its limit is backlog", async () => {
  const listeners = (await pairs("tcp")).filter(({ told }) => told.state === "LISTEN");
  expect(listeners.length).toBeGreaterThan(2);
  for (const { told, printed } of listeners) {
    expect([told.txQueue, printed.txQueue]).toEqual([0, 0]);
    expect((told as TcpSocket).backlog).toBeGreaterThan(0);
    expect(told).toMatchObject({ rxQueue: printed.rxQueue });
  }
});

it("times are clock ticks, of the kernel's own units", async () => {
  let seen = 0;
  for (const { told, printed } of (await pairs("tcp")) as { told: TcpSocket; printed: TcpSocket }[]) {
    if (told.state !== "ESTABLISHED" || told.rto !== printed.rto) continue;
    seen++;
    expect(told.rto).toBe(Math.floor(told.tcpInfo!.rto! / 10_000));
    expect(told.ato).toBe(Math.floor(told.tcpInfo!.ato! / 10_000));
  }
  expect(seen).toBeGreaterThan(3);
});

it("rto, ato and ssthresh of a listener are absent", async () => {
  const listeners = (await pairs("tcp")).filter(({ told }) => told.state === "LISTEN");
  for (const { told, printed } of listeners as { told: TcpSocket; printed: TcpSocket }[]) {
    expect([told.rto, told.ato, told.ssthresh]).toEqual([undefined, undefined, undefined]);
    expect([printed.rto, printed.ato, printed.ssthresh]).toEqual([100, 0, 0]);
  }
});

it("without info its columns are absent, and of probes and retransmissions one is 0", async () => {
  for (const row of (await asking({ info: false }, "tcp", scene.pid)) as TcpSocket[]) {
    expect([row.rto, row.ato, row.cwnd, row.ssthresh, row.tcpInfo]).toEqual(Array(5).fill(undefined));
    expect([row.probes, row.retransmits]).toContain(0);
  }
});

it("TIME_WAIT and requests for connections have their columns, and no figures, options or control group", async () => {
  const over = (await pairs("tcp")).filter(({ told }) => told.state === "TIME_WAIT" || told.state === "SYN_RECV");
  expect(new Set(over.map(({ told }) => told.state))).toEqual(new Set(["TIME_WAIT", "SYN_RECV"]));
  for (const { told, printed } of over as { told: TcpSocket; printed: TcpSocket }[]) {
    expect([told.inode, told.timer, told.cwnd]).toEqual([0, printed.timer, printed.cwnd]);
    expect([told.tcpInfo, told.cgroupId, told.placement, told.sockOpt]).toEqual(Array(4).fill(undefined));
    if (told.state === "TIME_WAIT") expect([told.uid, printed.uid]).toEqual([0, 0]);
  }
});

it("the user of a request for a connection is 0", async () => {
  const requests = (await pairs("tcp")).filter(({ told }) => told.state === "SYN_RECV");
  expect(requests.length).toBeGreaterThan(0);
  for (const { told } of requests) expect(told.uid).toBe(0);
});

it("sockets that are bound and no more are told only where that state is asked for by its name", (context) => {
  const inode = scene.inodes.bound!;
  const of = (states?: number) =>
    allRows(socket, inetSockets({ protocol: "tcp", ...(states !== undefined && { states }) })).rows;
  expect(text("tcp").some((row) => row.inode === inode)).toBe(false);
  expect(of().some((row) => row.inode === inode)).toBe(false);
  const found = of(stateMask(["BOUND_INACTIVE"]));
  skipIf(context, found.length === 0 ? "this kernel tells of none: before Linux 6.8" : undefined);
  expect(found.find((row) => row.inode === inode)?.state).toBe("CLOSE");
});

describe("unix sockets", () => {
  it("without a number are made of their listener's icons by the source, and listed by nobody else", async () => {
    const its = netlinkIn(more.namespace);
    expect(allRows(its, unixSockets()).rows.some(({ inode }) => inode === 0)).toBe(false);
    its.close();
    const waiting = ((await at(more.pid, "unix")) as UnixSocket[]).filter(({ inode }) => inode === 0);
    const printed = new ProcFs().process(more.pid).net.unix({ where: { inode: 0 } });
    expect(waiting.map(({ path, type, state }) => [path, type, state])).toEqual(
      printed.map(({ path, type, state }) => [path, type, state]),
    );
    expect(waiting.map(({ uid, rxQueue }) => [uid, rxQueue])).toEqual(waiting.map(() => [undefined, undefined]));
  });

  it("have whole names, which forge no row", async () => {
    const rows = (await at(scene.pid, "unix")) as UnixSocket[];
    const printed = new ProcFs().process(scene.pid).net.unix({ onIssue() {} });
    expect(rows.filter(({ path }) => path?.includes("@forged"))).toHaveLength(1);
    expect(printed.filter(({ path }) => path?.includes("@forged")).every(({ path }) => path === "@forged")).toBe(true);
  });

  it("have a user, so that a condition about users finds them", async () => {
    const rows = (await at(more.pid, "unix")) as UnixSocket[];
    expect(rows.find(({ inode }) => inode === more.inodes["unix-nobody"])?.uid).toBe(65534);
    expect(
      new ProcFs()
        .process(more.pid)
        .net.unix()
        .some((row) => "uid" in row),
    ).toBe(false);
  });
});

it("the netlink socket that asks is not among the others", async () => {
  const rows = await at(more.pid, "netlink");
  const printed = new ProcFs().process(more.pid).net.netlink();
  expect(printed.length).toBe(rows.length + 1);
});
