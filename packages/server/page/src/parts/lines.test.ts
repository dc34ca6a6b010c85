import { expect, it } from "vitest";
import { lineSummary, pointsOf } from "./lines.ts";

it("has a hole where a series has no value, and where nobody looked for longer than usual", () => {
  const times = [1000, 2000, 3000, 9000, 10_000];
  expect(pointsOf(times, [[1, Number.NaN, 3, 4, 5]])).toEqual({
    times: [1, 2, 3, 6, 9, 10],
    values: [[1, null, 3, null, 4, 5]],
  });
});

it("takes no hole for a look that came a little late", () => {
  expect(pointsOf([0, 1000, 3000, 4000], [[1, 1, 1, 1]]).times).toEqual([0, 1, 3, 4]);
});

it("has no points of nothing", () => {
  expect(pointsOf([], [[]])).toEqual({ times: [], values: [[]] });
});

it("tells the last value, the least and the most; the last is not known where it was not seen", () => {
  expect(lineSummary([null, 3, 1, 2])).toEqual({ last: 2, least: 1, most: 3 });
  expect(lineSummary([3, null])).toEqual({ last: null, least: 3, most: 3 });
  expect(lineSummary([null])).toBeUndefined();
});
