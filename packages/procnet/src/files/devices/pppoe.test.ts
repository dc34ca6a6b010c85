import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { deviceName, pad, roundTrip, u16, upperHex } from "../../../../../test/support/tables/print.ts";
import { type Pppoe, parsePppoe } from "./pppoe.ts";

const HEADER = "Id       Address              Device\n";
const TEXT = `${HEADER}00001200 02:00:00:00:00:01     eth0\n0000FF01 02:00:00:00:00:02 123456789012345\n`;

it("reads session ids as they are on the wire, in either byte order", () => {
  const rest = { address: "02:00:00:00:00:01", device: "eth0" };
  expect(parsePppoe(bytes(TEXT), { byteOrder: "LE" })[0]).toEqual({ sessionId: 0x12, ...rest });
  expect(parsePppoe(bytes(TEXT.replace("1200", "0012")), { byteOrder: "BE" })[0]).toEqual({ sessionId: 0x12, ...rest });
  expect(() => parsePppoe(bytes(TEXT.replace("00001200", "00011200")))).toThrow("16 bits");
});

it("gives back every row printed as the kernel prints it", () => {
  const octet = fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, "0"));
  const address = fc.array(octet, { minLength: 6, maxLength: 6 }).map((octets) => octets.join(":"));
  roundTrip<Pppoe>(
    { sessionId: u16, address, device: deviceName },
    (row) => `${upperHex(((row.sessionId & 255) << 8) | (row.sessionId >> 8), 8)} ${row.address} ${pad(row.device, 8)}`,
    parsePppoe,
    { header: HEADER, byteOrder: "LE" },
  );
});

describeBroken("pppoe", TEXT, parsePppoe, { header: HEADER });
