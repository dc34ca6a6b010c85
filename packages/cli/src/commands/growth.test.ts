import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Growth } from "./growth.ts";

beforeEach(() => vi.useFakeTimers({ now: 1000 }));
afterEach(() => vi.useRealTimers());

/** What a number does a second, round after round, two seconds each. */
function rounds(...values: readonly (number | undefined)[]): (number | undefined)[] {
  const growth = new Growth();
  return values.map((value) => {
    vi.advanceTimersByTime(2000);
    growth.begin();
    return value === undefined ? undefined : growth.perSecond("a", value);
  });
}

it.each([
  ["the first round tells none", [10, 10], [undefined, 0]],
  ["later ones by the time between", [10, 30, 31], [undefined, 10, 0.5]],
  ["one that is less than before began anew", [10, 3, 7], [undefined, undefined, 2]],
  ["one that was away has none when it comes back", [10, undefined, 30, 40], [undefined, undefined, undefined, 5]],
])("%s", (_, values, expected) => {
  expect(rounds(...values)).toEqual(expected);
});
