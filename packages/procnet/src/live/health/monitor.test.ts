import { describe, expect, it } from "vitest";
import { group, limitsOf, sampleOf } from "../../../../../test/support/live/sample.ts";
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
    expect(told([2, 0, 0, 0, 2], { hold: 2000 })).toBe("..w..");
  });

  it("thresholds are an argument", () => {
    expect(told([2, 2], { thresholds: { [ID]: { warn: 10, crit: 20 } } })).toBe("..");
    expect(() => told([0], { thresholds: { [ID]: { wran: 1 } } })).toThrow(/has no "wran"; it has warn, crit/);
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
