import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../test/broken.ts";
import { bigintSpan, decimalSpan } from "./decimal.ts";

const read = (text: string) => decimalSpan(bytes(text), 0, text.length);
const readBig = (text: string) => bigintSpan(bytes(text), 0, text.length);

it("reads 64-bit numbers of both signs, as the nearest double and exactly", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      expect(read(String(value)) === Number(value)).toBe(true);
      expect(readBig(String(value))).toBe(value);
    }),
    { numRuns: 1000 },
  );
});

it("is exact where a double is", () => {
  for (const value of [0, 1, 999999999999999, 1000000000000000, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
    expect(read(String(value))).toBe(value);
  }
  expect(read("9007199254740993")).toBe(9007199254740992);
  expect(readBig("9007199254740993")).toBe(9007199254740993n);
  expect(read("000000000000000000000042")).toBe(42);
});

it("reads only its span", () => {
  expect(decimalSpan(bytes("12 34 56"), 3, 5)).toBe(34);
  expect(bigintSpan(bytes("12 34 56"), 3, 5)).toBe(34n);
});

it("takes nothing but digits and one minus in front", () => {
  const wrong = [
    "",
    "-",
    "--1",
    "+1",
    "1-",
    "1.5",
    "1e3",
    "0x1f",
    " 1",
    "1 ",
    "1\n",
    "1_000",
    "Infinity",
    "NaN",
    "\u0661",
    "\0",
  ];
  for (const text of wrong) {
    expect(read(text), JSON.stringify(text)).toBeNaN();
    expect(readBig(text), JSON.stringify(text)).toBeUndefined();
  }
});
