import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, it } from "vitest";
import { ipv4Text, ipv6Text } from "./address.ts";
import { HOST_BYTE_ORDER, swap32 } from "./byte-order.ts";

type Words = readonly [number, number, number, number];

/** Words as they occur: many zeros, so that runs of all lengths and places come up. */
const word = fc.oneof(fc.constantFrom(0, 1, 0xffff, 0x10000, 0xffff0000), fc.nat(0xffffffff));
const words: fc.Arbitrary<Words> = fc.tuple(word, word, word, word);

const octets = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

it("writes IPv4 addresses as ipaddr.js does, from numbers of either sign", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (value) => {
      const expected = new ipaddr.IPv4(octets(value)).toString();
      expect(ipv4Text(value)).toBe(expected);
      expect(ipv4Text(value | 0)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it("writes IPv6 addresses as RFC 5952 does by way of ipaddr.js, and reads back as the same bytes", () => {
  fc.assert(
    fc.property(words, (value) => {
      const address = new ipaddr.IPv6(value.flatMap(octets));
      const text = ipv6Text(...value);
      expect(ipaddr.IPv6.parse(text).toByteArray()).toEqual(address.toByteArray());
      if (address.isIPv4MappedAddress()) expect(text).toBe(`::ffff:${address.toIPv4Address().toString()}`);
      else expect(text).toBe(address.toRFC5952String());
      expect(ipv6Text(value[0] | 0, value[1] | 0, value[2] | 0, value[3] | 0)).toBe(text);
    }),
    { numRuns: 3000 },
  );
});

it("shortens the first of the longest runs, and no single group", () => {
  const cases: readonly (readonly [Words, string])[] = [
    [[0, 0, 0, 0], "::"],
    [[0, 0, 0, 1], "::1"],
    [[0x10000, 0, 0, 0], "1::"],
    [[0x20010db8, 0, 0x00010000, 0x00000001], "2001:db8::1:0:0:1"],
    [[0x20010db8, 0x00000001, 0x00010001, 0x00010001], "2001:db8:0:1:1:1:1:1"],
    [[0x20010db8, 0, 0, 0x00010001], "2001:db8::1:1"],
    [[0x00010000, 0x00000002, 0x00000000, 0x00000003], "1:0:0:2::3"],
    [[0xfe800000, 0, 0x088bd2ff, 0xfe44d57a], "fe80::88b:d2ff:fe44:d57a"],
    [[0, 0, 0xffff, 0xc0000201], "::ffff:192.0.2.1"],
    [[0, 0, 0, 0xc0000201], "::c000:201"],
    [[0, 1, 0xffff, 0xc0000201], "::1:0:ffff:c000:201"],
  ];
  for (const [value, text] of cases) expect(ipv6Text(...value)).toBe(text);
});

it("does not mix up addresses that share a place in its memory", () => {
  const many = Array.from({ length: 20000 }, (_, index) => Math.imul(index, 0x01000193) >>> 0);
  for (const value of many) ipv4Text(value);
  for (const value of many) expect(ipv4Text(value)).toBe(octets(value).join("."));
  for (const value of many) {
    expect(ipv6Text(0x20010db8, 0, 0, value)).toBe(
      new ipaddr.IPv6([0x20010db8, 0, 0, value].flatMap(octets)).toRFC5952String(),
    );
  }
});

it("swaps the bytes of a word", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (value) => {
      expect(octets(swap32(value))).toEqual(octets(value).reverse());
      expect(swap32(swap32(value)) >>> 0).toBe(value);
    }),
  );
  const view = new DataView(new Uint32Array([1]).buffer);
  expect(HOST_BYTE_ORDER).toBe(view.getUint8(0) === 1 ? "LE" : "BE");
});
