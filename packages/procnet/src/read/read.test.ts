import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import type { TcpState } from "../codes/tcp-state.ts";
import type { UnixState } from "../codes/unix.ts";
import type { Snmp } from "../files/counters/snmp.ts";
import type { DeviceStatus } from "../files/devices/dev.ts";
import type { TcpNetEntry } from "../files/sockets/inet/tcp.ts";
import type { UdpNetEntry } from "../files/sockets/inet/udp.ts";
import type { RowTable, Table } from "../form/table.ts";
import { Net } from "../net.ts";
import { ProcFs } from "../procfs.ts";
import * as tables from "../tables.ts";
import { count, each, isFromLinux, type ResultOfTable, read, readBytes } from "./read.ts";

const { dev, devSnmp6, rpcContent, snmp, tcp, unix } = tables;

let root: string;
let tree: ProcFs;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-read-"));
  mkdirSync(join(root, "1/net/dev_snmp6"), { recursive: true });
  tree = new ProcFs({ root });
});
afterEach(() => rmSync(root, { recursive: true }));

/** One of several, nobody knows which before. */
const pick = <All extends readonly unknown[]>(...all: All): All[number] => all[0];

const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(root, "1/net", name), text);

const HEADER =
  "Inter-|   Receive                                                |  Transmit\n" +
  " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";
const device = (name: string): string => `${name}: 1 2 0 0 0 0 0 0 9007199254740993 4 0 0 0 0 0 0\n`;

describe("a table", () => {
  it("is read as its method reads it, of this process", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const { port } = server.address() as { port: number };
      const where = { state: "LISTEN", localPort: port } as const;
      expect(read(tcp, { where })).toMatchObject([{ localAddress: "127.0.0.1", localPort: port }]);
      expect([...each(tcp, { where })]).toEqual(read(tcp, { where }));
      expect(count(tcp, { where })).toEqual(new Map([["LISTEN", 1]]));
    } finally {
      server.close();
    }
  });

  it("is read where it is asked for: a procfs, a process, its files", () => {
    write("dev", HEADER + device("eth0"));
    for (const of of [tree, tree.process(1), tree.net])
      expect(read(dev, { of }).map(({ name }) => name)).toEqual(["eth0"]);
  });

  it("gives counters of 64 bits exactly where they are asked for so", () => {
    write("dev", HEADER + device("eth0"));
    expect(read(dev, { of: tree, bigint: true })[0]?.sentBytes).toBe(9007199254740993n);
    expect([...each(dev, { of: tree, bigint: true })][0]?.sentBytes).toBe(9007199254740993n);
    expect(typeof read(dev, { of: tree })[0]?.sentBytes).toBe("number");
  });

  it("that stands for the files of a directory is told which one", () => {
    write("dev_snmp6/eth0", "ifIndex                         \t7\nIp6InReceives                   \t42\n");
    expect(read(devSnmp6, { of: tree, name: "dev_snmp6/eth0" })).toMatchObject({ ifIndex: 7 });
    for (const name of [undefined, "dev_snmp6/", "dev_snmp6/a/b", "tcp", "dev_snmp6/*", "../dev_snmp6/eth0"]) {
      const ask = (): unknown => read(devSnmp6, { of: tree, ...(name !== undefined && { name }) });
      expect(ask, String(name)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/ERR_INVALID_ARG|ENOENT/) }),
      );
    }
    expect(() => read(rpcContent, { of: tree })).toThrow(/stands for several files/);
    expect(() => read(tcp, { of: tree, name: "udp" })).toThrow(/none of its names/);
  });

  it("is refused where it is none, or where an option is none", () => {
    const wrong =
      (what: unknown, options?: unknown): (() => unknown) =>
      () =>
        read(what as typeof tcp, options as object);
    expect(wrong("tcp")).toThrow(/net\.read\("tcp"\) takes a name/);
    expect(wrong(undefined)).toThrow(/takes a table of procnet\/tables/);
    expect(wrong(tcp, { of: "/host/proc" })).toThrow(/of must be a ProcFs, a Process or a Net/);
    expect(wrong(tcp, { were: {} })).toThrow(/did you mean "where"/);
    expect(wrong(tcp, { encoding: "ascii" })).toThrow(/encoding must be/);
    expect(wrong(devSnmp6, { name: 5 })).toThrow(/^the name of a file must be a text, not 5$/);
    const { net } = new ProcFs();
    const none = 5 as unknown as "tcp";
    for (const ask of [() => net.read(none), () => net.each(none), () => net.count(none), () => net.rawText(none)])
      expect(ask).toThrow(/^the name of a file must be a text, not 5$/);
    expect(() => each(snmp as unknown as typeof tcp)).toThrow(/^each: "snmp" is not read row by row: use read$/);
    expect(() => count(dev as unknown as typeof tcp)).toThrow(/^count: "dev" has no states to count$/);
  });

  it("is refused where an option of its parser has no value that it can have", () => {
    const asked: readonly ((options: object) => unknown)[] = [
      (options) => read(tcp, options),
      (options) => each(tcp, options),
      (options) => count(tcp, options),
      (options) => new ProcFs().net.read("tcp", options),
      (options) => new ProcFs().net.readAll(options),
      (options) => new ProcFs().self().stat(options),
      (options) => new ProcFs().self().cgroup(options),
    ];
    for (const ask of asked) {
      expect(() => ask({ byteOrder: "be" })).toThrow(/: byteOrder must be "LE" or "BE", not "be"$/);
      expect(() => ask({ bigint: "yes" })).toThrow(/: bigint must be true or false, not "yes"$/);
      expect(() => ask({ onIssue: [] })).toThrow(/: onIssue must be a function, not an array$/);
      ask({ byteOrder: undefined, bigint: undefined, onIssue: undefined });
      ask({ byteOrder: "LE", bigint: false });
      ask({ byteOrder: "BE", bigint: true, onIssue: () => {} });
    }
  });
});

describe("names that are no UTF-8", () => {
  const NAMES = [Buffer.from([0xff]), Buffer.from("größe"), Buffer.from([0x65, 0x80, 0x81])];

  it("come whole, one character for each byte, where that is asked for", () => {
    const rows = NAMES.map((name) => Buffer.concat([name, Buffer.from(device(""))]));
    write("dev", Buffer.concat([Buffer.from(HEADER), ...rows]));
    const names = (encoding: "utf8" | "latin1"): Buffer[] =>
      [...each(dev, { of: tree, encoding })].map(({ name }) => Buffer.from(name, encoding));
    expect(names("latin1")).toEqual(NAMES);
    expect(names("utf8")).not.toEqual(NAMES);
    expect(read(dev, { of: tree, encoding: "latin1" }).map(({ name }) => name)).toEqual(
      NAMES.map((name) => name.toString("latin1")),
    );
  });

  it("cost no row, however long the table and its lines are", () => {
    const long = "ü".repeat(700_000);
    const rows = Array.from({ length: 5000 }, (_, at) => device(`é${at}`));
    write("dev", HEADER + rows.slice(0, 2500).join("") + device(long) + rows.slice(2500).join(""));
    const found = read(dev, { of: tree, encoding: "latin1", onIssue: () => {} });
    expect(found.map(({ name }) => Buffer.from(name, "latin1").toString())).toEqual(
      Array.from({ length: 5000 }, (_, at) => `é${at}`),
    );
  });

  it("come whole in a table that is read at once", () => {
    write("snmp", "Ip: Forw\u00e9 Other\nIp: 1 2\n");
    expect(Object.keys(read(snmp, { of: tree, encoding: "latin1" }).Ip)).toEqual(["Forw\u00c3\u00a9", "Other"]);
  });
});

describe("what is asked of a file besides", () => {
  it("refuse options that would change nothing", () => {
    write("tcp", "");
    const given: { of: typeof tree } = { ...{ encoding: "latin1", bigint: true }, of: tree };
    const refused = (what: string, option: string) =>
      expect.objectContaining({
        code: "ERR_INVALID_ARG",
        message: expect.stringContaining(`${what} has no option "${option}"`),
      });
    expect(() => count(tcp, given)).toThrow(refused("count", "encoding"));
    expect(() => readBytes(tcp, given)).toThrow(refused("readBytes", "encoding"));
    expect(() => isFromLinux(tcp, given)).toThrow(refused("isFromLinux", "encoding"));
    expect(read(tcp, given)).toEqual(read(tcp, { of: tree }));
  });

  it("its bytes", () => {
    write("tcp", "any\xfftext");
    expect(readBytes(tcp, { of: tree })).toEqual(new Uint8Array(readFileSync(join(root, "1/net/tcp"))));
    expect(() => readBytes(unix, { of: tree })).toThrow(expect.objectContaining({ code: "ENOENT" }));
    const sockstat = execFileSync("cat", ["/proc/self/net/snmp"], { encoding: "latin1" });
    expect(Buffer.from(readBytes(snmp)).toString("latin1").split(" ")[0]).toBe(sockstat.split(" ")[0]);
  });

  it("whether Linux prints it", () => {
    write("tcp", "");
    expect(isFromLinux(tcp)).toBe(process.platform === "linux");
    expect(isFromLinux(tcp, { of: tree })).toBe(false);
  });
});

describe("types", () => {
  it("say what a table reads as", () => {
    expectTypeOf(() => read(tcp)).returns.toEqualTypeOf<TcpNetEntry[]>();
    expectTypeOf(() => read(dev, { bigint: true })).returns.toEqualTypeOf<DeviceStatus<bigint>[]>();
    expectTypeOf(() => read(snmp)).returns.toEqualTypeOf<Snmp>();
    expectTypeOf(() => each(dev, { bigint: true })).returns.toEqualTypeOf<
      Generator<DeviceStatus<bigint>, void, undefined>
    >();
    expectTypeOf(() => count(tcp)).returns.toEqualTypeOf<Map<TcpState, number>>();
    // @ts-expect-error snmp has no rows
    expectTypeOf(() => each(snmp)).toBeFunction();
    // @ts-expect-error dev has no states
    expectTypeOf(() => count(dev)).toBeFunction();
    // @ts-expect-error a condition that a row of tcp has not
    expectTypeOf(() => read(tcp, { where: { states: "LISTEN" } })).toBeFunction();
  });

  it("say what one of several tables reads as", () => {
    const open: { readonly bigint: boolean } = { bigint: true };
    const sockets = pick(tcp, tables.udp);
    expectTypeOf(() => read(sockets)).returns.toEqualTypeOf<TcpNetEntry[] | UdpNetEntry[]>();
    expectTypeOf(() => each(sockets)).returns.toEqualTypeOf<Generator<TcpNetEntry | UdpNetEntry, void, undefined>>();
    expectTypeOf(() => count(sockets)).returns.toEqualTypeOf<Map<TcpState, number>>();
    const states = pick(tcp, unix);
    expectTypeOf(() => count(states)).returns.toEqualTypeOf<Map<TcpState | UnixState, number>>();
    expectTypeOf(() => read(sockets, { where: { localPort: 53 } })).toBeFunction();

    const counters = pick(dev, snmp);
    expectTypeOf(() => read(counters)).returns.toEqualTypeOf<DeviceStatus[] | Snmp>();
    expectTypeOf(() => read(counters, { bigint: true })).returns.toEqualTypeOf<DeviceStatus<bigint>[] | Snmp<bigint>>();
    expectTypeOf(() => read(counters, { bigint: false })).returns.toEqualTypeOf<DeviceStatus[] | Snmp>();
    expectTypeOf(() => read(counters, open)).returns.toEqualTypeOf<
      DeviceStatus[] | Snmp | DeviceStatus<bigint>[] | Snmp<bigint>
    >();
    // @ts-expect-error snmp has no rows
    expectTypeOf(() => each(counters)).toBeFunction();

    const mixed = pick(tcp, dev);
    expectTypeOf(() => read(mixed)).returns.toEqualTypeOf<TcpNetEntry[] | DeviceStatus[]>();
    expectTypeOf(() => each(mixed, { bigint: true })).returns.toEqualTypeOf<
      Generator<TcpNetEntry | DeviceStatus<bigint>, void, undefined>
    >();
    // @ts-expect-error dev takes no conditions
    expectTypeOf(() => read(mixed, { where: { state: "LISTEN" } })).toBeFunction();
    // @ts-expect-error dev has no states
    expectTypeOf(() => count(mixed)).toBeFunction();
    // @ts-expect-error counting reads no names
    expectTypeOf(() => count(tcp, { encoding: "latin1" })).toBeFunction();
    // @ts-expect-error bytes have no encoding
    expectTypeOf(() => readBytes(tcp, { encoding: "latin1" })).toBeFunction();
  });

  it("say what a table that came as an argument reads as", () => {
    const rows = <Row>(table: RowTable<string, Row>): Row[] => read(table);
    expectTypeOf(() => rows(tcp)).returns.toEqualTypeOf<TcpNetEntry[]>();
    const whole = <One extends Table>(table: One): ResultOfTable<One> => read(table);
    expectTypeOf(() => whole(snmp)).returns.toEqualTypeOf<Snmp>();
    expectTypeOf((table: Table) => read(table)).returns.toEqualTypeOf<unknown>();
  });

  it("give Net a method for each table of one file, and no other", () => {
    const net = new Net(tree.place);
    for (const [name, table] of Object.entries(tables)) {
      const method = (net as unknown as Record<string, unknown>)[name];
      expect([name, typeof method]).toEqual([name, table.name.includes("*") ? "undefined" : "function"]);
    }
    expectTypeOf(net.tcp).returns.toEqualTypeOf<TcpNetEntry[]>();
    expectTypeOf(() => net.dev({ bigint: true })).returns.toEqualTypeOf<DeviceStatus<bigint>[]>();
    expectTypeOf(() => net.devStatus()).returns.toEqualTypeOf<Map<string, DeviceStatus>>();
    expectTypeOf(() => net.read("tcp")).returns.toEqualTypeOf<TcpNetEntry[]>();
    // @ts-expect-error a table of several files has no method
    expectTypeOf(() => net.devSnmp6()).toBeFunction();
  });
});
