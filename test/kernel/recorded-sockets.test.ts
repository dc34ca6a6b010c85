import { describe, expect, it } from "vitest";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import type { InetProtocol } from "../../packages/kernel/src/diag/inet-request.ts";
import { netlinkSockets } from "../../packages/kernel/src/diag/netlink.ts";
import { packetSockets } from "../../packages/kernel/src/diag/packet.ts";
import { unixSockets } from "../../packages/kernel/src/diag/unix.ts";
import { vsockSockets } from "../../packages/kernel/src/diag/vsock.ts";
import type { DatagramSocket, TcpSocket } from "../../packages/procnet/src/index.ts";
import * as parse from "../../packages/procnet/src/parse.ts";
import { RECORDINGS, type Recording, recordedRows } from "../support/kernel/recorded.ts";
import { wordsOfLine, wordsOfRow } from "../support/kernel/ss-details.ts";

/*
 * Answers of kernels as they came, byte for byte, of either order of bytes, against what the same kernel printed in procfs, what ss(8) said
 * and what the scene knows: see recorded/README.md.
 */

const WANTED = { info: "all", congestion: true, tos: true, memory: true, cookie: true } as const;
type Row = TcpSocket | DatagramSocket;

const TEXTS = {
  tcp: parse.parseTcp,
  tcp6: parse.parseTcp6,
  udp: parse.parseUdp,
  udp6: parse.parseUdp6,
  udplite: parse.parseUdplite,
  udplite6: parse.parseUdplite6,
  raw: parse.parseRaw,
  raw6: parse.parseRaw6,
};
const PROTOCOLS = Object.keys(TEXTS) as InetProtocol[];
const text = (all: string): Uint8Array => new Uint8Array(Buffer.from(all, "latin1"));

/** Kernels that refuse some tables: they were built without, or UDP-Lite has gone (7.1), of which they have no text either. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "6.18": ["raw", "raw6", "vsock"],
  "7.2": ["udplite", "udplite6"],
};

/** Recorded since the scene gives keys to sockets with TLS. */
const WITH_KEYS = ["6.1"];

/** What a scene could not bring about: on that emulated machine the kernel takes no segment that a program has made. */
const MISSED: Readonly<Record<string, readonly string[]>> = { "6.12-s390x": ["SYN_RECV"] };

/**
 * Fields of struct tcp_info by its length in each kernel: 232 bytes up to 6.1 (rcv_ooopack and snd_wnd since 5.4), 248 with rcv_wnd, rehash
 * (6.2) and total_rto with its two (6.7), 280 with those of AccECN (6.18).
 */
const FIGURES: Readonly<Record<string, number>> = { "5.10": 56, "6.1": 56, "6.12": 61, "6.18": 70, "7.2": 70 };

const inetRows = (recording: Recording, scene: "sockets" | "states", protocol: InetProtocol): Row[] =>
  recordedRows<Row>(recording, scene, protocol, inetSockets({ protocol, ...WANTED }));

/** What one socket is known by in both. */
const keyOf = (row: Row): string =>
  [row.localAddress, row.localPort, row.remoteAddress, row.remotePort, row.inode].join(" ");
const sorted = <One extends Row>(rows: readonly One[]): One[] =>
  [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const pick = (row: object, names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, row[name as keyof typeof row]]));
const columns = (rows: readonly object[], names: readonly string[]): object[] =>
  rows.map((row) => pick(row, names)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Columns that netlink does not tell, of any socket or of a listener, and those that run. */
const MOVING = ["refCount", "quickAck", "timerExpires", "retransmits", "rto", "sk"];
const told = (row: Row, names: readonly string[]): object => {
  const without = row.state === "LISTEN" ? [...MOVING, "ato", "ssthresh"] : MOVING;
  return pick(
    row,
    names.filter((name) => !without.includes(name)),
  );
};

describe.each(RECORDINGS)("Linux $name", (recording) => {
  const { sockets, states } = recording.scenes;
  const byteOrder = recording.littleEndian ? "LE" : "BE";
  const figures = FIGURES[recording.name.split("-")[0]!];
  const refused = REFUSED[recording.name] ?? [];

  describe.each(["sockets", "states"] as const)("scene %s", (scene) => {
    it.each(PROTOCOLS)("%s: the rows of procfs, and in each the same columns", (protocol) => {
      if (refused.includes(protocol))
        return expect(() => inetRows(recording, scene, protocol)).toThrow(/ENOENT|no such/i);
      const own = sorted(inetRows(recording, scene, protocol));
      const listed = sorted(
        TEXTS[protocol](text(recording.scenes[scene].procfs[protocol]!), { byteOrder }) as unknown as Row[],
      );
      expect(own.map(keyOf)).toEqual(listed.map(keyOf));
      const names = Object.keys(listed[0] ?? {});
      expect(own.map((row) => told(row, names))).toEqual(listed.map((row) => told(row, names)));
    });
  });

  // ss reads four bytes of the two of a length: other ones where the high byte comes first.
  const isUntold = (word: string): boolean => word === "maplen" && !recording.littleEndian;

  it("internet sockets are what ss said of them", () => {
    const rows = (["tcp", "tcp6", "udp", "udp6"] as const).flatMap((one) => inetRows(recording, "sockets", one));
    const lines = sockets.ss.split("\n").filter(Boolean);
    const plain = (words: ReadonlyMap<string, string>): string =>
      JSON.stringify([...words].filter(([name]) => !isUntold(name)).sort());
    expect(rows.map((row) => plain(wordsOfRow(row, new Map([[1, "lo"]])))).sort()).toEqual(
      lines.map((line) => plain(wordsOfLine(line))).sort(),
    );
    expect(rows.length).toBeGreaterThan(30);
  });

  it("has each state of TCP that the scene made", () => {
    const found = new Map(inetRows(recording, "states", "tcp").map(({ inode, state }) => [inode, state]));
    const of = (name: string): string | undefined => found.get(states.facts.inodes[name]!);
    const missed = MISSED[recording.name] ?? [];
    expect(Object.keys(states.facts.missed)).toEqual(missed);
    expect(of("listen")).toBe("LISTEN");
    expect(of("established")).toBe("ESTABLISHED");
    expect(of("syn-sent")).toBe("SYN_SENT");
    expect(of("fin-wait-1")).toBe("FIN_WAIT1");
    expect(of("fin-wait-2")).toBe("FIN_WAIT2");
    expect(of("fin-wait-2-accepted")).toBe("CLOSE_WAIT");
    expect(of("last-ack")).toBe("LAST_ACK");
    expect(of("closing")).toBe("CLOSING");
    expect(of("bound")).toBeUndefined();
    const without = ["SYN_RECV", "TIME_WAIT"].filter((name) => !missed.includes(name));
    expect(inetRows(recording, "states", "tcp").map(({ state }) => state)).toEqual(expect.arrayContaining(without));
  });

  it("has the marks, devices, backlogs and drops that the scene gave", () => {
    const rows = new Map(
      (["tcp", "tcp6", "udp"] as const)
        .flatMap((one) => inetRows(recording, "sockets", one))
        .map((row) => [row.inode, row]),
    );
    const of = (name: string): TcpSocket => rows.get(sockets.facts.inodes[name]!) as TcpSocket;
    expect(of("marked")).toMatchObject({ mark: 0xdeadbeef, tos: 0x10, congestion: of("reno-listen").congestion });
    expect(of("reno").congestion).toBe("reno");
    expect(of("bound").ifIndex).toBe(1);
    expect([of("v6only-0").v6only, of("v6only-1").v6only]).toEqual([false, true]);
    expect([of("v6only-0").backlog, of("v6only-1").backlog]).toEqual([3, 4]);
    expect(of("shut").state).toBe("FIN_WAIT2");
    expect(of("marked").tcpInfo).toMatchObject({ bytes_acked: 22, bytes_received: 4, snd_mss: expect.any(Number) });
    expect(rows.get(sockets.facts.inodes.udp!)).toMatchObject({
      drops: expect.any(Number),
      rxQueue: expect.any(Number),
    });
  });

  it("has of TLS what the scene set up", () => {
    const { inodes, missed } = sockets.facts;
    const rows = inetRows(recording, "sockets", "tcp") as TcpSocket[];
    const of = (name: string): TcpSocket | undefined => rows.find(({ inode }) => inode === inodes[name]);
    const none = { txconf: 1, rxconf: 1 };
    if (missed.tls !== undefined) return expect(rows.some(({ tlsInfo }) => tlsInfo !== undefined)).toBe(false);
    expect(of("tls")).toMatchObject({ ulp: "tls", tlsInfo: none });
    expect(of("tls-accepted")?.tlsInfo).toBeUndefined();
    expect("tls-both" in inodes).toBe(WITH_KEYS.includes(recording.name));
    if (!WITH_KEYS.includes(recording.name)) return;
    expect(of("tls-both")?.tlsInfo).toEqual({ version: 0x0303, cipher: 51, txconf: 2, rxconf: 2 });
    expect(of("tls-sends")?.tlsInfo).toEqual({ version: 0x0304, cipher: 52, txconf: 2, rxconf: 1 });
    expect(of("tls-receives")?.tlsInfo).toEqual({
      version: 0x0304,
      cipher: 54,
      txconf: 1,
      rxconf: 2,
      rx_no_pad: true,
    });
  });

  it("has as many figures of TCP as this kernel keeps, and no attribute that is not known", () => {
    const rows = inetRows(recording, "sockets", "tcp") as TcpSocket[];
    expect([...new Set(rows.flatMap(({ tcpInfo = {} }) => Object.keys(tcpInfo).length))]).toEqual([figures]);
    expect(rows.filter(({ unknownAttributes }) => unknownAttributes !== undefined)).toEqual([]);
  });

  it("unix sockets are those of procfs and of the scene", () => {
    const COLUMNS = ["flags", "listening", "type", "state", "inode", "path", "pathBytes"];
    const rows = recordedRows(recording, "sockets", "unix", unixSockets({ memory: true, cookie: true }));
    const listed = parse.parseUnix(text(sockets.procfs.unix!), { onIssue() {} }).filter(({ inode }) => inode !== 0);
    expect(columns(rows, COLUMNS)).toEqual(columns(listed, COLUMNS));
    const { inodes } = sockets.facts;
    const of = (name: string) => rows.find(({ inode }) => inode === inodes[name])!;
    expect([of("pair").peer, of("pair-peer").peer]).toEqual([inodes["pair-peer"], inodes.pair]);
    expect(of("pair-peer").rxQueue).toBe(11);
    expect(of("unix-listen")).toMatchObject({ rxQueue: 2, txQueue: 5, listening: true, peer: 0 });
    expect([...of("unix-listen").icons!].sort()).toEqual([inodes["unix-waiting-0"], inodes["unix-waiting-1"]].sort());
    expect(of("unix-packets").path).toBe("@abstract@with@NULs");
    expect(Buffer.from(of("unix-odd").pathBytes!).toString("latin1")).toMatch(/\/no \xff utf-8\nnew line$/);
    expect([of("unix-nobody").uid, of("unix-bare").uid]).toEqual([65534, 0]);
    expect(new Set(rows.map(({ cookie }) => cookie)).size).toBe(rows.length);
  });

  it("netlink sockets are those of procfs and of the scene", () => {
    const COLUMNS = ["netlinkProtocol", "portId", "groups", "rmem", "wmem", "drops", "inode"];
    const rows = recordedRows(recording, "sockets", "netlink", netlinkSockets({ cookie: true }));
    const listed = parse
      .parseNetlink(text(sockets.procfs.netlink!))
      .map(({ protocol, ...row }) => ({ ...row, netlinkProtocol: protocol }));
    // The socket that asks holds the answer that comes.
    const isOthers = (row: { readonly netlinkProtocol: number }): boolean => row.netlinkProtocol !== 4;
    expect(columns(rows.filter(isOthers), COLUMNS)).toEqual(columns(listed.filter(isOthers), COLUMNS));
    const { inodes } = sockets.facts;
    expect(rows.find(({ inode }) => inode === inodes["netlink-route"])).toMatchObject({
      groups: 5,
      joinedGroups: [1, 3, 33],
      netlinkProtocol: 0,
      connected: false,
    });
    expect(rows.find(({ inode }) => inode === inodes["netlink-generic"])).toMatchObject({ portId: 4000000000 });
  });

  it("packet sockets are those of procfs", () => {
    const COLUMNS = ["etherType", "type", "ifIndex", "running", "uid", "inode", "rmem"];
    const rows = recordedRows(recording, "sockets", "packet", packetSockets());
    const listed = parse
      .parsePacket(text(sockets.procfs.packet!))
      .map(({ protocol, ...row }) => ({ ...row, etherType: protocol }));
    expect(columns(rows, COLUMNS)).toEqual(columns(listed, COLUMNS));
    expect(rows.map(({ etherType, running }) => `${etherType} ${running}`).sort()).toEqual([
      "0 false",
      "2048 true",
      "3 true",
    ]);
    // Of kernels that were asked for no more than this, and of sockets on which nothing was set.
    for (const { version, reserve, packetOptions, unknownAttributes } of rows)
      expect({ version, reserve, packetOptions, unknownAttributes }).toEqual({
        version: "TPACKET_V1",
        reserve: 0,
        packetOptions: { auxdata: false, origdev: false, vnethdr: false, loss: false },
        unknownAttributes: undefined,
      });
  });

  it("sockets between machines are those of the scene", () => {
    if (refused.includes("vsock"))
      return expect(() => recordedRows(recording, "sockets", "vsock", vsockSockets())).toThrow();
    const rows = recordedRows(recording, "sockets", "vsock", vsockSockets());
    const [listener, client, accepted] = (sockets.vsock as readonly number[]).map(
      (inode) => rows.find((row) => row.inode === inode)!,
    );
    expect(listener).toMatchObject({ state: "LISTEN", type: "STREAM", localPort: 5000, localCid: 0xffffffff });
    expect(client).toMatchObject({ state: "ESTABLISHED", remoteCid: 1, remotePort: 5000 });
    expect(accepted).toMatchObject({
      state: "ESTABLISHED",
      localPort: 5000,
      remotePort: client!.localPort,
      remoteCid: 1,
    });
  });
});
