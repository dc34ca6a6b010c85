import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { address6, deviceName, digits6, pad, roundTrip, u16 } from "../../../../../test/support/tables/print.ts";
import { type Anycast6, parseAnycast6 } from "./anycast6.ts";

// Linux 6.18: a socket joined 2001:db8:: on e0.
const CAPTURE = `3    e0              20010db8000000000000000000000000     1
12   123456789012345 20010db8000000010000000000000000     2
`;

it("reads addresses of interfaces", () => {
  expect(parseAnycast6(bytes(CAPTURE))).toEqual([
    { ifIndex: 3, device: "e0", address: "2001:db8::", users: 1 },
    { ifIndex: 12, device: "123456789012345", address: "2001:db8:0:1::", users: 2 },
  ]);
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<Anycast6>(
    { ifIndex: u16, device: deviceName, address: address6, users: u16 },
    (row) => `${pad(row.ifIndex, -4)} ${pad(row.device, -15)} ${digits6(row.address)} ${pad(row.users, 5)}`,
    parseAnycast6,
  );
});

describeBroken("anycast6", CAPTURE, parseAnycast6);
