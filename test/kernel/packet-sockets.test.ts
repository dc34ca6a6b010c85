import { statSync } from "node:fs";
import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type PacketSocket, sockets } from "procnet";
import { PacketFanoutFlags, PacketFanoutType, PacketMembershipType, PacketVersion } from "procnet/parse";
import { schemaOf } from "procnet/view";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { packetSockets } from "../../packages/kernel/src/diag/packet.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { BIN } from "../support/command/run.ts";
import { netlinkIn, noDoor } from "../support/kernel/netlink-in.ts";
import { inside, runIn } from "../support/netstat/compare.ts";
import { makePacketScene, type PacketFacts, type PacketScene } from "../support/ss/packet.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * What the kernel tells of packet sockets, against what was set by setsockopt(2) and what getsockopt(2) says.
 */

const reason = noNamespaces() ?? missingTools("python3", "setpriv") ?? noDoor();
let scene: PacketScene;
let socket: NetlinkSocket;
let source: KernelSource;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makePacketScene();
  socket = netlinkIn(scene.namespace);
  source = createKernelSource();
});
afterAll(() => {
  socket?.close();
  source?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = Partial<PacketSocket> & { readonly inode: number };

/** All that was set, in the fields of a row. */
function expected({ inode, said, rx, tx, memberships = [], filter = [] }: PacketFacts): object {
  const { version, reserve, timestamp, fanout = 0, auxdata, origdev, vnethdr, loss } = said;
  return {
    inode,
    version: PacketVersion[version!],
    reserve,
    ...("copyThreshold" in said && { copyThreshold: said.copyThreshold }),
    timestamp,
    packetOptions: { auxdata: auxdata === 1, origdev: origdev === 1, vnethdr: vnethdr === 1, loss: loss === 1 },
    memberships: memberships.map(([ifIndex, count, type, address]) => ({
      ifIndex,
      count,
      type: PacketMembershipType[type],
      address: address === "" ? undefined : address,
    })),
    rxRing: ring(rx),
    txRing: ring(tx),
    // getsockopt(2) has flags in the upper byte, which netlink does not tell.
    fanout: fanout === 0 ? undefined : { id: fanout & 0xffff, type: PacketFanoutType[(fanout >>> 16) & 0xff] },
    filter: filter.map(([code, jt, jf, k]) => ({ code, jt, jf, k })),
  };
}

function ring(told: readonly number[] | undefined): object | undefined {
  if (told === undefined) return undefined;
  const [blockSize, blockCount, frameSize, frameCount, retireTimeout, privateSize, features] = told;
  return { blockSize, blockCount, frameSize, frameCount, retireTimeout, privateSize, features };
}

function expectAll(rows: readonly Row[], of: PacketScene = scene): void {
  expect(rows.map(({ inode }) => inode).sort()).toEqual(
    Object.values(of.sockets)
      .map(({ inode }) => inode)
      .sort(),
  );
  for (const [name, facts] of Object.entries(of.sockets)) {
    const row = rows.find(({ inode }) => inode === facts.inode)!;
    const all = expected(facts);
    // Documents have no fields that are undefined.
    expect(Object.fromEntries(Object.keys(all).map((field) => [field, row[field as keyof Row]])), name).toEqual(all);
  }
}

it("the scene has groups of each kind, with flags", () => {
  const groups = Object.values(scene.sockets).map(({ said }) => said.fanout ?? 0);
  const kinds = Object.keys(PacketFanoutType).filter((name) => !/^\d/.test(name)).length;
  expect(new Set(groups.filter((value) => value !== 0).map((value) => (value >>> 16) & 0xff)).size).toBe(
    kinds - Object.keys(scene.missed).filter((name) => name.startsWith("fanout")).length,
  );
  const flags = groups.reduce((all, value) => all | ((value >>> 16) & 0xff00), 0);
  expect(flags & PacketFanoutFlags.DEFRAG).toBe(PacketFanoutFlags.DEFRAG);
});

describe("by netlink", () => {
  it("are as they were set", () => {
    const all = { memberships: true, filter: true };
    const { rows } = allRows(socket, packetSockets(all));
    expectAll(rows);
    expect(rows.map(({ unknownAttributes }) => unknownAttributes)).toEqual(rows.map(() => undefined));
    expect(rows.find(({ inode }) => inode === scene.sockets.nobody!.inode)).toMatchObject({ uid: 65534 });
  });

  it("tell what they are asked for alone", () => {
    const { rows } = allRows(socket, packetSockets({ rings: false, fanout: false }));
    for (const { rxRing, txRing, fanout, memberships, filter } of rows)
      expect([rxRing, txRing, fanout, memberships, filter]).toEqual(Array(5).fill(undefined));
    const usual = allRows(socket, packetSockets()).rows;
    expect(usual.filter(({ rxRing }) => rxRing !== undefined)).toHaveLength(3);
    expect(usual.filter(({ memberships, filter }) => (memberships ?? filter) !== undefined)).toEqual([]);
  });
});

describe("by the source", () => {
  const ask = async (pid: number) => {
    const { sockets: rows, sourceOf } = await sockets({
      protocol: "packet",
      owners: false,
      namespaces: "all",
      source,
    });
    const { ino } = statSync(`/proc/${pid}/ns/net`);
    return { rows: rows.filter(({ namespace }) => namespace === ino), notes: sourceOf?.notes };
  };

  it("are as they were set", async () => {
    const { rows, notes } = await ask(scene.pid);
    expectAll(rows);
    expect(notes?.filter((note) => note.includes("packet"))).toEqual([]);
  });

  it("none is missing behind one that has no room in an answer, and a note says what is", async () => {
    const hidden = await makePacketScene("too-long");
    try {
      const { rows, notes } = await ask(hidden.pid);
      expect(rows.map(({ inode }) => inode).sort()).toEqual(
        Object.values(hidden.sockets)
          .map(({ inode }) => inode)
          .sort(),
      );
      const of = (name: string) => rows.find(({ inode }) => inode === hidden.sockets[name]!.inode)!;
      expect(of("memberships").memberships).toHaveLength(6);
      expect(of("filter").filter).toHaveLength(404);
      for (const name of ["memberships-most", "behind"])
        expect([of(name).memberships, of(name).filter]).toEqual([undefined, undefined]);
      expect(of("filter-longest")).toMatchObject({ memberships: [], filter: undefined });
      expect(notes).toEqual(
        expect.arrayContaining([
          "memberships of 2 packet sockets are not told: one has more than a datagram holds",
          "filter of 3 packet sockets are not told: one has more than a datagram holds",
        ]),
      );
    } finally {
      hidden.remove();
    }
  });
});

describe("by the command", () => {
  const here = () => inside(scene.namespace.name);
  const COMMAND = [process.execPath, BIN, "sockets", "--json", "--protocol", "packet", "--source", "kernel"];

  it("are in its document, as the schema says", () => {
    const { out, code } = runIn(here(), COMMAND);
    const document = JSON.parse(out);
    expect(code).toBe(0);
    expectAll(document.sockets);
    const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
    ajv.validate(schemaOf("sockets"), document);
    expect(ajv.errors).toBeNull();
  });

  it("have no filter without CAP_NET_ADMIN, and all else", () => {
    const without = ["setpriv", "--bounding-set=-net_admin", ...COMMAND];
    const rows: Row[] = JSON.parse(runIn(here(), without).out).sockets;
    expect(rows.map((row) => "filter" in row)).toEqual(rows.map(() => false));
    const { inode } = scene.sockets["rings-2"]!;
    expect(rows.find((row) => row.inode === inode)).toMatchObject({ rxRing: { retireTimeout: 123 }, reserve: 16 });
  });
});
