import { intervalPhase, type Socket, type WatchItem } from "procnet";
import { expect, it } from "vitest";
import { FlatLines } from "./watch-flat.ts";
import { EVENTS, type EventName } from "./watch-text.ts";

const MACHINE = { host: "web1", bootId: "0f9a3c1e-6b7d-4c2a-9e58-123456789abc" };

function socket(localPort: number, state = "ESTABLISHED"): Socket {
  const ends = { localAddress: "127.0.0.1", localPort, remoteAddress: "127.0.0.1", remotePort: 80 };
  const numbers = { uid: 0, inode: localPort, rxQueue: 0, txQueue: 0, retransmits: 0 };
  return Object.assign(JSON.parse("{}"), { protocol: "tcp", state, ...ends, ...numbers });
}

/** An item of a watch at some second. */
function item(seconds: number, fields: object): WatchItem {
  const empty = { opened: [], closed: [], changed: [], traces: [] };
  return Object.assign(JSON.parse("{}"), { kind: "batch", ...empty, at: new Date(seconds * 1000) }, fields);
}

function linesOf(only: readonly EventName[] = EVENTS, every = 60_000): FlatLines {
  return new FlatLines({
    machine: MACHINE,
    every,
    only: new Set(only),
    passes: (one) => "localPort" in one && one.localPort !== 99,
  });
}

const told = (lines: Iterable<string>): string[] =>
  Array.from(lines, (line) => JSON.parse(line)).map(
    ({ event, local_port: port, state, taken_at: at }) => `${at.slice(14, 19)} ${event} ${port} ${state}`,
  );

it("tells what closed before what opened, as the same ends can do both, and of a change what is", () => {
  const lines = linesOf();
  expect(told(lines.of(item(0, { kind: "snapshot", sockets: [socket(1)] }), [socket(1)]))).toEqual([
    "00:00 snapshot 1 ESTABLISHED",
  ]);
  const changed = [{ before: socket(3), after: socket(3, "CLOSE_WAIT"), fields: ["state"] }];
  const batch = { opened: [socket(2)], closed: [socket(1)], traces: [socket(4, "TIME_WAIT")], changed };
  expect(told(lines.of(item(1, batch), []))).toEqual([
    "00:01 closed 1 ESTABLISHED",
    "00:01 opened 2 ESTABLISHED",
    "00:01 opened 4 TIME_WAIT",
    "00:01 changed 3 CLOSE_WAIT",
  ]);
});

it("tells all that passes again when it is due: first at the turn of the machine, then as often as is wanted", () => {
  const lines = linesOf();
  const all = [socket(7), socket(99)];
  const seconds: number[] = [];
  for (let second = 0; second < 300; second++) {
    const found = second === 0 ? item(0, { kind: "snapshot", sockets: [socket(7)] }) : item(second, {});
    const rows = told(lines.of(found, all));
    if (rows.length > 0) seconds.push(second);
    expect(rows.length).toBeLessThan(2);
  }
  const first = Math.ceil(intervalPhase(MACHINE.bootId, 60_000) / 1000);
  expect(seconds).toEqual([0, first, first + 60, first + 120, first + 180, first + 240].filter((at) => at < 300));
});

it("tells once of all where looks are rarer than snapshots, and goes on where the clock is set back", () => {
  const lines = linesOf();
  const counts = [1000, 5000, 5000.001, 9000, 100, 100.001, 161].map((second) => {
    return told(lines.of(item(second, {}), [socket(7)])).length;
  });
  expect(counts).toEqual([1, 1, 0, 1, 1, 0, 1]);
});

it("leaves out what is not wanted", () => {
  const lines = linesOf(["closed"]);
  expect(told(lines.of(item(0, { kind: "snapshot", sockets: [socket(1)] }), []))).toEqual([]);
  expect(told(lines.of(item(1, { opened: [socket(2)], closed: [socket(1)] }), []))).toHaveLength(1);
});
