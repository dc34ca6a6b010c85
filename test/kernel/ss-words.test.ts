import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import type { InetProtocol } from "../../packages/kernel/src/diag/inet-request.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import type { DatagramSocket, TcpSocket } from "../../packages/procnet/src/index.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { type KernelScene, makeKernelScene, noKernelScene } from "../support/kernel/scene.ts";
import { type Words, wordsOfLine, wordsOfRow } from "../support/kernel/ss-details.ts";
import type { Namespace } from "../support/namespace.ts";
import { makeScene, type Scene } from "../support/scene.ts";
import { missingTools, run, skipIf } from "../support/tools.ts";

/*
 * Every word that ss(8) says of an internet socket, from the same messages of the kernel, against our rows: in a namespace of sockets with
 * options, and in the one with every state of TCP.
 */

const reason =
  noKernelScene() ??
  missingTools("ss") ??
  (run("ss", ["-V"]).includes("iproute2-6.1.") ? undefined : "another ss than that of iproute2 6.1");
let scene: KernelScene;
let states: Scene;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeKernelScene();
  states = await makeScene();
});
afterAll(() => {
  scene?.remove();
  states?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = TcpSocket | DatagramSocket;
const PROTOCOLS: readonly InetProtocol[] = ["tcp", "tcp6", "udp", "udp6"];

/** Words by socket, as ss has them. */
function ofSs(namespace: Namespace): Map<string, Words> {
  const lines = namespace.run("ss", ["-tuanieomOH", "--tos", "--inet-sockopt"]).split("\n").filter(Boolean);
  return keyed(lines.map(wordsOfLine));
}

function ofRows(socket: NetlinkSocket, interfaces: ReadonlyMap<number, string>): Map<string, Words> {
  const wanted = { info: "all", congestion: true, tos: true, memory: true, cookie: true } as const;
  const rows = PROTOCOLS.flatMap((protocol): Row[] => allRows<Row>(socket, inetSockets({ protocol, ...wanted })).rows);
  return keyed(rows.map((row) => wordsOfRow(row, interfaces)));
}

function keyed(all: readonly Words[]): Map<string, Words> {
  return new Map(
    all.map((words) => [["protocol", "local", "remote", "sk"].map((name) => words.get(name)).join(" "), words]),
  );
}

const plain = (words: Words | undefined): Record<string, string> => Object.fromEntries([...(words ?? [])].sort());

describe.each(["options", "states"])("sockets of all %s", (which) => {
  it("are told as ss tells them, word by word", () => {
    const { namespace } = which === "options" ? scene : states;
    const socket = netlinkIn(namespace);
    const links = namespace.run("ip", ["-o", "link"]).matchAll(/^(\d+): ([^:@]+)/gm);
    const interfaces = new Map(Array.from(links, ([, index, name]) => [Number(index), name!]));
    // What changes meanwhile, as connections that are tried again do, is looked at once more.
    let differing: unknown[] = [];
    let same = 0;
    for (let left = 20; left > 0; left--) {
      const before = ofSs(namespace);
      const ours = ofRows(socket, interfaces);
      const after = ofSs(namespace);
      differing = [];
      same = 0;
      for (const [key, words] of after) {
        if (JSON.stringify(plain(before.get(key))) !== JSON.stringify(plain(words))) continue;
        if (JSON.stringify(plain(ours.get(key))) === JSON.stringify(plain(words))) same++;
        else differing.push([key, plain(ours.get(key)), plain(words)]);
      }
      if (differing.length === 0 && same > 30 && ours.size === after.size) break;
    }
    socket.close();
    for (const [key, ours, theirs] of differing as [string, object, object][]) expect(ours, key).toEqual(theirs);
    expect(same).toBeGreaterThan(30);
  });
});

it("connections of MPTCP are told as ss tells them", (context) => {
  skipIf(context, scene.missed.mptcp);
  const socket = netlinkIn(scene.namespace);
  const { rows } = allRows(socket, inetSockets({ protocol: "tcp", isMptcp: true, cookie: true }));
  socket.close();
  const lines = new Map(
    scene.namespace
      .run("ss", ["-ManieOH"])
      .split("\n")
      .filter(Boolean)
      .map((line) => [Number(/ ino:(\d+)/.exec(line)?.[1]), line]),
  );
  expect(rows.map(({ inode }) => inode).sort()).toEqual([...lines.keys()].sort());
  for (const { inode, mptcpInfo, ipProtocol, tcpInfo, cookie, state } of rows) {
    expect([ipProtocol, tcpInfo]).toEqual([262, undefined]);
    expect(lines.get(inode)).toContain(` sk:${cookie} `);
    if (state === "LISTEN") continue;
    const { subflows_max, token = 0, write_seq, snd_una, rcv_nxt } = mptcpInfo!;
    expect(lines.get(inode)).toContain(
      ` subflows_max:${subflows_max} remote_key token:${token.toString(16)} write_seq:${write_seq} snd_una:${snd_una} rcv_nxt:${rcv_nxt}`,
    );
  }
});
