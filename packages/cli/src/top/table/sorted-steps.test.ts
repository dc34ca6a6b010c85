import fc from "fast-check";
import { type OrderKey, sortedRows } from "procnet/view";
import { expect, it } from "vitest";
import { atOnce } from "../../../../../test/support/steps.ts";
import { STEP } from "./slices.ts";
import { sortedInSteps } from "./sorted-steps.ts";

const order = {
  key: ({ value }: { readonly value: number }) => value,
  compare: (a: OrderKey, b: OrderKey) => Number(a) - Number(b),
};

it("gives what a sort at once gives, equal rows as they were", () => {
  const lengths = fc.constantFrom(0, 1, 2, STEP - 1, STEP, STEP + 1, 2 * STEP, 3 * STEP + 7, 5 * STEP);
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 1000 }), (length, spread) => {
      const rows = Array.from({ length }, (_, at) => ({ value: (at * 7919) % spread, at }));
      expect(atOnce(sortedInSteps(rows, order)).result).toEqual(sortedRows(rows, order));
    }),
    { numRuns: 30 },
  );
});

it("rests often enough for keys to be taken", () => {
  const rows = Array.from({ length: 50 * STEP }, (_, at) => ({ value: -at }));
  expect(atOnce(sortedInSteps(rows, order)).steps).toBeGreaterThan(50 * Math.log2(50));
});
