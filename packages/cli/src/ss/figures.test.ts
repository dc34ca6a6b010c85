import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { fixed, general, rate } from "./figures.ts";

/** What C's printf makes of numbers, which is what Python's `%` operator does. */
function printed(format: string, numbers: readonly number[]): string[] {
  const script = `import json, sys\nfor x in json.load(sys.stdin): print(${JSON.stringify(format)} % x)`;
  const { stdout } = spawnSync("python3", ["-c", script], { encoding: "utf8", input: JSON.stringify(numbers) });
  return stdout.trimEnd().split("\n");
}

const NUMBERS = [
  0.001,
  0.0005,
  1 / 3,
  1,
  1.5,
  9.99995,
  204,
  12.345678,
  999999.5,
  1e6,
  1234567,
  8e15,
  3.7e-7,
  0.00012345,
  123456.5,
  123457.5,
  12.25,
  12.35,
  2.5,
  0.125,
];

it("writes numbers as %g does", (context) => {
  skipIf(context, missingTools("python3"));
  expect(NUMBERS.map((number) => general(number))).toEqual(printed("%g", NUMBERS));
  expect(NUMBERS.map((number) => general(number, 3))).toEqual(printed("%.3g", NUMBERS));
});

it("writes numbers as %.1f does", (context) => {
  skipIf(context, missingTools("python3"));
  const numbers = [0.25, 0.35, 12.25, 99.95, 50, 33.333, 0.05, 100, 6.25];
  expect(numbers.map((number) => fixed(number, 1))).toEqual(printed("%.1f", numbers));
});

it.each([
  [0, "0"],
  [999, "999"],
  [12_345, "12.3k"],
  [999_999, "1e+03k"],
  [8_000_000, "8M"],
  [87_381_333_333, "87.4G"],
  [3_742_756_720_312, "3.74T"],
])("writes %d bits a second as %s", (bits, text) => {
  expect(rate(bits, false)).toBe(text);
});
