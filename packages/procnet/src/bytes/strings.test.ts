import fc from "fast-check";
import { expect, it } from "vitest";
import { isUtf8, latin1, latin1Bytes, utf8 } from "./strings.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const anyBytes = fc.uint8Array({ maxLength: 120 });

it("decodes UTF-8 of every length as TextDecoder does, from inside a buffer", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  fc.assert(
    fc.property(fc.oneof(anyBytes, fc.string({ maxLength: 120, unit: "binary" }).map(encode)), (text) => {
      const buffer = new Uint8Array(text.length + 7).fill(0xff);
      buffer.set(text, 3);
      expect(utf8(buffer, 3, 3 + text.length)).toBe(decoder.decode(text));
    }),
    { numRuns: 300 },
  );
});

it("keeps a byte order mark, which can be an interface's name, and shows what is no UTF-8", () => {
  const mark = encode("\ufeff");
  expect(utf8(mark, 0, mark.length)).toBe("\ufeff");
  expect(utf8(Uint8Array.of(0x61, 0xff, 0xfe), 0, 3)).toBe("a\ufffd\ufffd");
  expect(utf8(Uint8Array.of(), 0, 0)).toBe("");
});

it("tells whether decoding loses something", () => {
  fc.assert(
    fc.property(fc.oneof(anyBytes, fc.string({ unit: "grapheme" }).map(encode)), (text) => {
      const decoded = utf8(text, 0, text.length);
      const same = Buffer.from(encode(decoded)).equals(Buffer.from(text));
      expect(isUtf8(text, 0, text.length)).toBe(same);
    }),
    { numRuns: 300 },
  );
  expect(isUtf8(Uint8Array.of(0xff, 0x61, 0xc3, 0xa9, 0xff), 1, 4)).toBe(true);
});

it("goes between bytes and characters without loss", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const text = latin1(all, 0, 256);
  expect(text).toHaveLength(256);
  expect(Array.from(text, (character) => character.codePointAt(0))).toEqual([...all]);
  expect(latin1Bytes(text)).toEqual(all);
  expect(latin1(all, 0x41, 0x44)).toBe("ABC");
});
