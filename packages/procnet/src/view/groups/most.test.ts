import { expect, it } from "vitest";
import { withMost } from "./most.ts";

const SIZES = [3, 1, 3, 2, 3, 0, 2];
const items = SIZES.map((size, place) => ({ size, place }));

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, Number.POSITIVE_INFINITY])(
  "are those that an order of all would have first: %d",
  (count) => {
    const all = [...items].sort((a, b) => b.size - a.size);
    expect(withMost(new Set(items), ({ size }) => size, count)).toEqual(all.slice(0, count));
  },
);
