import type { SocketOwner, TcpSocket, WatchedSocket } from "procnet";
import { describe, expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { turnsDuring } from "../../../../test/support/turns.ts";
import type { Family } from "../metrics/family.ts";
import { OwnFamilies, type PortRange } from "./families.ts";
import { Tallying } from "./tally.ts";

const owner = (program: string, id?: string): SocketOwner => ({
  ...ownerNamed(program),
  container: id === undefined ? undefined : { id },
});
const tcp = (some: Partial<TcpSocket>): TcpSocket => tcpSocket({ owners: [owner("nginx")], ...some });
const listener = (some: Partial<TcpSocket>): TcpSocket => tcp({ state: "LISTEN", remotePort: 0, ...some });

function families(sockets: Iterable<WatchedSocket>, most = 5000, ephemeral?: PortRange): Promise<Family[]> {
  const tallying = new Tallying();
  for (const socket of sockets) tallying.take(socket);
  return new OwnFamilies(most).of(tallying.done(), ephemeral);
}

/** Values of a metric as `label,label=number`. */
function told(all: readonly Family[], name: string): string[] {
  const { metric, values } = all.find((family) => family.metric.name === `procnet_${name}`)!;
  return values.map(({ labels, value }) => `${metric.labels.map((label) => labels[label]).join(",")}=${value}`).sort();
}
const sum = (all: readonly Family[], name: string): number =>
  told(all, name).reduce((total, text) => total + Number(text.slice(text.lastIndexOf("=") + 1)), 0);
const series = (all: readonly Family[]): number => all.reduce((total, { values }) => total + values.length, 0);

describe("sockets", () => {
  it("are counted by namespace, table and state, and by program, container and the same", async () => {
    const all = await families([
      tcp({}),
      tcp({ owners: [owner("nginx"), owner("other")] }),
      tcp({ namespace: 2, owners: [owner("nginx", "0123456789abcdef")] }),
      tcp({ state: "TIME_WAIT", inode: 0, owners: [], ownerless: "time-wait" }),
    ]);
    expect(told(all, "sockets")).toEqual(["1,tcp,ESTABLISHED=2", "1,tcp,TIME_WAIT=1", "2,tcp,ESTABLISHED=1"]);
    expect(told(all, "process_sockets")).toEqual([",nginx,tcp,ESTABLISHED=2", "0123456789ab,nginx,tcp,ESTABLISHED=1"]);
    expect(told(all, "owners_unknown")).toEqual(["time-wait=1"]);
  });

  it("have bytes that wait, but what waits at a listener are connections", async () => {
    const all = await families([
      tcp({ rxQueue: 5, txQueue: 7 }),
      tcp({ rxQueue: 1 }),
      listener({ rxQueue: 3, localPort: 80 }),
      tcp({ localPort: 80, owners: [], ownerless: "kernel" }),
    ]);
    expect(told(all, "queued_bytes")).toEqual([",nginx,rx=6", ",nginx,tx=7"]);
    expect(told(all, "listener_accept_queue")).toEqual(["loopback,,80,nginx,tcp=3"]);
    expect(told(all, "listener_connections")).toEqual(["loopback,,80,nginx,tcp=1"]);
  });

  it("in CLOSE_WAIT say why by what is not read", async () => {
    const wait = (rxQueue: number): TcpSocket => tcp({ state: "CLOSE_WAIT", rxQueue });
    expect(told(await families([wait(0), wait(1), wait(1), wait(9)]), "close_wait_sockets")).toEqual([
      ",nginx,data=1",
      ",nginx,unclosed=1",
      ",nginx,unread=2",
    ]);
  });

  it("of two listeners that look the same are one series", async () => {
    const all = await families([
      listener({ localPort: 80, rxQueue: 1 }),
      listener({ localPort: 80, rxQueue: 2, inode: 8 }),
    ]);
    expect(told(all, "listener_accept_queue")).toEqual(["loopback,,80,nginx,tcp=3"]);
  });
});

describe("names that somebody else chose", () => {
  it.each([
    ["a\nb", "a\\x0ab"],
    ['q"\u001b[2J', 'q"\\x1b[2J'],
    ["\u202egnp", "\\u{202e}gnp"],
    ["__proto__", "__proto__"],
    ["x".repeat(100), "x".repeat(64)],
    ["ä".repeat(60), "ä".repeat(32)],
  ])("%j is %j", async (program, label) => {
    const all = await families([tcp({ owners: [owner(program)] })]);
    expect(told(all, "process_sockets")).toEqual([`,${label},tcp,ESTABLISHED=1`]);
  });

  it("that look the same when they are cut are one series, and one called other is counted with the others", async () => {
    const long = "x".repeat(64);
    const cut = await families([tcp({ owners: [owner(`${long}1`)] }), tcp({ owners: [owner(`${long}2`)] })]);
    expect(told(cut, "process_sockets")).toEqual([`,${long},tcp,ESTABLISHED=2`]);
    const many = Array.from({ length: 150 }, (_, at) => tcp({ owners: [owner(`p${at}`)] }));
    const other = await families([...many, tcp({ owners: [owner("other")] }), tcp({ owners: [owner("other")] })]);
    expect(told(other, "process_sockets").filter((text) => text.startsWith(",other,"))).toHaveLength(1);
    expect(sum(other, "process_sockets")).toBe(152);
  });
});

describe("with 100,000 sockets of 5,000 programs, 300 listeners and 50,000 peers", () => {
  const STATES = ["ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT2", "SYN_SENT"] as const;
  const many = [
    ...Array.from({ length: 300 }, (_, at) =>
      listener({ localPort: at + 1, rxQueue: at % 7, owners: [owner(`p${at}`)], namespace: at % 40 }),
    ),
    ...Array.from({ length: 99_700 }, (_, at) =>
      tcp({
        namespace: at % 400,
        localPort: (at % 300) + 1,
        remoteAddress: `10.${at % 200}.${at % 250}.1`,
        remotePort: at % 60_000,
        state: STATES[at % 4]!,
        rxQueue: at % 3,
        inode: at + 1000,
        owners: [owner(`p${(at * at) % 5000}`, at % 2 === 0 ? undefined : `${at % 5000}`)],
      }),
    ),
  ];

  it.each([5000, 500, 100])("there are no more than %d series, and sums are those of all sockets", async (most) => {
    const all = await families(many, most);
    expect(series(all)).toBeLessThanOrEqual(most);
    expect(sum(all, "sockets")).toBe(100_000);
    expect(sum(all, "process_sockets")).toBe(100_000);
    const waiting = many.filter(({ state }) => state !== "LISTEN").reduce((total, { rxQueue }) => total + rxQueue, 0);
    expect(sum(all, "queued_bytes")).toBe(waiting);
    expect(sum(all, "listener_accept_queue")).toBe(
      many.filter(({ state }) => state === "LISTEN").reduce((total, { rxQueue }) => total + rxQueue, 0),
    );
    expect(sum(all, "close_wait_sockets")).toBe(many.filter(({ state }) => state === "CLOSE_WAIT").length);
    expect(sum(all, "series_folded")).toBeGreaterThan(0);
  });
});

it("listeners of a proxy are counted together", async () => {
  const all = await families(Array.from({ length: 60 }, (_, at) => listener({ localPort: 30_000 + at, rxQueue: 1 })));
  expect(told(all, "listener_accept_queue")).toEqual(["loopback,,many,nginx,tcp=60"]);
});

it("listeners at ports that the kernel chose are counted together", async () => {
  const at = (ports: readonly number[]): TcpSocket[] => ports.map((localPort) => listener({ localPort, rxQueue: 1 }));
  const usual = await families(at([32_767, 32_768, 60_999, 61_000]));
  expect(told(usual, "listener_accept_queue")).toEqual([
    "loopback,,32767,nginx,tcp=1",
    "loopback,,61000,nginx,tcp=1",
    "loopback,,ephemeral,nginx,tcp=2",
  ]);
  const set = await families(at([999, 1000, 2000, 2001, 40_000]), 5000, [1000, 2000]);
  expect(told(set, "listener_accept_queue")).toEqual([
    "loopback,,2001,nginx,tcp=1",
    "loopback,,40000,nginx,tcp=1",
    "loopback,,999,nginx,tcp=1",
    "loopback,,ephemeral,nginx,tcp=2",
  ]);
});

it("what is gone is gone from the next look", async () => {
  const own = new OwnFamilies(5000);
  const lookAt = (sockets: readonly WatchedSocket[]): Promise<Family[]> => {
    const tallying = new Tallying();
    for (const socket of sockets) tallying.take(socket);
    return own.of(tallying.done());
  };
  const gone = [listener({ localPort: 80, owners: [owner("gone")], namespace: 9 }), tcp({ owners: [owner("gone")] })];
  expect(JSON.stringify((await lookAt([...gone, tcp({})])).map(({ values }) => values))).toContain("gone");
  const rest = await lookAt([tcp({})]);
  expect(rest.map(({ metric, values }) => [metric.name, values])).toEqual(
    (await families([tcp({})])).map(({ metric, values }) => [metric.name, values]),
  );
});

describe("near the limit of series", () => {
  /** Programs with so many sockets each, `a=3 b=2`. */
  const programs = (text: string): TcpSocket[] =>
    text.split(" ").flatMap((part) => {
      const [name = "", count] = part.split("=");
      return Array.from({ length: Number(count) }, () => tcp({ owners: [owner(name)] }));
    });
  const many = Array.from({ length: 98 }, (_, at) => `p${at}=${100 + at}`).join(" ");
  const named = async (own: OwnFamilies, text: string): Promise<Set<string>> => {
    const tallying = new Tallying();
    for (const socket of programs(text)) tallying.take(socket);
    const { values } = (await own.of(tallying.done())).find(({ metric }) => metric.name === "procnet_process_sockets")!;
    return new Set(values.map(({ labels }) => labels["process"]!));
  };

  it("who has a place keeps it, also where there are fewer places than usual", async () => {
    // Three series each: of a hundred places, 25 are left.
    const own = new OwnFamilies(100);
    const first = await named(own, many);
    expect(first.size).toBe(26);
    expect([first.has("p73"), first.has("p72")]).toEqual([true, false]);
    // p72 passes the last with a place, which is not a fifth below it.
    const next = await named(own, many.replace("p72=172", "p72=180"));
    expect(next).toEqual(first);
    const later = await named(own, many.replace("p72=172", "p72=250"));
    expect([later.has("p73"), later.has("p72")]).toEqual([false, true]);
  });

  it("there is room for series that others make", async () => {
    const tallying = new Tallying();
    for (const socket of programs(Array.from({ length: 30 }, (_, at) => `p${at}=1`).join(" "))) tallying.take(socket);
    const tally = tallying.done();
    expect(series(await new OwnFamilies(100).of(tally))).toBe(91);
    expect(series(await new OwnFamilies(100).of(tally, undefined, undefined, 20))).toBeLessThanOrEqual(80);
  });

  it("places do not become more and fewer in turns", async () => {
    const own = new OwnFamilies(100);
    const few = Array.from({ length: 32 }, (_, at) => `p${at}=${at + 1}`).join(" ");
    // 32 programs of three series and one of all fit into a hundred; with one more there are places for half of a half.
    expect((await named(own, few)).size).toBe(32);
    expect((await named(own, `${few} p32=1 p33=1`)).size).toBe(26);
    expect((await named(own, few)).size).toBe(26);
    expect((await named(own, few.split(" ").slice(10).join(" "))).size).toBe(22);
  });
});

it("lets others have a turn between so many groups", async () => {
  const tallying = new Tallying();
  for (let at = 0; at < 5000; at++) tallying.take(tcp({ owners: [owner(`p${at}`)] }));
  const turns = await turnsDuring(() => new OwnFamilies(5000).of(tallying.done()));
  expect(turns).toBeGreaterThanOrEqual(15);
});
