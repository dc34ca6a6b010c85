import fc from "fast-check";
import { expect, it } from "vitest";
import { sortedInSteps } from "./sorted.ts";

function drive<Value>(values: readonly Value[], compare: (a: Value, b: Value) => number): [Value[], number] {
  const steps = sortedInSteps(values, compare);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done) return [value, pauses];
  }
}

it("sorts as the engine does, equal values as they were", () => {
  const value = fc.record({ key: fc.integer({ min: 0, max: 50 }), at: fc.nat() });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (values, times) => {
      const many = Array.from({ length: times }, () => values).flat();
      const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
      expect(drive(many, compare)[0]).toEqual([...many].sort(compare));
    }),
    { numRuns: 50 },
  );
});

it("compares some thousand times at most between two pauses", () => {
  let compared = 0;
  let most = 0;
  const values = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_003);
  const steps = sortedInSteps(values, (a, b) => {
    compared++;
    return a - b;
  });
  for (let step = steps.next(); !step.done; step = steps.next()) {
    most = Math.max(most, compared);
    compared = 0;
  }
  expect(most).toBeLessThan(30_000);
});
