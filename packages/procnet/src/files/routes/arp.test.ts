import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { type ArpEntry, parseArp } from "./arp.ts";

const HEADER = "IP address       HW type     Flags       HW address            Mask     Device\n";
const CAPTURE = `${HEADER}192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
10.9.0.10        0x1         0xc         00:00:00:00:00:00     *        123456789012345
10.9.0.11        0x0         0xc         00:00:00:00:00:00     *        *
10.9.0.12        0x1         0x0         00:00:00:00:00:00     *        eth0
0.0.0.0          0xfffe      0x6                               *        tun7
`;

it("reads neighbours, proxy entries and devices without hardware addresses", () => {
  const mask = "*";
  expect(parseArp(bytes(CAPTURE))).toEqual([
    { ipAddress: "192.0.2.1", hwType: 1, flags: 2, hwAddress: "02:fc:00:00:00:05", mask, device: "eth0" },
    { ipAddress: "10.9.0.10", hwType: 1, flags: 12, hwAddress: undefined, mask, device: "123456789012345" },
    { ipAddress: "10.9.0.11", hwType: 0, flags: 12, hwAddress: undefined, mask, device: "*" },
    { ipAddress: "10.9.0.12", hwType: 1, flags: 0, hwAddress: undefined, mask, device: "eth0" },
    { ipAddress: "0.0.0.0", hwType: 0xfffe, flags: 6, hwAddress: undefined, mask, device: "tun7" },
  ]);
});

it("takes hardware addresses of any length and the unpadded column of kernels up to 3.10", () => {
  const text = `${HEADER}10.0.0.1         0x20        0x2         80:00:00:48:fe:80:00:00:00     *        ib0\n`;
  expect(parseArp(bytes(text))[0]).toMatchObject({
    hwType: 32,
    hwAddress: "80:00:00:48:fe:80:00:00:00",
    device: "ib0",
  });
});

it("does not split names at Unicode spaces", () => {
  const text = new TextEncoder().encode(
    `${HEADER}10.0.0.1         0x1         0x2         02:00:00:00:00:01     *        e\u2003x\n`,
  );
  expect(parseArp(text)[0]?.device).toBe("e\u2003x");
});

it("gives back every row printed as the kernel prints it", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const entry: fc.Arbitrary<ArpEntry> = fc.record({
    ipAddress: fc.tuple(octet, octet, octet, octet).map((parts) => parts.join(".")),
    hwType: fc.integer({ min: 0, max: 0xffff }),
    flags: fc.constantFrom(2, 6),
    hwAddress: fc.option(
      fc
        .array(octet, { minLength: 1, maxLength: 9 })
        .map((parts) => parts.map((part) => part.toString(16).padStart(2, "0")).join(":")),
      { nil: undefined },
    ),
    mask: fc.constant("*"),
    device: fc.stringMatching(/^[!-9;-~]{1,15}$/),
  });
  const print = (row: ArpEntry) =>
    `${row.ipAddress.padEnd(16)} 0x${row.hwType.toString(16).padEnd(10)}0x${row.flags.toString(16).padEnd(10)}` +
    `${(row.hwAddress ?? "").padEnd(17)}     *        ${row.device}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parseArp(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("arp", CAPTURE, parseArp, { header: HEADER });
