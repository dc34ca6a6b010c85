import type { WatchedSocket } from "procnet";
import { expect, it } from "vitest";
import { tcp } from "../../../../test/support/sockets/explain-cells.ts";
import { changeLine, eventLine, type LineStyle, timeText, WatchTotals } from "./watch-text.ts";

const STYLE: LineStyle = { several: false, paint: (_, text) => text };
const OWNER = {
  ...{ pid: 42, startTime: 7, program: "ng\u001b[31minx", comm: "nginx", cmdline: ["nginx"], exe: undefined, uid: 0 },
  ...{ cgroup: undefined, container: undefined, unit: undefined, fds: [3] },
};
const held = (more: object): WatchedSocket =>
  ({ ...tcp({}), owners: [OWNER], ownerless: undefined, ...more }) as WatchedSocket;

const at = timeText(new Date(2026, 0, 2, 3, 4, 5, 6));

it("a line tells the time, the sign, both ends and who holds it, and nothing in it steers a terminal", () => {
  const line = eventLine(at, "opened", held({}), STYLE);
  expect(line).toMatch(/^03:04:05\.006 \+ tcp /);
  expect(line).toContain("ng\\x1b[31minx[42]");
  expect(line).not.toContain("\u001b");
});

it("says who held it last, and that the process is gone", () => {
  const gone = held({ owners: [{ ...OWNER, program: "nginx", ended: true }] });
  expect(eventLine(at, "closed", gone, STYLE)).toMatch(/ nginx\[42\] \(ended\)$/);
  const left = held({ owners: [{ ...OWNER, program: "nginx" }], ownersWere: true });
  expect(eventLine(at, "closed", left, STYLE)).toMatch(/ was nginx\[42\]$/);
  expect(eventLine(at, "opened", held({ owners: [{ ...OWNER, program: "nginx" }] }), STYLE)).toMatch(/ nginx\[42\]$/);
});

it("says of a change both states, and both owners where those changed", () => {
  const before = held({ state: "ESTABLISHED", owners: [{ ...OWNER, program: "one" }] });
  const after = held({ state: "CLOSE_WAIT", owners: [{ ...OWNER, program: "two" }] });
  const line = changeLine(at, { before, after, fields: ["state", "owners"] }, STYLE);
  expect(line).toMatch(/ESTABLISHED.*CLOSE_WAIT.* one\[42\] > two\[42\]$/);
});

it("says in the end what was missed, and why that is not known of all of the time", () => {
  const totals = new WatchTotals();
  expect(totals.text()).toBe("seen: 0 opened, 0 closed, 0 changed; missed: not known (no two looks)");
  const batch = { opened: [], closed: [], changed: [], traces: [] };
  const take = (...missed: readonly object[]) =>
    totals.take({ ...batch, missed } as object as Parameters<WatchTotals["take"]>[0]);
  take({ namespace: 1, connections: 1 });
  expect(totals.text()).toContain("; missed: 1 connection");
  take({ namespace: 1, connections: 2 }, { namespace: 2, why: "reset" });
  expect(totals.text()).toContain("; missed: 3 connections at least (a counter began anew)");
});
