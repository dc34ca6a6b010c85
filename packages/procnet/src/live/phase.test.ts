import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { intervalPhase, untilPhase } from "./phase.ts";

const uuid = fc.uuid();
const interval = fc.integer({ min: 1, max: 86_400_000 });

it("lies within the interval, and is the same each time", () => {
  fc.assert(
    fc.property(uuid, interval, (id, length) => {
      const phase = intervalPhase(id, length);
      expect(Number.isInteger(phase) && phase >= 0 && phase < length).toBe(true);
      expect(intervalPhase(id, length)).toBe(phase);
    }),
  );
  expect(intervalPhase("0f9a3c1e-6b7d-4c2a-9e58-123456789abc", 60_000)).toBe(PHASE);
});

/** As it came out first: another one after an update would move all machines at once. */
const PHASE = 9232;

it.each([
  ["random", (): string => randomUUID()],
  ["that differ in few digits", (at: number): string => `0f9a3c1e-6b7d-4c2a-9e58-${String(at).padStart(12, "0")}`],
])("spreads 1,000 boot ids %s evenly", (_, idOf) => {
  const counts = Array.from({ length: 20 }, () => 0);
  for (let at = 0; at < 1000; at++) counts[Math.floor(intervalPhase(idOf(at), 60_000) / 3000)]!++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 50) ** 2 / 50, 0);
  // 19 degrees of freedom: chance goes above it once in ten million runs.
  expect(chiSquare).toBeLessThan(72);
});

it("comes next after now, once in each interval", () => {
  fc.assert(
    fc.property(uuid, interval, fc.integer({ min: 0, max: 4e12 }), (id, length, now) => {
      const phase = intervalPhase(id, length);
      const left = untilPhase(now, length, phase);
      expect(left > 0 && left <= length).toBe(true);
      expect((now + left - phase) % length).toBe(0);
      expect(untilPhase(now + left, length, phase)).toBe(length);
    }),
  );
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s as an interval", (length) => {
  expect(() => intervalPhase("id", length)).toThrow("must be milliseconds");
});
