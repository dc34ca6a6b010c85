import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes } from "../../../../test/support/tables/broken.ts";
import { hex2, hex4, hex8, hexBigintSpan, hexCounterSpan, hexSpan, isHex } from "./hex.ts";

const upper = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
const FIXED = [
  [hex2, 2, 0xff],
  [hex4, 4, 0xffff],
  [hex8, 8, 0x7fffffff],
] as const;

it("reads fixed widths in both cases, at any place", () => {
  for (const [read, digits, largest] of FIXED) {
    fc.assert(
      fc.property(fc.nat(largest), fc.nat(9), (value, at) => {
        const text = " ".repeat(at) + upper(value, digits);
        expect(read(bytes(text), at)).toBe(value);
        expect(read(bytes(text.toLowerCase()), at)).toBe(value);
      }),
    );
  }
});

it("is negative for each byte that is no digit, at each place", () => {
  for (const [read, digits] of FIXED) {
    for (let at = 0; at < digits; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const text = bytes("1".repeat(digits));
        text[at] = byte;
        const readable = digits === 8 && at === 0 ? /[0-7]/ : /[0-9A-Fa-f]/;
        expect(read(text, 0) < 0, `${digits} digits, byte ${byte} at ${at}`).toBe(
          !readable.test(String.fromCharCode(byte)),
        );
      }
    }
    expect(read(bytes("1\n1111111"), 0), "the end of a line").toBeLessThan(0);
  }
  expect(hex8(bytes("80000000"), 0)).toBeLessThan(0);
  expect(hex8(bytes("7FFFFFFF"), 0)).toBe(0x7fffffff);
});

it("reads spans of any width, exactly up to 2^53", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const text = `x${value.toString(16)}y`;
      expect(hexSpan(bytes(text), 1, text.length - 1)).toBe(value);
    }),
  );
  expect(hexSpan(bytes("0000000000000000000000ff"), 0, 24)).toBe(255);
  for (const wrong of ["", "g", "1 ", "0x1", "-1", "1\n"])
    expect(hexSpan(bytes(wrong), 0, wrong.length), wrong).toBe(-1);
});

it("reads counters of 64 bits as the nearest double and exactly, and nothing beyond", () => {
  const text = (value: bigint) => bytes(value.toString(16));
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      expect(hexCounterSpan(text(value), 0, text(value).length)).toBe(Number(value));
      expect(hexBigintSpan(text(value), 0, text(value).length)).toBe(value);
    }),
  );
  for (const beyond of ["10000000000000000", "f".repeat(300), "", "0x1", "g"]) {
    expect(hexSpan(bytes(beyond), 0, beyond.length)).toBe(-1);
    expect(hexCounterSpan(bytes(beyond), 0, beyond.length)).toBe(-1);
    expect(hexBigintSpan(bytes(beyond), 0, beyond.length)).toBeUndefined();
  }
  expect(hexSpan(bytes("20000000000000"), 0, 14)).toBe(-1);
});

it("tells spans of digits from others", () => {
  for (const text of ["0", "0123456789abcdefABCDEF"]) expect(isHex(bytes(text), 0, text.length), text).toBe(true);
  for (const text of ["", "0g", "(ptr)", " 1"]) expect(isHex(bytes(text), 0, text.length), text).toBe(false);
});
