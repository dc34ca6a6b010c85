import fc from "fast-check";
import { expect, it } from "vitest";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";
import { bytes } from "./broken.ts";

/** Lines of one name and one value, as `%-32s\t%lu` prints them. */
export function mibText(values: Readonly<Record<string, number | bigint>>, width: number): string {
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(width)}\t${value}\n`)
    .join("");
}

/** Names of counters, those of every object's prototype among them. */
const counterName = fc.oneof(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,40}$/), fc.constant("__proto__"));

/** 64-bit counters by name. */
export const counterPairs: fc.Arbitrary<[string, bigint][]> = fc.uniqueArray(
  fc.tuple(counterName, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  { selector: ([name]) => name },
);

/** A file of one name and one value a line gives back whatever the kernel prints, exact to 64 bits. */
export function itGivesBackCounters(
  parse: (text: Uint8Array, options: ParseOptions & { bigint: true }) => Readonly<Record<string, unknown>>,
  width: number,
): void {
  it("gives back every text printed as the kernel prints it, exact to 64 bits", () => {
    fc.assert(
      fc.property(counterPairs, (pairs) => {
        const text = mibText(Object.fromEntries(pairs), width);
        expect(Object.entries(parse(bytes(text), { bigint: true }))).toEqual(pairs);
      }),
      { numRuns: 60 },
    );
  });
}
