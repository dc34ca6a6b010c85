import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  isProcfsError,
  ProcFs,
  type ProcfsIssue,
  TcpState,
  type UnixNetEntry,
} from "../../packages/procnet/src/index.ts";
import type { Scene } from "../support/scene.ts";
import { socketKeys, sorted, ssSockets } from "../support/ss.ts";
import { missingTools, skipIf } from "../support/tools.ts";
import { expectSame, useScene } from "../support/use-scene.ts";

const scene = useScene("ss");
const procfs = new ProcFs();
const netOf = ({ pid }: Scene): typeof procfs.net => procfs.process(pid).net;

describe("TCP", () => {
  const seen = { tcp: new Map<string, number>(), tcp6: new Map<string, number>() };
  // Time-wait lasts a minute: looked at before anything else.
  beforeAll(() => {
    if (scene() === undefined) return;
    for (const name of ["tcp", "tcp6"] as const) seen[name] = netOf(scene()).count(name);
  });

  it("is seen in every state that procfs shows", () => {
    const { CLOSE, NEW_SYN_RECV, BOUND_INACTIVE, ...shown } = TcpState; // these three it never shows
    const names = Object.keys(shown).filter((name) => !/^[0-9]+$/.test(name));
    for (const [name, reason] of Object.entries(scene().missed)) console.warn(`not provoked: ${name}: ${reason}`);
    const expected = names.filter((name) => scene().missed[name] === undefined);
    expect([...seen.tcp.keys()].sort()).toEqual(expected.sort());
    expect([...seen.tcp6.keys()].sort()).toEqual(expected.filter((name) => name !== "SYN_RECV").sort());
  });

  it.each(["tcp", "tcp6"] as const)("gives the rows of ss: %s", (name) => {
    const flags = name === "tcp" ? "-4ta" : "-6ta";
    expectSame(
      () => socketKeys(netOf(scene())[name]()),
      () => ssSockets(scene().namespace, flags),
    );
  });

  it("leaves out a socket that is bound but neither listens nor connects, as ss does", () => {
    const inodes = new Set([scene().inodes.bound, scene().inodes["6-bound"]]);
    const net = netOf(scene());
    expect([...net.tcp(), ...net.tcp6()].filter(({ inode }) => inodes.has(inode))).toEqual([]);
  });

  it("knows what waits in the queues", () => {
    const byInode = new Map(
      netOf(scene())
        .tcp()
        .map((row) => [row.inode, row]),
    );
    const row = (name: string): unknown => byInode.get(scene().inodes[name]!);
    expect(row("established-accepted")).toMatchObject({ state: "ESTABLISHED", rxQueue: 10, txQueue: 0 });
    expect(row("waiting")).toMatchObject({ state: "LISTEN", rxQueue: 2, localPort: scene().ports.waiting });
    expect(row("full")).toMatchObject({ state: "ESTABLISHED", txQueue: expect.toSatisfy((queue) => queue > 4096) });
    expect(row("syn-sent")).toMatchObject({
      state: "SYN_SENT",
      remoteAddress: "192.0.2.77",
      remotePort: 81,
      txQueue: 1,
    });
  });

  it("shows both ends of a connection of IPv4 to a socket of IPv6", () => {
    const net = netOf(scene());
    const client = net.tcp({ where: { inode: scene().inodes.mapped! } });
    const accepted = net.tcp6({ where: { inode: scene().inodes["mapped-accepted"]! } });
    expect(client).toMatchObject([{ remoteAddress: "127.0.0.1", remotePort: scene().ports.dual }]);
    expect(accepted).toMatchObject([
      { localAddress: "::ffff:127.0.0.1", remoteAddress: "::ffff:127.0.0.1", remotePort: client[0]!.localPort },
    ]);
  });

  it("joins sockets to processes as netstat does", (context) => {
    skipIf(context, missingTools("netstat"));
    expectSame(
      () => netstatRows(scene()),
      () => theirNetstatRows(scene()),
    );
  });
});

describe("UDP and raw", () => {
  it.each(["udp", "udp6"] as const)("gives the rows of ss: %s", (name) => {
    expectSame(
      () => socketKeys(netOf(scene())[name]()),
      () => ssSockets(scene().namespace, name === "udp" ? "-4ua" : "-6ua"),
    );
  });

  it("counts the datagrams a socket dropped, as ss does", () => {
    const drops = (prefix: string): number | undefined => {
      const [row] = netOf(scene())[prefix === "" ? "udp" : "udp6"]({
        where: { inode: scene().inodes[`${prefix}udp-drops`]! },
      });
      return row?.drops;
    };
    for (const [prefix, flag] of [
      ["", "-4"],
      ["6-", "-6"],
    ] as const) {
      const filter = `sport = :${scene().ports[`${prefix}udp-drops`]}`;
      const line = scene().namespace.run("ss", [flag, "-uanHmO", filter]);
      expect(drops(prefix)).toBe(Number(/skmem:\(.*,d([0-9]+)\)/.exec(line)?.[1]));
      expect(drops(prefix)).toBeGreaterThan(0);
    }
  });

  it("keeps the largest uids", () => {
    const uids = netOf(scene()).udp({ where: { inode: scene().inodes.udp! } });
    expect(uids).toMatchObject([{ uid: 4294967293 }]);
  });
});

describe("unix", () => {
  /** The rows without the one that a name forges. */
  const genuine = (): UnixNetEntry[] =>
    netOf(scene())
      .unix()
      .filter((row) => row.path !== "@forged");

  it("gives the sockets of ss: type, state, name and inode", () => {
    expectSame(
      // What waits for accept has no inode yet, and ss does not list it.
      () =>
        sorted(
          genuine()
            .filter(({ inode }) => inode !== 0)
            .map(unixKeys),
        ),
      () => theirUnixRows(scene()),
    );
  });

  it("shows connections that nobody accepted: without an inode, under the name of the listener", () => {
    const waiting = netOf(scene()).unix({ where: { inode: 0 } });
    expect(sorted(waiting.map(({ type, state, path }) => ({ type, state, path })))).toEqual([
      { type: "SEQPACKET", state: "CONNECTING", path: scene().names.seqpacket },
      { type: "STREAM", state: "CONNECTING", path: scene().names.stream },
    ]);
  });

  it("gives every name whole", () => {
    const byInode = new Map(genuine().map((row) => [row.inode, row]));
    const paths = (name: string): string | undefined => byInode.get(scene().inodes[name]!)?.path;
    const utf8 = (bytes: string): string => new TextDecoder().decode(Buffer.from(bytes, "latin1"));
    const { names, inodes } = scene();
    for (const [name, bound] of Object.entries(names)) {
      const expected = name === "forged" ? bound.slice(0, bound.indexOf("\n")) : utf8(bound).replaceAll("\0", "@");
      expect(paths(name), name).toBe(expected);
    }
    const binary = byInode.get(inodes.binary!)!;
    expect(Buffer.from(binary.pathBytes!).toString("latin1")).toBe(names.binary);
    expect(paths("automatic")).toMatch(/^@[0-9a-f]{5}$/);
    expect(paths("datagrams-free")).toBeUndefined();
  });

  it("reports the row that a name forges, and the socket it pretends to be", () => {
    const issues: ProcfsIssue[] = [];
    netOf(scene()).unix({ onIssue: (issue) => issues.push(issue) });
    expect(issues).toMatchObject([{ code: "ERR_SUSPECT", field: "Inode" }]);
    expect(issues[0]!.message).toContain(String(scene().inodes.victim));
    expect(issues[0]!.message).toContain('"@forged"');
  });
});

/** Rows of `netstat -tanp` from the library: addresses, queues, state, owner and the name it was started under. */
function netstatRows(scene: Scene): string[] {
  const net = netOf(scene);
  const sockets = [...net.tcp(), ...net.tcp6()];
  const owners = new Map<number, string>();
  for (const process of procfs.allProcesses()) {
    try {
      for (const { target } of process.fds()) {
        if (target.kind !== "socket" || owners.has(target.inode)) continue;
        owners.set(target.inode, `${process.pid}/${basename(process.cmdline()[0] ?? "")}`);
      }
    } catch (error) {
      // Ended meanwhile; or refused even to root, as in some sandboxes.
      if (!isProcfsError(error) || (error.code !== "ESRCH" && error.code !== "EACCES")) throw error;
    }
  }
  const host = (address: string): string => address.replace("::ffff:", "");
  return sockets
    .map((row) =>
      [
        row.rxQueue,
        row.txQueue,
        `${host(row.localAddress)}:${row.localPort}`,
        `${host(row.remoteAddress)}:${row.remotePort || "*"}`,
        row.state,
        owners.get(row.inode) ?? "-",
      ].join(" "),
    )
    .sort();
}

function theirNetstatRows({ namespace }: Scene): string[] {
  const lines = namespace.run("netstat", ["-tanpW"]).split("\n").slice(2).filter(Boolean);
  return lines.map((line) => line.trim().split(/ +/).slice(1).join(" ")).sort();
}

const TYPES: Readonly<Record<string, string>> = { u_str: "STREAM", u_dgr: "DGRAM", u_seq: "SEQPACKET" };

function unixKeys({ type, state, listening, path, inode }: UnixNetEntry): unknown {
  // ss has one word for a connection, accepted or not.
  const word = listening ? "LISTEN" : state === "UNCONNECTED" ? "UNCONN" : "ESTAB";
  return { type, state: word, path: path ?? "*", inode };
}

/** A name can hold newlines, so the text is read record by record: `u_str ESTAB 0 0 <name> <inode> * <peer's inode>`. */
function theirUnixRows({ namespace }: Scene): unknown[] {
  const text = namespace.run("ss", ["-xaH", "-O"]);
  const records = text.matchAll(/^(u_[a-z]{3}) +([A-Z]+) +\d+ +\d+ +([\s\S]*?) (\d+) +\* \d+ *$/gm);
  const rows = Array.from(records, ([, type = "", state = "", path = "", inode]) => {
    // Of the name that forges a row we show the first line: the rest is the forged row.
    const shown = path.includes("@forged") ? path.slice(0, path.indexOf("\n")) : path;
    return { type: TYPES[type], state, path: shown, inode: Number(inode) };
  });
  return sorted(rows);
}
