import { expect, it } from "vitest";
import { LookCosts } from "./look-costs.ts";

const after = (...looks: number[]): LookCosts => {
  const costs = new LookCosts();
  for (const took of looks) costs.took(took);
  return costs;
};

/** When looks begin that take so long one after the other, milliseconds from the first on, where a second is wanted. */
function begins(looks: readonly number[]): number[] {
  const costs = new LookCosts();
  let at = 0;
  return looks.map((took) => {
    const began = at;
    costs.took(took);
    at = began + Math.max(took, costs.distance(1000));
    return began;
  });
}

it("keeps the wanted distance, or twenty times what a look takes where that is longer", () => {
  expect(after().distance(1000)).toBe(1000);
  expect(after(20, 20, 20).distance(1000)).toBe(1000);
  expect(after(100, 120, 110, 130).distance(1000)).toBe(2200);
  expect(after(100, 120, 110, 130).distance(5)).toBe(2200);
});

it("is not set by cold looks, whatever they took: the second comes when it is wanted", () => {
  expect(after(345).distance(1000)).toBe(1000);
  expect(begins([345, 100, 36, 22, 19])).toEqual([0, 1000, 2000, 3000, 4000]);
  // Looks that take longer than they are apart follow each other, twice.
  expect(begins([2000, 1500, 1500, 1500])).toEqual([0, 2000, 3500, 33_500]);
});

it("is not set by one look that took longer than others, and by those that all do", () => {
  expect(after(9, 9, 100, 100, 100, 9000).distance(1000)).toBe(2000);
  expect(after(9, 9, 10, 200, 200, 200, 200).distance(1000)).toBe(4000);
});

it("leaves nineteen twentieths of a core to others in the long run", () => {
  const looks = [5000, 3000, ...Array<number>(2000).fill(700)];
  const last = begins(looks).at(-1)!;
  const spent = looks.reduce((sum, took) => sum + took, 0);
  expect(spent / last).toBeLessThan(1 / 19);
});
