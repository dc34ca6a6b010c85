import { expect, it } from "vitest";
import { Starts } from "./starts.ts";

it("a series counts since the beginning, and after it fell since it was told last", () => {
  const starts = new Starts();
  const told = [10, 12, 3, 4, 1].map((value, at) => {
    starts.at((at + 1) * 100);
    return starts.of("a", value, 7);
  });
  expect(told).toEqual([7, 7, 200, 200, 400]);
});

it("one that was away for a while is known again", () => {
  const starts = new Starts();
  starts.at(100);
  starts.of("a", 5, 7);
  starts.at(200);
  starts.at(300);
  expect(starts.of("a", 6, 7)).toBe(7);
  starts.at(400);
  expect(starts.of("a", 2, 7)).toBe(300);
});

it("forgets those that were away longest, above 20,000", () => {
  const starts = new Starts();
  starts.at(100);
  for (let at = 0; at <= 20_000; at++) starts.of(`${at}`, 5, 7);
  starts.at(200);
  expect(starts.of("20000", 1, 7)).toBe(100);
  expect(starts.of("0", 1, 7)).toBe(7);
});
