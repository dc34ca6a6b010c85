import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { inRange, parseAddressRange } from "./address-range.ts";

const v4 = fc.ipV4();
// Not `::192.0.2.1` (RFC 4291 section 2.5.5.1, deprecated), which ipaddr.js takes for a mapped address.
const v6 = fc.ipV6().filter((text) => !/^::[\d.]+$/.test(text));
const mapped = v4.map((address) => `::ffff:${address}`);
const any = fc.oneof(v4, v6, mapped);

/** The sixteen bytes of an address by the oracle, IPv4 as mapped. */
function bytesOf(text: string): number[] {
  const address = ipaddr.parse(text);
  return (address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address).toByteArray();
}

/**
 * Whether the first bits of two addresses agree by the oracle. An address of IPv4 is in no range of IPv6 for the kernel
 * (inet_diag_bc_run), and for us in those of mapped addresses alone (RFC 4291 section 2.5.5.2).
 */
function contains(range: string, length: number, address: string): boolean {
  if (range.includes(":") && length < 96 && !address.includes(":")) return false;
  const bits = range.includes(":") ? length : 96 + length;
  return new ipaddr.IPv6(bytesOf(address)).match(new ipaddr.IPv6(bytesOf(range)), bits);
}

/** Changes some of the last bits, so that about half of all pairs agree in their prefix. */
function near(text: string, bit: number): string {
  const bytes = bytesOf(text);
  bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
  return new ipaddr.IPv6(bytes).toNormalizedString();
}

describe("parseAddressRange", () => {
  it("reads addresses and ranges", () => {
    expect(parseAddressRange("10.0.0.0/8")?.bits).toBe(104);
    expect(parseAddressRange("192.0.2.1")?.bits).toBe(128);
    expect(parseAddressRange("fe80::/10")?.bits).toBe(10);
    expect(parseAddressRange("::/0")?.bits).toBe(0);
    expect(parseAddressRange("::1")?.bits).toBe(128);
    expect([...parseAddressRange("::ffff:192.0.2.1")!.bytes]).toEqual([...parseAddressRange("192.0.2.1")!.bytes]);
  });

  it.each([
    ...["", "/", "/8", "localhost", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/8 "],
    ...[
      "10.0.0",
      "10.0.0.0.0",
      "10.0.0.256",
      "010.0.0.1",
      "10..0.1",
      " 10.0.0.1",
      "0x0a.0.0.1",
      "10.0.0.1/0x8",
      "1e1.0.0.0",
    ],
    ...[":", ":::", "1::2::3", "::12345", "::g", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2:3:4:5:6:7:8", "::1%eth0"],
    ...["::1.2.3", "::1.2.3.4.5", "1.2.3.4::", "1.2.3.4::1", "1:2:3:4:5:6:7:1.2.3.4", "::ffff:1.2.3.4:5", "1:", ":1"],
    ...["٣::1", "１.2.3.4", "::/１"],
  ])("refuses %j", (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });

  it("accepts what ipaddr.js does, with the same bytes", () => {
    fc.assert(
      fc.property(any, (text) => {
        expect([...parseAddressRange(text)!.bytes]).toEqual(bytesOf(text));
      }),
    );
  });

  it("accepts no text that ipaddr.js refuses", () => {
    const junk = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."0123456789abcdefF.:/ %"), maxLength: 24 }),
      fc
        .tuple(any, fc.nat(40), fc.constantFrom(..."0:./g"))
        .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at)),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const address = text.split("/")[0]!;
        if (parseAddressRange(text) !== undefined) expect(ipaddr.isValid(address), text).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("inRange", () => {
  it("agrees with ipaddr.js on addresses of both families, near ones too", () => {
    const length = fc.nat(128);
    fc.assert(
      fc.property(any, length, any, fc.nat(127), fc.boolean(), (base, wanted, other, bit, isNear) => {
        const bits = Math.min(wanted, base.includes(":") ? 128 : 32);
        const address = isNear ? near(base, bit) : other;
        expect(inRange(parseAddressRange(`${base}/${bits}`)!, address)).toBe(contains(base, bits, address));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["::ffff:10.0.0.0/104", "10.1.2.3", true],
    ["0.0.0.0/0", "::1", false],
    ["fe80::/10", "febf::1", true],
    ["fe80::/10", "fec0::1", false],
    ["10.1.2.3/8", "10.9.9.9", true],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["::1", "::1", true],
    ["::1", "no address", false],
    ["::/0", "10.1.2.3", false],
    ["::/0", "::ffff:10.1.2.3", true],
    ["::/1", "0.0.0.0", false],
    ["::/80", "10.1.2.3", false],
    ["::ffff:0:0/95", "10.1.2.3", false],
    ["::ffff:0:0/95", "::ffff:10.1.2.3", true],
    ["::ffff:0:0/96", "10.1.2.3", true],
    ["::ffff:0:0/97", "10.1.2.3", true],
    ["::ffff:0:0/97", "192.0.2.1", false],
    ["::fffe:0:0/96", "10.1.2.3", false],
    ["::/96", "0.0.0.1", false],
    ["0.0.0.0/0", "::ffff:10.1.2.3", true],
    ["0.0.0.0/0", "10.1.2.3", true],
    ["0.0.0.0/0", "::10.1.2.3", false],
    ["::192.0.2.1", "::c000:201", true],
    ["::192.0.2.1", "192.0.2.1", false],
  ])("%s with %s: %s", (range, address, expected) => {
    expect(inRange(parseAddressRange(range)!, address)).toBe(expected);
  });
});
