import * as fc from "fast-check";
import { expect, it } from "vitest";
import { eachAttribute } from "./attributes.ts";
import { kernelBytes } from "./bytes.ts";
import { Writer } from "./message.ts";

type Attribute = readonly [type: number, value: number[]];

function read(bytes: Uint8Array, littleEndian: boolean, to = bytes.length): { isWhole: boolean; found: Attribute[] } {
  const found: Attribute[] = [];
  const isWhole = eachAttribute(kernelBytes(bytes, littleEndian), 0, to, (type, from, end) =>
    found.push([type, [...bytes.subarray(from, end)]]),
  );
  return { isWhole, found };
}

const attributes = fc.array(fc.tuple(fc.nat(0x3fff), fc.array(fc.nat(255), { maxLength: 9 })), { maxLength: 6 });

it("what was written is read, in either order of bytes", () => {
  fc.assert(
    fc.property(attributes, fc.boolean(), (wanted, littleEndian) => {
      const writer = new Writer(littleEndian);
      for (const [type, value] of wanted) writer.attribute(type, Uint8Array.from(value));
      expect(read(writer.bytes(), littleEndian)).toEqual({ isWhole: true, found: wanted });
    }),
  );
});

it("flags of a type are no part of it: attributes in it, the order of the network", () => {
  expect(read(new Writer(true).attribute(0xc005, Uint8Array.of(1)).bytes(), true).found).toEqual([[5, [1]]]);
});

it.each([0, 3, 9, 0xffff])("one that says to be %i bytes long ends them", (length) => {
  const bytes = new Writer(true)
    .attribute(1, Uint8Array.of(9))
    .attribute(2, Uint8Array.of(1, 2, 3, 4))
    .bytes();
  new DataView(bytes.buffer).setUint16(8, length, true);
  expect(read(bytes, true)).toEqual({ isWhole: false, found: [[1, [9]]] });
});

it("the last one may come without what fills it up, and less than a head is none", () => {
  const bytes = new Writer(true).attribute(1, Uint8Array.of(9)).bytes();
  expect(read(bytes, true, 5)).toEqual({ isWhole: true, found: [[1, [9]]] });
  expect(read(bytes, true, 3)).toEqual({ isWhole: true, found: [] });
});

it("whatever bytes come, each lies within them and they end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (bytes, littleEndian) => {
      let last = 0;
      eachAttribute(kernelBytes(bytes, littleEndian), 0, bytes.length, (_, from, to) => {
        expect(last <= from && from <= to && to <= bytes.length).toBe(true);
        last = to;
      });
    }),
  );
});
