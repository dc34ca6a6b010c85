import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allRows, eachRowInTurns } from "../../packages/kernel/src/diag/dump.ts";
import { countInetSockets, inetSockets } from "../../packages/kernel/src/diag/inet.ts";
import { stateMask } from "../../packages/kernel/src/diag/states.ts";
import type { NetlinkSocket } from "../../packages/kernel/src/netlink/socket.ts";
import { type DatagramSocket, ProcFs, type TcpSocket } from "../../packages/procnet/src/index.ts";
import { netlinkIn, noDoor } from "../support/kernel/netlink-in.ts";
import { makeScene, noScene, type Scene } from "../support/scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * What the kernel tells by netlink against what it prints in procfs, row by row, of the scene with every state of TCP.
 */

const reason = noScene() ?? noDoor();
let scene: Scene;
let socket: NetlinkSocket;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeScene();
  socket = netlinkIn(scene.namespace);
});
afterAll(() => {
  socket?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

type Row = TcpSocket | DatagramSocket;

/** What one socket is known by in both. */
const keyOf = (row: Row): string =>
  `${row.localAddress} ${row.localPort} ${row.remoteAddress} ${row.remotePort} ${row.inode}`;

/** Columns that netlink does not tell, of any socket or of some, and those that run. */
const MOVING = ["refCount", "quickAck", "timerExpires", "retransmits", "rto"];
const UNTOLD = [...MOVING, "ato", "ssthresh"];

function told(row: Row): object {
  const without = row.state === "LISTEN" ? UNTOLD : MOVING;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name)));
}

/** Netlink's rows by the columns that procfs has. */
function asProcfs(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, row[name as keyof Row]])) as unknown as Row;
}

const procfs = (protocol: "tcp" | "tcp6" | "udp" | "udp6"): Row[] =>
  new ProcFs().process(scene.pid).net.read(protocol) as unknown as Row[];

/** Reads procfs, netlink and procfs again until the first and the last agree: only then nothing moved in between. */
function both(protocol: "tcp" | "tcp6" | "udp" | "udp6"): { text: Row[]; netlink: Row[]; later: Row[] } {
  for (let left = 50; ; left--) {
    const text = procfs(protocol);
    const { rows } = allRows<Row>(socket, inetSockets({ protocol }));
    const later = procfs(protocol);
    const still = (all: readonly Row[]): string => JSON.stringify(sorted(all).map(told));
    if (still(text) === still(later) || left === 0)
      return { text: sorted(text), netlink: sorted(rows), later: sorted(later) };
  }
}

const sorted = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

describe.each(["tcp", "tcp6", "udp", "udp6"] as const)("%s", (protocol) => {
  it("has the rows of procfs, and in each the same columns", () => {
    const { text, netlink, later } = both(protocol);
    expect(text.length).toBeGreaterThan(2);
    expect(netlink.map(keyOf)).toEqual(text.map(keyOf));
    const columns = Object.keys(text[0]!);
    expect(netlink.map((row) => told(asProcfs(row, columns)))).toEqual(text.map(told));
    for (const [at, row] of netlink.entries()) {
      // Timers run: each is between what procfs said before and after, but for one that was begun anew.
      const [first, last] = [text[at]!.timerExpires, later[at]!.timerExpires];
      if (first >= last) expect(row.timerExpires <= first && row.timerExpires >= last - 1, keyOf(row)).toBe(true);
    }
  });
});

it("every state that the scene has is told, by rows and by counts", () => {
  for (const protocol of ["tcp", "tcp6"] as const) {
    const { counts } = countInetSockets(socket, { protocol });
    const rows = new Map<string, number>();
    for (const { state } of allRows(socket, inetSockets({ protocol })).rows)
      rows.set(state, (rows.get(state) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(rows));
    expect(rows.size).toBeGreaterThanOrEqual(protocol === "tcp" ? 10 : 9);
  }
});

it("timeouts are those of procfs in its ticks, wherever both have them", () => {
  const { text, netlink, later } = both("tcp");
  let seen = 0;
  for (const [at, row] of (netlink as TcpSocket[]).entries()) {
    const before = (text[at] as TcpSocket).rto;
    if (row.rto === undefined || before !== (later[at] as TcpSocket).rto) continue;
    seen++;
    expect([row.rto, row.retransmits], keyOf(row)).toEqual([before, text[at]!.retransmits]);
  }
  expect(seen).toBeGreaterThan(5);
});

it("in turns the same rows come, and a signal ends them", async () => {
  const rows: TcpSocket[] = [];
  const dump = inetSockets({ protocol: "tcp", states: stateMask(["LISTEN", "CLOSE_WAIT"]) });
  const { isInterrupted } = await eachRowInTurns(socket, dump, (row) => rows.push(row));
  expect(isInterrupted).toBe(false);
  expect(rows.map(keyOf)).toEqual(allRows(socket, dump).rows.map(keyOf));
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["LISTEN", "CLOSE_WAIT"]));
  const stopped = eachRowInTurns(socket, dump, () => {}, AbortSignal.abort());
  await expect(stopped).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
});

it("a socket that is bound alone is told where that state is asked for", (context) => {
  const inode = scene.inodes.bound;
  const of = (states?: number): number[] =>
    allRows(socket, inetSockets({ protocol: "tcp", ...(states !== undefined && { states }) })).rows.map(
      (row) => row.inode,
    );
  expect(of()).not.toContain(inode);
  const found = of(stateMask(["BOUND_INACTIVE"]));
  skipIf(context, found.length === 0 ? "this kernel tells of none: before Linux 6.8" : undefined);
  expect(found).toContain(inode);
});
