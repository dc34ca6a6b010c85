import { statSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { netlinkSockets } from "../../packages/kernel/src/diag/netlink.ts";
import { packetSockets } from "../../packages/kernel/src/diag/packet.ts";
import { unixSockets } from "../../packages/kernel/src/diag/unix.ts";
import { vsockSockets } from "../../packages/kernel/src/diag/vsock.ts";
import { KernelError } from "../../packages/kernel/src/netlink/errors.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { ProcFs } from "../../packages/procnet/src/index.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { makeScene, type Scene } from "../support/scene.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/*
 * Unix, netlink and packet sockets by netlink against procfs, row by row, and against what ss says besides.
 */

const reason = noKernelScene();
let scene: KernelScene;
let names: Scene;
let socket: NetlinkSocket;
let others: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeKernelScene();
  socket = netlinkIn(scene.namespace);
  names = await makeScene();
  others = netlinkIn(names.namespace);
});
afterAll(() => {
  socket?.close();
  others?.close();
  scene?.remove();
  names?.remove();
});
beforeEach((context) => skipIf(context, reason));

/** The columns of procfs that netlink has too, of rows of either. */
const columns = (rows: readonly object[], wanted: readonly string[]): object[] =>
  rows
    .map((row) => Object.fromEntries(wanted.map((name) => [name, row[name as keyof typeof row]])))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe("unix sockets", () => {
  const COLUMNS = ["flags", "listening", "type", "state", "inode", "path", "pathBytes"];

  it("have the columns of procfs, but for those that no process has", () => {
    for (const [one, pid] of [
      [socket, scene.pid],
      [others, names.pid],
    ] as const) {
      // A name that holds a whole row makes two of one, of which nothing is to be had here: see below.
      const isForged = ({ path }: { readonly path: string | undefined }): boolean => path?.includes("@forged") ?? false;
      const all = allRows(one, unixSockets()).rows;
      const forger = all.find(isForged)?.inode;
      const rows = all.filter(({ inode }) => inode !== forger);
      const listed = new ProcFs().process(pid).net.unix({ onIssue() {} });
      const text = listed.filter((row) => row.inode !== 0 && row.inode !== forger && !isForged(row));
      expect(columns(rows, COLUMNS)).toEqual(columns(text, COLUMNS));
      expect(rows.length).toBeGreaterThan(10);
    }
  });

  it("have their peer, queues, file, who waits, and whose they are", () => {
    const { inodes } = scene;
    const { rows } = allRows(socket, unixSockets({ memory: true, cookie: true }));
    const of = (name: string) => rows.find(({ inode }) => inode === inodes[name])!;
    expect([of("pair").peer, of("pair-peer").peer]).toEqual([inodes["pair-peer"], inodes.pair]);
    expect(of("pair-peer").rxQueue).toBe(11);
    expect(of("pair").txQueue).toBeGreaterThan(11);
    expect([of("unix-client").peer, of("unix-accepted").peer]).toEqual([
      inodes["unix-accepted"],
      inodes["unix-client"],
    ]);
    expect(of("unix-listen")).toMatchObject({ rxQueue: 2, txQueue: 5, listening: true, peer: 0 });
    expect([...of("unix-listen").icons!].sort()).toEqual([inodes["unix-waiting-0"], inodes["unix-waiting-1"]].sort());
    expect(of("unix-packets").icons).toEqual([]);
    expect([of("unix-nobody").uid, of("unix-bare").uid]).toEqual([65534, 0]);
    expect(of("unix-packets").path).toBe("@abstract@with@NULs");
    expect(of("unix-odd").path).toMatch(/\/no \ufffd utf-8\nnew line$/);
    expect(Buffer.from(of("unix-odd").pathBytes!).toString("latin1")).toMatch(/\/no \xff utf-8\nnew line$/);
    for (const row of rows) expect(row.skMem!.rcvbuf).toBeGreaterThan(0);
    expect(new Set(rows.map(({ cookie }) => cookie)).size).toBe(rows.length);
  });

  it("are bound to the file that is there", () => {
    const { rows } = allRows(socket, unixSockets());
    const bound = rows.filter(
      ({ vfs, path, pathBytes }) => vfs !== undefined && path !== undefined && pathBytes === undefined,
    );
    expect(bound.length).toBeGreaterThan(1);
    for (const { path, vfs } of bound) {
      const { dev, ino } = statSync(path!);
      expect(vfs).toEqual({ dev, inode: ino });
    }
  });

  it("whose name holds a row of procfs have it in their name, and forge nothing", () => {
    const { rows } = allRows(others, unixSockets());
    const [forger, ...more] = rows.filter(({ path }) => path?.includes("@forged"));
    expect(more).toEqual([]);
    expect(forger?.path).toMatch(/\n[0-9a-f]+: \d+ .* @forged$/);
  });

  it("tell what they are asked for alone", () => {
    const bare = { peer: false, vfs: false, icons: false, queues: false, uid: false };
    for (const row of allRows(socket, unixSockets(bare)).rows) {
      const { peer, vfs, icons, rxQueue, txQueue, uid, skMem, cookie } = row;
      expect([peer, vfs, icons, rxQueue, txQueue, uid, skMem, cookie]).toEqual(Array(8).fill(undefined));
    }
    const listeners = allRows(socket, unixSockets({ states: 1 << 10 })).rows;
    expect(listeners.map(({ listening }) => listening)).toEqual([true, true]);
  });

  it("are told as ss tells them", (context) => {
    skipIf(context, missingTools("ss"));
    const { rows } = allRows(socket, unixSockets({ memory: true }));
    const said = scene.namespace.run("ss", ["-xaneomOH"]);
    for (const { inode, peer, rxQueue, txQueue, skMem, vfs, icons, type, shutdown } of rows) {
      const [, line = ""] = new RegExp(`^(.* ${inode} \\* .*)$`, "m").exec(said) ?? [];
      expect(line).toContain(` ${inode} * ${peer} `);
      if (!line.startsWith("new line"))
        expect(line).toMatch(
          new RegExp(
            `^u_${type === "STREAM" ? "str" : type === "DGRAM" ? "dgr" : "seq"} \\S+ +${rxQueue} +${txQueue} `,
          ),
        );
      const { rmem_alloc, rcvbuf, wmem_alloc, sndbuf, fwd_alloc } = skMem!;
      expect(line).toContain(`skmem:(r${rmem_alloc},rb${rcvbuf},t${wmem_alloc},tb${sndbuf},f${fwd_alloc},`);
      expect(line).toContain(`${(shutdown! & 1) !== 0 ? "-" : "<"}-${(shutdown! & 2) !== 0 ? "-" : ">"}`);
      if (vfs !== undefined) expect(line).toContain(` ino:${vfs.inode} `);
      const peers = / peers:((?: \d+)*)/.exec(line)?.[1];
      expect(peers?.trim().split(" ").filter(Boolean).map(Number)).toEqual(icons);
    }
  });
});

describe("netlink sockets", () => {
  it("have the columns of procfs, each once", () => {
    const COLUMNS = ["netlinkProtocol", "portId", "groups", "rmem", "wmem", "dump", "drops", "inode"];
    for (const [one, pid] of [
      [socket, scene.pid],
      [others, names.pid],
    ] as const) {
      const own = one.fd;
      expect(own).toBeGreaterThan(0);
      const { rows } = allRows(one, netlinkSockets());
      const text = new ProcFs()
        .process(pid)
        .net.netlink()
        .map(({ protocol, ...row }) => ({ ...row, netlinkProtocol: protocol }));
      // The socket that asks is in the middle of a dump, and holds the answer that comes.
      const isOthers = (row: { netlinkProtocol: number; portId: number }): boolean => row.netlinkProtocol !== 4;
      expect(columns(rows.filter(isOthers), COLUMNS)).toEqual(columns(text.filter(isOthers), COLUMNS));
      expect(rows.filter((row) => row.netlinkProtocol === 4).length).toBe(
        text.filter((row) => row.netlinkProtocol === 4).length,
      );
      expect(rows.some(({ netlinkProtocol, dump }) => netlinkProtocol === 4 && dump === true)).toBe(true);
    }
    const { inodes } = scene;
    const of = (name: string) =>
      allRows(socket, netlinkSockets({ cookie: true })).rows.find(({ inode }) => inode === inodes[name])!;
    expect(of("netlink-route")).toMatchObject({ groups: 5, netlinkProtocol: 0 });
    expect(of("netlink-generic")).toMatchObject({ portId: 4000000000, netlinkProtocol: 16, skMem: { wmem_queued: 0 } });
    expect(of("netlink-route").cookie).toMatch(/^[0-9a-f]+$/);
  });

  it("are told of one protocol, where that is asked", () => {
    const { rows } = allRows(socket, netlinkSockets({ netlinkProtocol: 16 }));
    expect(new Set(rows.map(({ netlinkProtocol }) => netlinkProtocol))).toEqual(new Set([16]));
  });
});

describe("packet sockets", () => {
  it("have the columns of procfs", (context) => {
    skipIf(context, scene.missed.packet);
    const COLUMNS = ["etherType", "type", "ifIndex", "running", "uid", "inode", "rmem"];
    const { rows } = allRows(socket, packetSockets());
    const text = new ProcFs()
      .process(scene.pid)
      .net.packet()
      .map(({ protocol, ...row }) => ({ ...row, etherType: protocol }));
    expect(columns(rows, COLUMNS)).toEqual(columns(text, COLUMNS));
    expect(rows.map(({ etherType, running }) => `${etherType} ${running}`).sort()).toEqual([
      "0 false",
      "2048 true",
      "3 true",
    ]);
  });
});

it("sockets between machines are told, or the kernel says that it has none", () => {
  try {
    for (const { protocol } of allRows(socket, vsockSockets()).rows) expect(protocol).toBe("vsock");
  } catch (error) {
    expect(error).toBeInstanceOf(KernelError);
    expect((error as KernelError).code).toBe("ENOENT");
  }
});
