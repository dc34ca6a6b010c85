import { expect, it } from "vitest";
import { Pace } from "./pace.ts";

const paceAfter = (...costs: number[]): Pace => {
  const pace = new Pace(undefined);
  for (const cost of costs) pace.took(cost);
  return pace;
};

it("is a second, or what looks take of it where that is more, but for the first ones", () => {
  expect(paceAfter().interval).toBe(1000);
  expect(paceAfter(345, 100).interval).toBe(1000);
  expect(paceAfter(345, 100, 36).interval).toBe(1000);
  expect(paceAfter(345, 100, 110, 130).interval).toBe(2200);
});

it("is kept whatever looks take where it was asked for", () => {
  const pace = new Pace(100);
  for (let round = 0; round < 4; round++) pace.took(1000);
  expect(pace.interval).toBe(100);
});

it("is changed in steps, and not beyond the last ones", () => {
  const pace = new Pace(undefined);
  const after = (by: 1 | -1): number => {
    pace.change(by);
    return pace.wanted;
  };
  expect([after(1), after(1), after(-1), after(-1), after(-1)]).toEqual([2000, 5000, 2000, 1000, 500]);
  for (let times = 0; times < 20; times++) pace.change(-1);
  expect(pace.wanted).toBe(100);
  for (let times = 0; times < 20; times++) pace.change(1);
  expect(pace.wanted).toBe(60_000);
});

it("is over at once when it is changed, or when the next look is wanted now", async () => {
  const pace = new Pace(3_600_000);
  const rest = pace.rest(performance.now());
  pace.now();
  await rest;
  const other = pace.rest(performance.now());
  pace.change(-1);
  await other;
});
