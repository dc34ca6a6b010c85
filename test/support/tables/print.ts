import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect } from "vitest";
import { ipv6Text } from "../../../packages/procnet/src/codes/address.ts";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";
import { bytes } from "./broken.ts";

/** A number as `%0<width>x` prints it. */
export function hex(value: number, width = 1): string {
  return value.toString(16).padStart(width, "0");
}

/** A number as `%0<width>X` prints it. */
export function upperHex(value: number, width = 1): string {
  return hex(value, width).toUpperCase();
}

/** A value as `%<width>d` and `%<width>s` print it, left-justified for a negative width. */
export function pad(value: string | number, width: number): string {
  return width < 0 ? String(value).padEnd(-width) : String(value).padStart(width);
}

/** An IPv6 address as `%pi6` prints it. The text is read by a library of others. */
export function digits6(address: string): string {
  const parsed = ipaddr.IPv6.parse(address);
  return parsed
    .toByteArray()
    .map((byte) => hex(byte, 2))
    .join("");
}

/** An IPv4 address as `%08X` prints its bytes on a machine of this byte order. */
export function digits4(address: string, byteOrder: "LE" | "BE"): string {
  const octets = address.split(".").map((octet) => upperHex(Number(octet), 2));
  return (byteOrder === "LE" ? octets.reverse() : octets).join("");
}

const octet = fc.integer({ min: 0, max: 255 });
export const u16: fc.Arbitrary<number> = fc.integer({ min: 0, max: 0xffff });
export const u32: fc.Arbitrary<number> = fc.integer({ min: 0, max: 0xffffffff });
export const address4: fc.Arbitrary<string> = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join("."));
const word = fc.oneof(fc.constant(0), fc.constant(0xffff), u32);
export const address6: fc.Arbitrary<string> = fc.tuple(word, word, word, word).map((words) => ipv6Text(...words));
/** Any name that the kernel takes for an interface, in ASCII. */
export const deviceName: fc.Arbitrary<string> = fc.stringMatching(/^[!-.0-9;-~]{1,15}$/);
export const macAddress: fc.Arbitrary<string> = fc
  .array(octet, { minLength: 1, maxLength: 20 })
  .map((octets) => octets.map((byte) => hex(byte, 2)).join(":"));

/** Prints rows as the kernel does, parses them, and expects to get them back. */
export function roundTrip<Row>(
  row: { readonly [Field in keyof Row]: fc.Arbitrary<Row[Field]> },
  print: (row: Row) => string,
  parse: (text: Uint8Array, options?: ParseOptions) => unknown,
  { header = "", ...options }: ParseOptions & { readonly header?: string } = {},
): void {
  const rows = fc.array(fc.record(row as { [Field in keyof Row]: fc.Arbitrary<Row[Field]> }));
  fc.assert(
    fc.property(rows, (expected) => {
      expect(parse(bytes(header + expected.map((one) => `${print(one as Row)}\n`).join("")), options)).toEqual(
        expected,
      );
    }),
    { numRuns: 60 },
  );
}
