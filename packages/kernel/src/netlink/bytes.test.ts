import * as fc from "fast-check";
import { expect, it } from "vitest";
import { hex, kernelBytes, text, u64 } from "./bytes.ts";

it("64 bits are read in either order: exactly below 2^53, rounded above", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.boolean(), (value, littleEndian) => {
      const bytes = new Uint8Array(11);
      new DataView(bytes.buffer).setBigUint64(3, value, littleEndian);
      expect(u64(kernelBytes(bytes, littleEndian), 3)).toBe(Number(value));
    }),
  );
});

it("a text ends with its NUL or with its place, and what is no UTF-8 is U+FFFD", () => {
  const of = kernelBytes(Uint8Array.of(0x63, 0xc3, 0xa9, 0xff, 0, 0x78));
  expect([text(of, 0, 6), text(of, 0, 3), text(of, 5, 6), text(of, 4, 6), text(of, 6, 6)]).toEqual([
    "cé\ufffd",
    "cé",
    "x",
    "",
    "",
  ]);
});

it("of bytes that are a part of others, their own part is read", () => {
  const of = kernelBytes(Uint8Array.of(1, 2, 3, 4, 5, 6, 0, 0, 0).subarray(1), true);
  expect([of.view.getUint32(0, true), u64(of, 0)]).toEqual([0x05040302, 0x0605040302]);
  expect(hex(of, 0, 3)).toBe("020304");
});
