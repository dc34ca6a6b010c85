import { createKernelSource, type KernelSource } from "@procnet/kernel";
import * as fc from "fast-check";
import { type DatagramSocket, ProcFs, type SourceLook, type TcpSocket } from "procnet";
import { type AddressRange, inRange, parseAddressRange } from "procnet/parse";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { noDoor } from "../support/kernel/netlink-in.ts";
import { makeScene, noScene, type Scene } from "../support/scene.ts";
import { skipIf } from "../support/tools.ts";

/* What is asked of a source is asked of the kernel, as far as it can test it: the answer is that of procfs, whatever was asked. */

const reason = noScene() ?? noDoor() ?? (process.getuid?.() === 0 ? undefined : "only root goes into namespaces");
let scene: Scene;
let source: KernelSource;
let look: SourceLook;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeScene();
  source = createKernelSource({ iterator: false });
  look = await source.begin({ root: "/proc", pids: [scene.pid], signal: undefined });
});
afterAll(() => {
  look?.close();
  source?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = TcpSocket | DatagramSocket;
type Protocol = "tcp" | "tcp6" | "udp" | "udp6";
type Asked = NonNullable<Parameters<SourceLook["sockets"]>[0]["inet"]>;

const PROTOCOLS = ["tcp", "tcp6", "udp", "udp6"] as const;

/** The user of a request for a connection is not told: see differences.test.ts. */
const keysOf = (rows: readonly Row[]): string[] =>
  rows
    .map((row) => [row.localAddress, row.localPort, row.remoteAddress, row.remotePort, row.state, row.inode].join(" "))
    .sort();

function procfs(protocol: Protocol, where: Asked, addresses: readonly AddressRange[] | undefined): Row[] {
  const rows = new ProcFs().process(scene.pid).net.read(protocol, { where }) as unknown as Row[];
  return rows.filter(
    ({ localAddress, remoteAddress }) =>
      addresses === undefined ||
      addresses.some((range) => inRange(range, localAddress) || inRange(range, remoteAddress)),
  );
}

/** The answers of both, if netlink has one, where that of procfs was the same before and after. */
async function both(
  protocol: Protocol,
  where: Asked,
  addresses?: readonly AddressRange[],
): Promise<[string[] | undefined, string[]]> {
  for (let left = 20; ; left--) {
    const before = keysOf(procfs(protocol, where, addresses));
    const asked = { protocol, namespace: undefined, pid: scene.pid, inet: where, addresses, unix: undefined };
    const rows = (await look.sockets(asked)) as Row[] | undefined;
    const after = keysOf(procfs(protocol, where, addresses));
    if (before.join() === after.join() || left === 0) return [rows && keysOf(rows), after];
  }
}

it("each condition, and all together, let pass what they let pass in procfs", async () => {
  const rows = PROTOCOLS.flatMap((protocol) => procfs(protocol, {}, undefined));
  expect(rows.length).toBeGreaterThan(30);
  const some = <Value>(values: readonly Value[]): fc.Arbitrary<Value | Value[]> =>
    fc.oneof(fc.constantFrom(...values), fc.array(fc.constantFrom(...values), { maxLength: 4 }));
  const maybe = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
  const states = [...new Set(rows.map(({ state }) => state)), "NEW_SYN_RECV", "UNKNOWN(14)", "BOUND_INACTIVE"] as const;
  const addresses = fc
    .tuple(fc.constantFrom(...rows.flatMap((row) => [row.localAddress, row.remoteAddress])), fc.nat(128))
    .map(([address, bits]) => parseAddressRange(`${address}/${address.includes(":") ? bits : bits % 33}`)!);
  let found = 0;
  const conditions = fc.record({
    state: maybe(some(states)),
    localPort: maybe(some(rows.map(({ localPort }) => localPort))),
    remotePort: maybe(some(rows.map(({ remotePort }) => remotePort))),
    uid: maybe(some([0, 7, 4294967293])),
    inode: maybe(some(rows.map(({ inode }) => inode))),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PROTOCOLS),
      conditions,
      maybe(fc.array(addresses, { minLength: 1, maxLength: 3 })),
      async (protocol, given, ranges) => {
        const where = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Asked;
        const [told, wanted] = await both(protocol, where, ranges);
        // Of requests for connections the user is not told: procfs answers where one of them may be meant.
        if (told === undefined && where.uid !== undefined) return;
        expect(told).toEqual(wanted);
        found += wanted.length;
      },
    ),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(300);
});

it("very many ports, in a row or not, are the same ports", async () => {
  const all = procfs("tcp", {}, undefined).map(({ localPort }) => localPort);
  const inARow = Array.from({ length: 65536 }, (_, port) => port);
  const everyOther = inARow.filter((port) => port % 2 === all[0]! % 2);
  for (const localPort of [inARow, everyOther]) {
    const [told, wanted] = await both("tcp", { localPort });
    expect(told).toEqual(wanted);
    expect(told!.length).toBeGreaterThan(0);
  }
});
