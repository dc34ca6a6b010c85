import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../test/support/tables/broken.ts";
import { bigintSpan, counterSpan, decimalSpan, signedBigintSpan, signedCounterSpan, signedSpan } from "./decimal.ts";

type Read<Value> = (bytes: Uint8Array, start: number, end: number) => Value;

const of =
  <Value>(read: Read<Value>) =>
  (text: string): Value =>
    read(bytes(text), 0, text.length);

const U64 = 2n ** 64n - 1n;
const I64 = -(2n ** 63n);

it("reads 64-bit counters as the nearest double, and exactly", () => {
  const values = fc.oneof(fc.bigInt({ min: I64, max: U64 }), fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }));
  fc.assert(
    fc.property(values, (value) => {
      const text = String(value);
      expect(of(signedCounterSpan)(text) === Number(value)).toBe(true);
      expect(of(signedBigintSpan)(text)).toBe(value);
      expect(of(counterSpan)(text)).toBe(value < 0n ? Number.NaN : Number(value));
      expect(of(bigintSpan)(text)).toBe(value < 0n ? undefined : value);
    }),
    { numRuns: 1000 },
  );
});

it("reads other numbers exactly, or not at all", () => {
  const most = Number.MAX_SAFE_INTEGER;
  for (const value of [0, 1, 999999999999999, 1000000000000000, most - 1, most]) {
    expect(of(decimalSpan)(String(value))).toBe(value);
    expect(of(signedSpan)(String(value))).toBe(value);
    if (value > 0) expect(of(signedSpan)(`-${value}`)).toBe(-value);
  }
  for (const beyond of ["9007199254740992", "9007199254740993", "18446744073709551615", "9".repeat(310)]) {
    expect(of(decimalSpan)(beyond)).toBeNaN();
    expect(of(signedSpan)(`-${beyond}`)).toBeNaN();
  }
  expect(of(decimalSpan)("000000000000000000000042")).toBe(42);
  expect(of(bigintSpan)(`${"0".repeat(400)}9007199254740993`)).toBe(9007199254740993n);
});

it("takes nothing beyond 64 bits, no negative where none can be, and no zero with a sign", () => {
  for (const beyond of ["18446744073709551616", "99999999999999999999", "1".padEnd(310, "0"), "9".repeat(100_000)]) {
    expect(of(counterSpan)(beyond)).toBeNaN();
    expect(of(bigintSpan)(beyond)).toBeUndefined();
    expect(of(signedCounterSpan)(`-${beyond}`)).toBeNaN();
  }
  expect(of(signedBigintSpan)("-9223372036854775808")).toBe(I64);
  expect(of(signedBigintSpan)("-9223372036854775809")).toBeUndefined();
  for (const zero of ["-0", "-00", `-${"0".repeat(20)}`]) {
    for (const read of [decimalSpan, signedSpan, counterSpan, signedCounterSpan]) expect(of(read)(zero)).toBeNaN();
    for (const read of [bigintSpan, signedBigintSpan]) expect(of(read)(zero)).toBeUndefined();
  }
  for (const read of [decimalSpan, counterSpan]) expect(of(read)("-1")).toBeNaN();
  expect(of(bigintSpan)("-1")).toBeUndefined();
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
    for (const read of [decimalSpan, signedSpan, counterSpan, signedCounterSpan]) {
      expect(of(read)(text), JSON.stringify(text)).toBeNaN();
    }
    for (const read of [bigintSpan, signedBigintSpan]) expect(of(read)(text), JSON.stringify(text)).toBeUndefined();
  }
});
