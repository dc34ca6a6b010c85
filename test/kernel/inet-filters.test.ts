import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bytecodeOf, type DiagCondition } from "../../packages/kernel/src/diag/bytecode.ts";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { compileInetFilter } from "../../packages/kernel/src/diag/filter.ts";
import { countInetSockets, inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import type { DatagramSocket, TcpSocket } from "../../packages/procnet/src/index.ts";
import { inRange, parseAddressRange } from "../../packages/procnet/src/parse.ts";
import { type Filter, matches, parseFilter } from "../../packages/procnet/src/query.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { makeScene, type Scene } from "../support/scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * What the kernel lets through of a filter that was compiled for it, against the same filter asked of all rows in JavaScript. The kernel
 * checks each filter before it runs it (inet_diag_bc_audit): one that it does not take is an error here.
 */

const reason = noKernelScene();
let kernelScene: KernelScene;
let scene: Scene;
let socket: NetlinkSocket;
let states: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  kernelScene = await makeKernelScene();
  socket = netlinkIn(kernelScene.namespace);
  scene = await makeScene();
  states = netlinkIn(scene.namespace);
});
afterAll(() => {
  socket?.close();
  states?.close();
  kernelScene?.remove();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = TcpSocket | DatagramSocket;
type Protocol = "tcp" | "tcp6" | "udp" | "udp6";

const keysOf = (rows: readonly Row[]): string[] =>
  rows
    .map(
      (row) => `${row.localAddress} ${row.localPort} ${row.remoteAddress} ${row.remotePort} ${row.state} ${row.inode}`,
    )
    .sort();

const all = (of: NetlinkSocket, protocol: Protocol): Row[] => allRows<Row>(of, inetSockets({ protocol })).rows;

function asked(of: NetlinkSocket, protocol: Protocol, filter: Filter | undefined, further?: DiagCondition): Row[] {
  const { states, bytecode, rest } = compileInetFilter(filter, protocol, further);
  if (states === 0) return [];
  const { rows } = allRows<Row>(of, inetSockets({ protocol, states, bytecode }));
  return rows.filter((row) => rest === undefined || matches(rest, row));
}

/** What passes by the kernel, and what should: of sockets that were there before and after. */
function both(of: NetlinkSocket, protocol: Protocol, filter: Filter): { kernel: string[]; wanted: string[] } {
  for (let left = 20; ; left--) {
    const before = all(of, protocol);
    const kernel = keysOf(asked(of, protocol, filter));
    const after = all(of, protocol);
    if (keysOf(before).join() === keysOf(after).join() || left === 0)
      return { kernel, wanted: keysOf(after.filter((row) => matches(filter, row))) };
  }
}

const PROTOCOLS = ["tcp", "tcp6", "udp", "udp6"] as const;

it.each([
  "state established",
  "state listening or state time-wait",
  "exclude listening",
  "state syn-recv",
  "state connected and sport > 1024",
  "not (state established and dport = :443)",
  "state closed",
  "src 127.0.0.0/8",
  "src 192.0.2.1 and dst 192.0.2.0/24",
  "dst 127.0.0.1/32 or src ::1",
  "src ::/0",
  "src != 127.0.0.1",
  "dst inet6:*",
  "dst inet:127.0.0.1",
  "not src 2001:db8::/32",
  "src ::ffff:127.0.0.1",
  "src ::ffff:0:0/96",
  "recvq > 0 and src 127.0.0.0/8",
  "uid = 0 or sport = :1",
  "sport != :1 and not dport != :0",
  "sport >= 0 and dport <= 65535",
  "proto = tcp and sport > :10",
])("%s", (text) => {
  const filter = parseFilter(text);
  for (const of of [socket, states]) {
    for (const protocol of PROTOCOLS) {
      const { kernel, wanted } = both(of, protocol, filter);
      expect(kernel, protocol).toEqual(wanted);
    }
  }
});

it("what the kernel cannot ask is left, and nothing else is", () => {
  const restOf = (text: string): Filter | undefined => compileInetFilter(parseFilter(text), "tcp").rest;
  expect(restOf("state established and sport = :22 and dst 10.0.0.0/8")).toBeUndefined();
  expect(restOf("sport = :22 and recvq > 0")).toEqual(parseFilter("recvq > 0"));
  expect(restOf("sport = :22 or recvq > 0")).toEqual(parseFilter("sport = :22 or recvq > 0"));
  expect(compileInetFilter(parseFilter("dst inet6:*"), "tcp")).toEqual({
    states: 0,
    bytecode: undefined,
    rest: undefined,
  });
});

it("any filter lets pass by the kernel and the rest what it lets pass by itself", () => {
  const rows = [...all(socket, "tcp"), ...all(socket, "tcp6"), ...all(states, "tcp")];
  const ports = fc.oneof(
    fc.constantFrom(...rows.flatMap(({ localPort, remotePort }) => [localPort, remotePort])),
    fc.nat(65535),
  );
  const addresses = fc.constantFrom(
    ...rows.map(({ localAddress }) => localAddress),
    "127.0.0.1",
    "0.0.0.0",
    "::",
    "::ffff:127.0.0.1",
  );
  const range = fc
    .tuple(addresses, fc.nat(128))
    .map(([address, bits]) => `${address}/${address.includes(":") ? bits : bits % 33}`);
  const side = fc.constantFrom("local", "remote", "either");
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    fc.record({
      kind: fc.constant("port"),
      side,
      comparison: fc.constantFrom("=", "!=", "<", "<=", ">", ">="),
      port: ports,
    }) as fc.Arbitrary<Filter>,
    fc.record({
      kind: fc.constant("address"),
      side,
      negated: fc.boolean(),
      family: fc.constantFrom(undefined, undefined, 4, 6),
      ranges: fc.oneof(
        fc.constant(undefined),
        fc.array(
          range.map((text) => parseAddressRange(text)!),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      port: fc.oneof(fc.constant(undefined), ports),
    }) as fc.Arbitrary<Filter>,
    fc.constantFrom(
      ...[
        "state established",
        "exclude listening",
        "state listening",
        "state time-wait",
        "recvq > 0",
        "uid = 0",
        "uid = 7",
      ].map((text) => parseFilter(text)),
    ),
  );
  const tree = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        filters: fc.array(tie("filter"), { minLength: 1, maxLength: 4 }),
      }),
    ),
  })).filter;
  fc.assert(
    fc.property(tree, fc.constantFrom(...PROTOCOLS), fc.boolean(), (filter, protocol, isStates) => {
      const { kernel, wanted } = both(isStates ? states : socket, protocol, filter);
      expect(kernel).toEqual(wanted);
    }),
    { numRuns: 250 },
  );
});

it("a filter that is too long for the kernel is asked by the caller", () => {
  const ports = Array.from({ length: 4000 }, (_, at) => `sport = :${at + 2000}`).join(" or ");
  const { bytecode, rest } = compileInetFilter(parseFilter(`(${ports}) and dport > 5`), "tcp");
  expect(bytecode?.length).toBeLessThan(100);
  expect(rest).toBeDefined();
  const { kernel, wanted } = both(socket, "tcp", parseFilter(ports));
  expect(kernel).toEqual(wanted);
});

describe("what the language has no words for", () => {
  const inodesOf = (condition: DiagCondition, protocol: Protocol = "tcp"): number[] =>
    asked(socket, protocol, undefined, condition)
      .map(({ inode }) => inode)
      .sort();

  it("an interface, a mark, a control group", () => {
    const { inodes, cgroup } = kernelScene;
    expect(inodesOf({ kind: "interface", index: 1 })).toEqual([inodes.bound]);
    expect(inodesOf({ kind: "mark", mark: 0xdeadbeef, mask: 0xffffffff })).toEqual([inodes.marked]);
    expect(inodesOf({ kind: "mark", mark: 0xdead0000, mask: 0xffff0000 })).toEqual([inodes.marked]);
    expect(inodesOf({ kind: "mark", mark: 0xdeadbeee, mask: 0xffffffff })).toEqual([]);
    if (cgroup === undefined) return console.warn("no cgroup2 is mounted to be written to");
    const grouped = [inodes["grouped-listen"]!, inodes.grouped!, inodes["grouped-accepted"]!];
    expect(inodesOf({ kind: "cgroup", id: cgroup })).toEqual(grouped.sort());
    expect(
      inodesOf({
        kind: "and",
        conditions: [
          { kind: "cgroup", id: cgroup },
          { kind: "not", condition: { kind: "port", side: "remote", least: 0, most: 0 } },
        ],
      }),
    ).toEqual([inodes.grouped!, inodes["grouped-accepted"]!].sort());
  });

  it("all and none", () => {
    const count = all(socket, "tcp").length;
    expect(inodesOf({ kind: "and", conditions: [] }).length).toBe(count);
    expect(inodesOf({ kind: "or", conditions: [] })).toEqual([]);
    expect(inodesOf({ kind: "not", condition: { kind: "and", conditions: [] } })).toEqual([]);
    expect(inodesOf({ kind: "port", side: "local", least: 5, most: 4 })).toEqual([]);
    expect(inodesOf({ kind: "port", side: "local", least: 0, most: 65535 }).length).toBe(count);
  });

  it("are counted too", () => {
    const bytecode = bytecodeOf({ kind: "address", side: "remote", range: parseAddressRange("127.0.0.0/8")! });
    const { counts } = countInetSockets(socket, { protocol: "tcp", bytecode });
    const wanted = all(socket, "tcp").filter(({ remoteAddress }) =>
      inRange(parseAddressRange("127.0.0.0/8")!, remoteAddress),
    );
    expect([...counts.values()].reduce((sum, one) => sum + one, 0)).toBe(wanted.length);
  });
});
