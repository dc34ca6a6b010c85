import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { allRows } from "../../packages/kernel/src/diag/dump.ts";
import { netlinkSockets } from "../../packages/kernel/src/diag/netlink.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { netlinkIn, noDoor } from "../support/kernel/netlink-in.ts";
import { makeNetlinkScene, type NetlinkScene } from "../support/ss/netlink.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/* Netlink sockets as the kernel tells them, against what the program that made them set. */

const reason = process.getuid?.() === 0 ? (noDoor() ?? missingTools("ip", "python3")) : "only root may make namespaces";
let scene: NetlinkScene;
let socket: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeNetlinkScene();
  socket = netlinkIn(scene.namespace);
});
afterAll(() => {
  socket?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

const rows = () => allRows(socket, netlinkSockets()).rows;

it("tells peers and all groups", () => {
  const told = new Map(rows().map((row) => [row.inode, row]));
  for (const [name, { inode, portId, peer, joined }] of Object.entries(scene.sockets)) {
    const row = told.get(inode)!;
    expect([row.portId, row.joinedGroups], name).toEqual([portId, joined]);
    // getpeername(2) says a group as a bit.
    const group = row.remoteGroup === 0 ? 0 : 2 ** (row.remoteGroup! - 1);
    expect(row.connected ? [row.remotePortId, group] : null, name).toEqual(peer);
    expect(row.groups, name).toBe(joined.filter((one) => one <= 32).reduce((sum, one) => sum + 2 ** (one - 1), 0));
  }
  expect(told.get(scene.sockets["two of two"]!.inode)).toMatchObject({ connected: true, remoteGroup: 32 });
});

it("tells options, each where it was set", () => {
  const told = new Map(rows().map((row) => [row.inode, row.netlinkOptions]));
  const none = { pktinfo: false, broadcast_error: false, no_enobufs: false, listen_all_nsid: false, cap_ack: false };
  // NETLINK_* of setsockopt(2).
  const names = { 3: "pktinfo", 4: "broadcast_error", 5: "no_enobufs", 8: "listen_all_nsid", 10: "cap_ack" };
  for (const [number, name] of Object.entries(names))
    expect(told.get(scene.sockets[`option ${number}`]!.inode)).toEqual({ ...none, [name]: true });
  expect(told.get(scene.sockets["beyond 32"]!.inode)).toEqual(none);
});

it("tells each once, or those in a group as often as the kernel does", () => {
  const inodes = (repeated: boolean): (number | undefined)[] =>
    allRows(socket, netlinkSockets({ repeated })).rows.map(({ inode }) => inode);
  const own = Object.values(scene.sockets);
  const times = (all: readonly (number | undefined)[]): number[] =>
    own.map(({ inode }) => all.filter((one) => one === inode).length);
  expect(times(inodes(false))).toEqual(own.map(() => 1));
  expect(times(inodes(true))).toEqual(own.map(({ joined }) => (joined.length > 0 ? 2 : 1)));
});
