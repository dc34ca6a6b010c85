import { expect, it } from "vitest";
import { describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseRtAcct } from "./rt-acct.ts";

/** The file of a machine of this byte order, with traffic in classes 10 and 255. */
function file(littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(4096));
  [1000, 10, 0xffffffff, 20].forEach((value, at) => {
    view.setUint32(10 * 16 + at * 4, value, littleEndian);
  });
  view.setUint32(255 * 16, 7, littleEndian);
  return new Uint8Array(view.buffer);
}

it.each([
  ["LE", true],
  ["BE", false],
] as const)("reads all classes of a machine of byte order %s", (byteOrder, littleEndian) => {
  const classes = parseRtAcct(file(littleEndian), { byteOrder });
  expect([...classes.keys()]).toEqual(Array.from({ length: 256 }, (_, at) => at));
  const traffic = { outputBytes: 1000, outputPackets: 10, inputBytes: 0xffffffff, inputPackets: 20 };
  expect(classes.get(10)).toEqual({ classId: 10, ...traffic });
  expect(classes.get(255)).toMatchObject({ outputBytes: 7, inputPackets: 0 });
});

it("reads from anywhere in a larger buffer", () => {
  const larger = new Uint8Array(5000);
  larger.set(file(true), 13);
  expect(parseRtAcct(larger.subarray(13, 13 + 4096), { byteOrder: "LE" }).get(255)?.outputBytes).toBe(7);
});

it("tells of a wrong length, and keeps the whole records", () => {
  const short = outcome(
    (text, options) => parseRtAcct(text, { ...options, byteOrder: "LE" }),
    file(true).subarray(0, 11 * 16 + 5),
  );
  expect(short.strict).toMatchObject({ code: "ERR_PARSE", field: "length" });
  expect((short.kept as Map<number, unknown>).size).toBe(11);
  const long = outcome(parseRtAcct, new Uint8Array(8192));
  expect(long.issues).toHaveLength(1);
  expect((long.kept as Map<number, unknown>).size).toBe(256);
});

describeBroken("rt_acct", String.fromCharCode(...file(true)), parseRtAcct);
