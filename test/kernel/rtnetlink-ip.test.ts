import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addresses,
  allRows,
  type Dump,
  links,
  NETLINK_ROUTE,
  type NetlinkSocket,
  neighbours,
  routes,
  rules,
} from "../../packages/kernel/src/index.ts";
import { ipAddress, ipLink, ipNeighbour, ipRoute, ipRule, type Names, still } from "../support/kernel/ip-words.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { noRoutedScene } from "../support/kernel/routed-scene.ts";
import { makeSettledScene, type SettledScene } from "../support/kernel/settled-scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * What rtnetlink tells is held to ip(8), member by member: each thing that it says must be in our row, in its form.
 */

type Json = Record<string, unknown>;

const reason = noRoutedScene();
let scene: SettledScene;
let socket: NetlinkSocket;
let names: Names;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeSettledScene();
  socket = netlinkIn(scene.namespace, NETLINK_ROUTE);
  names = new Map(rows(links()).map(({ index, name }) => [index, name]));
});
afterAll(() => {
  socket?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

const rows = <Row>(dump: Dump<Row>): Row[] => allRows(socket, dump).rows;

/** What ip(8) says; before and after what is read, until nothing moved between. */
function told<Row>(args: readonly string[], read: () => Row): { readonly ip: Json[]; readonly ours: Row } {
  for (let left = 20; ; left--) {
    const said = scene.namespace.run("ip", ["-j", "-d", ...args]);
    const ours = read();
    if (left === 0 || scene.namespace.run("ip", ["-j", "-d", ...args]) === said) return { ip: JSON.parse(said), ours };
  }
}

/** Numbers that run while it is asked. */
const withoutTimers = (one: Json): Json => {
  const info = one.linkinfo as Json | undefined;
  if (info === undefined) return one;
  const inside = Object.fromEntries(
    Object.entries(info).map(([name, data]) => [name, typeof data === "string" ? data : still(data as Json)]),
  );
  return { ...one, linkinfo: inside };
};
const sorted = (one: Json): Json => ({ ...one, flags: [...(one.flags as string[])].sort() });

describe("what ip(8) says of", () => {
  it("interfaces, with their counters", () => {
    const { ip, ours } = told(["-s", "-s", "link"], () => rows(links()));
    expect(ours.map((link) => withoutTimers(ipLink(link, names)))).toEqual(ip.map(withoutTimers).map(sorted));
    expect(ours.map(({ kind }) => kind)).toEqual([undefined, "veth", "veth", "veth", "bridge", "ifb"]);
    expect(ours.map(({ unknownAttributes }) => unknownAttributes)).toEqual(ours.map(() => undefined));
  });

  it("addresses", () => {
    const { ip, ours } = told(["address"], () => rows(addresses()));
    const inOrder = ip.flatMap(({ ifindex, addr_info }) =>
      (addr_info as Json[]).map((address) => ({ ifindex, ...address })),
    );
    const text = (one: object): string => JSON.stringify(Object.entries(one).sort());
    const own = ours.map((row) => ({ ifindex: row.ifIndex, ...ipAddress(row) }));
    expect(own.map(text).sort()).toEqual(inOrder.map(text).sort());
    expect(ours.length).toBeGreaterThan(12);
    expect(ours.map(({ unknownAttributes }) => unknownAttributes)).toEqual(ours.map(() => undefined));
  });

  it.each(["IPv4", "IPv6"] as const)("routes of %s in all tables", (family) => {
    const args = [family === "IPv4" ? "-4" : "-6", "route", "show", "table", "all"];
    const { ip, ours } = told(args, () => rows(routes({ family })));
    // Objects of next hops and what packets are put into have words of their own.
    const plain = ip.map(({ nh_info, encap, mode, segs, ...route }) => route);
    expect(ours.map((route) => ipRoute(route, names))).toEqual(plain);
    expect(ours.length).toBeGreaterThan(20);
    expect(ours.map(({ unknownAttributes }) => unknownAttributes)).toEqual(ours.map(() => undefined));
    const put = ip.map(({ encap }) => (encap as string | undefined)?.toUpperCase());
    expect(ours.map(({ nextHops }) => nextHops[0]?.encapsulation?.type)).toEqual(put);
  });

  it.each([
    ["IPv4", "-4"],
    ["IPv6", "-6"],
  ] as const)("neighbours of %s", (family, flag) => {
    const { ip, ours } = told(["-s", flag, "neighbour", "show", "nud", "all"], () => rows(neighbours({ family })));
    expect(ours.map((row) => ipNeighbour(row, names))).toEqual(ip);
    expect(ours.length).toBeGreaterThan(5);
  });

  it("entries of the proxy", () => {
    const { ip, ours } = told(["neighbour", "show", "proxy"], () => rows(neighbours({ isProxy: true })));
    expect(ours.map((row) => ipNeighbour(row, names))).toEqual(ip);
    expect(ours.length).toBe(3);
  });

  it.each([
    ["IPv4", "-4"],
    ["IPv6", "-6"],
  ] as const)("rules of %s", (family, flag) => {
    const { ip, ours } = told([flag, "rule"], () => rows(rules({ family })));
    expect(ours.map(ipRule)).toEqual(ip);
    expect(ours.length).toBeGreaterThan(4);
    expect(ours.map(({ unknownAttributes }) => unknownAttributes)).toEqual(ours.map(() => undefined));
  });
});

/** How many messages the kernel answered with. */
function messages(dump: Dump<unknown>): number {
  let count = 0;
  socket.ask(dump.question, () => count++);
  return count;
}

describe("the kernel itself sorts out", () => {
  const index = (name: string): number => [...names].find(([, one]) => one === name)![0];

  it.each([
    ["routes of a table", () => routes({ family: "IPv4", table: 100 }), 2],
    ["routes of a table whose number takes more than a byte", () => routes({ table: 4000000001 }), 1],
    ["routes through an interface", () => routes({ family: "IPv6", ifIndex: index("p1") }), 5],
    ["routes of a type", () => routes({ type: "PROHIBIT" }), 1],
    ["routes that somebody made", () => routes({ protocol: "BGP" }), 1],
    ["addresses of an interface", () => addresses({ family: "IPv6", ifIndex: index("p1") }), 2],
    ["interfaces of a kind", () => links({ kind: "veth" }), 3],
    ["parts of a bridge", () => links({ master: index("br0") }), 1],
    ["an interface by its index", () => links({ index: index("br0") }), 1],
    ["an interface by its name", () => links({ name: "p0" }), 1],
    ["an interface by another name of it", () => links({ name: "short" }), 1],
    ["an interface by a long name of it", () => links({ name: "a-name-that-is-longer-than-fifteen-letters" }), 1],
    ["neighbours of an interface", () => neighbours({ family: "IPv4", ifIndex: index("br0") }), 1],
    ["neighbours on a bridge", () => neighbours({ family: "IPv6", master: index("br0") }), undefined],
  ])("%s", (_, dump, count) => {
    const told = rows<unknown>(dump());
    expect(messages(dump())).toBe(told.length);
    if (count !== undefined) expect(told.length).toBe(count);
  });

  it("interfaces without their counters", () => {
    const { doing, ...bare } = links({ statistics: false }).question;
    expect(doing).toBe("rtnetlink: interfaces");
    let [withThem, without] = [0, 0];
    socket.ask(links().question, (_type, from, to) => (withThem += to - from));
    socket.ask({ doing, ...bare }, (_type, from, to) => (without += to - from));
    expect(without).toBeLessThan(withThem - 6 * 200);
    expect(rows(links({ statistics: false })).every((link) => link.statistics === undefined)).toBe(true);
    const [exact] = rows(links({ name: "v0", bigint: true }));
    expect(typeof exact!.statistics!.rx_bytes).toBe("bigint");
  });

  it("and says what there is not", () => {
    expect(() => rows(links({ name: "absent0" }))).toThrow("ENODEV");
    expect(() => rows(routes({ family: "IPv4", table: 77 }))).toThrow("ENOENT");
    expect(() => rows(addresses({ ifIndex: 7777 }))).toThrow("ENODEV");
    expect(rows(routes({ table: 77 }))).toEqual([]);
  });
});
