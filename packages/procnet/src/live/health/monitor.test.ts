import { describe, expect, it } from "vitest";
import { devText, group, limitsOf, sampleOf } from "../../../../../test/support/live/sample.ts";
import type { Severity } from "./finding.ts";
import { HealthMonitor, type MonitorOptions } from "./monitor.ts";

const ID = "tcp-accept-queue-overflow";
const limits = limitsOf({ "net.core.somaxconn": [4096] });

/** What a monitor says round after round, one a second, of overflows a second: a letter for the severity, a dot for none. */
function told(rates: readonly (number | "reset")[], options: MonitorOptions = {}): string {
  const monitor = new HealthMonitor({ limits, only: [ID], window: 1000, clearRounds: 3, ...options });
  let count = 1000;
  const add = (at: number): Severity | undefined => {
    const netstat = group("TcpExt", { ListenOverflows: count, ListenDrops: count });
    return monitor.add(sampleOf(at, { netstat })).findings[0]?.severity;
  };
  add(0);
  return rates
    .map((rate, at) => {
      count = rate === "reset" ? 0 : count + rate;
      return add((at + 1) * 1000)?.[0] ?? ".";
    })
    .join("");
}

describe("hysteresis", () => {
  it.each<[string, (number | "reset")[], string]>([
    ["nothing happens", [0, 0, 0, 0], "...."],
    ["a burst at the mark is no finding", [1, 1, 1], "..."],
    ["above the mark it is raised at once", [0, 2, 2], ".ww"],
    ["far above it is critical", [2, 9, 9], "wcc"],
    // Raised above 5, critical until 1 or less; raised above 1, there until 0.
    ["critical holds on above its lower mark", [9, 4, 3, 2], "cccc"],
    ["below the lower mark of critical it is a warning", [9, 1, 1], "cww"],
    ["it swings around the mark, and does not come and go", [2, 1, 2, 1, 2], "wwwww"],
    ["below the lower mark it is cleared after three rounds", [2, 0, 0, 0, 0], "www.."],
    ["what comes back meanwhile begins no new count", [2, 0, 0, 2, 0, 0, 0], "wwwwww."],
    ["a counter that begins anew clears nothing and raises nothing", [2, "reset", 0, 0, 0], "wwww."],
    ["a reset alone is no finding", [0, "reset", 0], "..."],
  ])("%s", (_, rates, expected) => {
    expect(told(rates)).toBe(expected);
  });

  it("what must hold is not told before", () => {
    expect(told([2, 2, 2, 2], { hold: 2000 })).toBe("..ww");
    // A burst that is over before its time is none, nor one that is not above the mark in every round.
    expect(told([2, 0, 0, 0, 2], { hold: 2000 })).toBe(".....");
    expect(told([2, 2, 0, 2, 2, 2, 0], { hold: 2000 })).toBe(".....ww");
    // Nor one that is only above the lower mark meanwhile.
    expect(told([9, 1, 9, 1, 9], { hold: 2000 })).toBe(".....");
    // A reset meanwhile is neither.
    expect(told([2, "reset", 2, 2], { hold: 2000 })).toBe("..ww");
  });

  it("what has not held for long enough is unknown, not in order", () => {
    const monitor = new HealthMonitor({ limits, only: [ID], window: 1000, hold: 5000 });
    const add = (at: number, count: number) =>
      monitor.add(sampleOf(at, { netstat: group("TcpExt", { ListenOverflows: count, ListenDrops: count }) }));
    add(0, 0);
    const { findings, unknown, ok } = add(1000, 9);
    expect({ findings, ok }).toEqual({ findings: [], ok: [] });
    expect(unknown).toMatchObject([{ id: ID, reason: "window-too-short" }]);
    expect(unknown[0]?.message).toMatch(/^9 attempts .*; it is told when that has held for 5000 ms$/);
  });

  it("thresholds of the caller are cleared by the same part of them", () => {
    // Raised above 100 in place of 5, critical until 20 in place of 1; a warning above 50, until 0 in place of 0.
    const thresholds = { [ID]: { warn: 50, crit: 100 } };
    expect(told([120, 30, 20, 10], { thresholds })).toBe("ccww");
    // Lower ones than ours: 0.5 raises, and none is held by our lower mark of 1.
    expect(told([2, 0, 0, 0, 0], { thresholds: { [ID]: { crit: 0.5 } } })).toBe("ccc..");
  });

  it("what cannot be judged of one interface clears those of others", () => {
    const one = "interface-saturated";
    const monitor = new HealthMonitor({
      only: [one],
      window: 1000,
      clearRounds: 2,
      thresholds: { [one]: { hold: 1 } },
    });
    let bytes = 0;
    const add = (second: number, more: number): string => {
      bytes += more;
      // tun0 has no speed, as the other end of a tunnel has none: it is unknown for good.
      const dev = devText({ eth0: { recvBytes: bytes }, tun0: {} });
      const sample = sampleOf(
        second * 1000,
        { dev },
        { devices: { eth0: { index: 2, speed: 1e9 }, tun0: { index: 3 } } },
      );
      const { findings, unknown } = monitor.add(sample);
      return `${findings.length}${unknown.map(({ reason }) => reason).join()}`;
    };
    add(0, 0);
    expect(add(1, 125e6)).toBe("1no-limit");
    expect(add(2, 0)).toBe("1no-limit");
    expect(add(3, 0)).toBe("0no-limit");
  });

  it("and what cannot be judged for want of events is over", () => {
    const id = "tcp-retransmissions";
    const monitor = new HealthMonitor({ only: [id], window: 1000, clearRounds: 2 });
    let [sent, again] = [0, 0];
    const add = (second: number, more: number, repeats: number): string => {
      [sent, again] = [sent + more, again + repeats];
      const snmp = group("Tcp", { OutSegs: sent, RetransSegs: again });
      return monitor.add(sampleOf(second * 1000, { snmp })).findings[0]?.severity ?? ".";
    };
    add(0, 0, 0);
    expect([add(1, 5000, 1000), add(2, 10, 1), add(3, 10, 1)]).toEqual(["crit", "crit", "."]);
  });

  it("thresholds are an argument", () => {
    expect(told([2, 2], { thresholds: { [ID]: { warn: 10, crit: 20 } } })).toBe("..");
    expect(() => told([0], { thresholds: { [ID]: { wran: 1 } } })).toThrow(/has no "wran"; it has warn, crit/);
    expect(() => new HealthMonitor({ thresholds: { "tcp-nothing": { warn: 1 } } })).toThrow(/no finding "tcp-nothing"/);
    expect(() => new HealthMonitor({ thresholds: { toString: { warn: 1 } } })).toThrow(/no finding "toString"/);
    expect(() => told([0], { only: ["tcp-nothing"] })).toThrow(/no finding "tcp-nothing"/);
  });

  it("says since when", () => {
    const monitor = new HealthMonitor({ limits, only: [ID], window: 1000 });
    const at = (second: number, count: number) =>
      monitor.add(
        sampleOf(second * 1000, { netstat: group("TcpExt", { ListenOverflows: count, ListenDrops: count }) }),
      );
    at(0, 0);
    at(1, 9);
    const [finding] = at(2, 18).findings;
    expect(finding?.since).toBe("2026-01-01T00:00:01.000Z");
  });
});
