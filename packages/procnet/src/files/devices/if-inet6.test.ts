import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { address6, deviceName, digits6, hex, pad, roundTrip, u16 } from "../../../../../test/support/tables/print.ts";
import { AddressFlags, Inet6Scope } from "../../codes/if-inet6.ts";
import { flagNames, nameOf } from "../../codes/two-way.ts";
import { type IfInet6, parseIfInet6 } from "./if-inet6.ts";

// Linux 6.18; 2001:db8:1::7 was added with preferred_lft 0, 2001:db8::5 with nodad.
const CAPTURE = `fe80000000000000acbd1bfffe51fa80 04 40 20 80     face
20010db8000000000000000000000005 03 40 00 82       e0
fe80000000000000305f3cfffe0bbfcb 0a 40 20 80 123456789012345
00000000000000000000000000000001 01 80 10 80       lo
20010db8000100000000000000000007 10a 40 00 a0 123456789012345
`;

it("reads addresses as ip -6 addr shows them", () => {
  const rows = parseIfInet6(bytes(CAPTURE));
  expect(rows[0]).toEqual({
    address: "fe80::acbd:1bff:fe51:fa80",
    ifIndex: 4,
    prefixLength: 64,
    scope: 0x20,
    flags: 0x80,
    device: "face",
  });
  const shown = rows.map((row) => [
    `${row.address}/${row.prefixLength}`,
    row.ifIndex,
    nameOf(Inet6Scope, row.scope),
    flagNames(AddressFlags, row.flags).join(" "),
  ]);
  expect(shown).toEqual([
    ["fe80::acbd:1bff:fe51:fa80/64", 4, "LINK", "PERMANENT"],
    ["2001:db8::5/64", 3, "GLOBAL", "NODAD PERMANENT"],
    ["fe80::305f:3cff:fe0b:bfcb/64", 10, "LINK", "PERMANENT"],
    ["::1/128", 1, "HOST", "PERMANENT"],
    ["2001:db8:1::7/64", 266, "GLOBAL", "DEPRECATED PERMANENT"],
  ]);
});

it("takes the whole word of flags that old kernels print", () => {
  const [row] = parseIfInet6(bytes("20010db8000000000000000000000005 03 40 00 301     eth0\n"));
  expect(flagNames(AddressFlags, row?.flags ?? 0)).toEqual(["TEMPORARY", "MANAGETEMPADDR", "NOPREFIXROUTE"]);
  expect([AddressFlags.SECONDARY, Inet6Scope[0x40], Inet6Scope.COMPATV4]).toEqual([1, "SITE", 0x80]);
});

it("does not split names at Unicode spaces", () => {
  const text = utf8Bytes("20010db8000000000000000000000005 03 40 00 80   e\u2003\ufeff\n");
  expect(parseIfInet6(text)[0]?.device).toBe("e\u2003\ufeff");
});

it.each([
  ["address", "20010db8", "2001:db8"],
  ["address", "20010db8", "20010dbg"],
  ["prefix length", " 40 00 82", " 81 00 82"],
])("names the field %s of a bad row", (field, from, to) => {
  const { strict, kept, issues } = outcome(parseIfInet6, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
  expect(issues).toHaveLength(1);
  expect(kept).toHaveLength(4);
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<IfInet6>(
    {
      address: address6,
      ifIndex: u16,
      prefixLength: fc.integer({ min: 0, max: 128 }),
      scope: fc.constantFrom(0, 0x10, 0x20, 0x40, 0x80),
      flags: u16,
      device: deviceName,
    },
    (row) =>
      `${digits6(row.address)} ${[row.ifIndex, row.prefixLength, row.scope, row.flags].map((value) => hex(value, 2)).join(" ")} ${pad(row.device, 8)}`,
    parseIfInet6,
  );
});

describeBroken("if_inet6", CAPTURE, parseIfInet6);
