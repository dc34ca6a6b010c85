import { expect, it } from "vitest";
import { linePath, nearest, timeTicks, valueAxis } from "./scale.ts";

it.each([
  [0, [0, 0.5]],
  [1, [0, 0.5, 1]],
  [17, [0, 5, 10, 15, 20]],
  [1067, [0, 500, 1000, 1500]],
  [28_232, [0, 10_000, 20_000, 30_000]],
])("has round lines up to %s", (most, ticks) => {
  expect(valueAxis(most, false)).toEqual({ ticks, end: ticks.at(-1) });
});

it("has powers of two for bytes", () => {
  expect(valueAxis(3000, true).ticks).toEqual([0, 1024, 2048, 3072]);
  expect(valueAxis(0, true).ticks).toEqual([0, 1]);
});

it("has the largest value within its axis, whatever it is", () => {
  for (let most = 0.001; most < 1e15; most *= 1.37) {
    for (const isBytes of [true, false]) {
      const { ticks, end } = valueAxis(most, isBytes);
      expect(end).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  }
});

it("has times that are round, no more than there is room for", () => {
  const noon = Date.UTC(2026, 0, 1, 12, 0, 3) / 1000;
  expect(timeTicks(noon, noon + 60, 6).map((time) => (time - noon + 3) % 10)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(timeTicks(noon, noon + 10_000_000, 4).length).toBeLessThanOrEqual(5);
  expect(timeTicks(noon, noon, 4).length).toBeLessThanOrEqual(1);
});

it("draws a line that is broken where there is nothing, and a dot for what stands alone", () => {
  const same = (value: number): number => value;
  expect(linePath([0, 1, 2, 3, 4], [5, 6, null, 7, null], same, same)).toBe("M0.0 5.0L1.0 6.0M3.0 7.0h2");
  expect(linePath([], [], same, same)).toBe("");
});

it("finds the nearest time", () => {
  expect(nearest([1, 4, 9], 5)).toBe(1);
  expect(nearest([], 5)).toBeUndefined();
});
