import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import type { WatchedSocket } from "./batch.ts";
import { difference } from "./difference.ts";
import { socketKey } from "./identity.ts";
import { SocketList } from "./socket-list.ts";

const STATES = ["ESTABLISHED", "CLOSE_WAIT", "TIME_WAIT", "LISTEN"] as const;

/** Sockets of which some share an inode, some have none, and some share their ends. */
const sockets = fc.array(
  fc
    .record({
      inode: fc.integer({ min: 0, max: 6 }),
      localPort: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom(...STATES),
      rxQueue: fc.integer({ min: 0, max: 2 }),
      program: fc.constantFrom("a", "b"),
    })
    .map(({ program, ...some }): WatchedSocket => tcpSocket({ ...some, owners: [ownerNamed(program)] })),
  { maxLength: 12 },
);

/** The very same rows, in any order. */
function expectSame(heard: ReadonlySet<WatchedSocket>, rows: readonly WatchedSocket[]): void {
  expect(rows.filter((row) => !heard.has(row))).toEqual([]);
  expect(heard.size).toBe(rows.length);
}

const texts = (all: Iterable<WatchedSocket>): string[] => [...all].map((one) => JSON.stringify(one)).sort();

describe("a list of what a watch tells", () => {
  it("holds after each batch what the watch itself has", () => {
    fc.assert(
      fc.property(fc.array(sockets, { minLength: 2, maxLength: 6 }), ([first = [], ...later]) => {
        const list = new SocketList({ keep: 1 });
        let known: readonly WatchedSocket[] = difference([], first).sockets;
        list.begin(known);
        let now = 0;
        for (const look of later) {
          const changes = difference(known, look, { queues: true });
          now += 10;
          list.apply(changes, now);
          known = changes.sockets;
          const open = list.rows(now).filter((one) => list.closedAt(one) === undefined);
          expect(texts(open)).toEqual(texts(known));
          expect(list.size).toBe(known.length);
          const byKey = [...new Set(known.map(socketKey))].flatMap((key) => list.withKey(key));
          expect(new Set(byKey)).toEqual(new Set(open));
          expect(list.withKey("another")).toEqual([]);
        }
      }),
    );
  });

  it("tells of each row that comes, leaves or takes the place of another, so that whoever listens has the same rows", () => {
    fc.assert(
      fc.property(fc.array(sockets, { minLength: 2, maxLength: 6 }), ([first = [], ...later]) => {
        const heard = new Set<WatchedSocket>();
        const list = new SocketList({
          keep: 15,
          onRow: (before, after) => {
            if (before !== undefined) expect(heard.delete(before)).toBe(true);
            if (after !== undefined) expect(heard.has(after)).toBe(false);
            if (after !== undefined) heard.add(after);
          },
        });
        // Each row is an object of its own, as it is of who reads JSON.
        const own = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
        let known: readonly WatchedSocket[] = difference([], first).sockets;
        list.begin(own(known));
        let now = 0;
        for (const look of later) {
          const changes = difference(known, look, { queues: true });
          now += 10;
          list.apply(own(changes), now);
          known = changes.sockets;
          expectSame(heard, list.rows(now));
        }
        list.less(own(known.slice(0, 1)));
        expectSame(heard, list.rows(now));
        list.begin(own(first));
        expectSame(heard, list.rows(now));
      }),
    );
  });

  it("tells of a row that is not new any more", () => {
    const told: unknown[] = [];
    const list = new SocketList({ keep: 100, onRow: (...rows) => told.push(rows) });
    const socket = tcpSocket({ inode: 1 });
    list.apply({ opened: [socket], closed: [], changed: [], traces: [] }, 10);
    list.rows(109);
    expect(told).toEqual([[undefined, socket]]);
    list.rows(110);
    expect(told).toEqual([
      [undefined, socket],
      [socket, socket],
    ]);
  });

  it("keeps what closed for so long, behind the others, and says since when", () => {
    const list = new SocketList({ keep: 100 });
    const [a, b] = [tcpSocket({ inode: 1, localPort: 1 }), tcpSocket({ inode: 2, localPort: 2 })];
    list.begin([a, b]);
    list.apply({ opened: [], closed: [a], changed: [], traces: [] }, 50);
    expect(list.rows(149)).toEqual([b, a]);
    expect([list.closedAt(a), list.closedAt(b)]).toEqual([50, undefined]);
    expect(list.rows(150)).toEqual([b]);
  });

  it("counts what closed, and lets go at once of what is only not asked for any more", () => {
    const list = new SocketList({ keep: 100 });
    const [a, b, c] = [1, 2, 3].map((inode) => tcpSocket({ inode, localPort: inode }));
    list.begin([a!, b!, c!]);
    list.apply({ opened: [], closed: [a!], changed: [], traces: [] }, 50);
    list.less([b!]);
    expect(list.rows(60)).toEqual([c, a]);
    expect([list.size, list.closed]).toEqual([1, 1]);
    list.rows(200);
    expect(list.closed).toBe(0);
  });

  it("marks what opened, whatever becomes of it", () => {
    const list = new SocketList({ keep: 100 });
    const before = tcpSocket({ inode: 1, state: "SYN_SENT" });
    const after = tcpSocket({ inode: 1 });
    list.begin([]);
    list.apply({ opened: [before], closed: [], changed: [], traces: [] }, 10);
    list.apply({ opened: [], closed: [], changed: [{ before, after, fields: ["state"] }], traces: [] }, 20);
    expect(list.openedAt(after)).toBe(10);
    list.rows(110);
    expect(list.openedAt(after)).toBeUndefined();
  });

  it("does not grow with what closed", () => {
    const list = new SocketList();
    const closed = Array.from({ length: 20_000 }, (_, inode) => tcpSocket({ inode: inode + 1 }));
    list.begin(closed);
    list.apply({ opened: [], closed, changed: [], traces: [] }, 1);
    expect(list.rows(1)).toHaveLength(10_000);
    expect(list.size).toBe(0);
  });
});
