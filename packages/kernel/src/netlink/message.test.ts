import * as fc from "fast-check";
import { expect, it } from "vitest";
import { kernelBytes } from "./bytes.ts";
import { eachMessage, requestBytes } from "./message.ts";

it("a request is read as it was written, in either order of bytes", () => {
  const request = fc.record({
    type: fc.nat(0xffff),
    flags: fc.nat(0xffff),
    sequence: fc.nat(0xffffffff),
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(request, fc.boolean(), (wanted, littleEndian) => {
      const bytes = requestBytes(wanted, littleEndian);
      const found: unknown[] = [];
      eachMessage(kernelBytes(bytes, littleEndian), bytes.length, (type, flags, sequence, from, to) =>
        found.push({ type, flags, sequence, payload: bytes.slice(from, to) }),
      );
      expect(found).toEqual([wanted]);
    }),
  );
});

it("the head is as Linux has it: length, type, flags, sequence, port, 16 bytes (RFC 3549, section 2.3.2)", () => {
  const request = { type: 0x14, flags: 0x301, sequence: 0x01020304, payload: Uint8Array.of(0xaa) };
  expect(Buffer.from(requestBytes(request, true)).toString("hex")).toBe("1100000014000103040302010000000" + "0aa");
  expect(Buffer.from(requestBytes(request, false)).toString("hex")).toBe("000000110014030101020304" + "00000000aa");
});
