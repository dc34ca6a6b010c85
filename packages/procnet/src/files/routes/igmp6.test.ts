import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import {
  address6,
  deviceName,
  digits6,
  pad,
  roundTrip,
  u16,
  u32,
  upperHex,
} from "../../../../../test/support/tables/print.ts";
import { MembershipFlags } from "../../codes/multicast.ts";
import { flagNames } from "../../codes/two-way.ts";
import { type Igmp6, parseIgmp6 } from "./igmp6.ts";

// Linux 6.18, beside `ip maddr`.
const CAPTURE = `1    lo              ff020000000000000000000000000001     1 0000000C 0
3    e0              ff050000000000000000000000010003     2 00000005 317
5    123456789012345 ff3e0000000000000000000080000001     1 00000004 0
`;

it("reads groups as ip maddr shows them", () => {
  const rows = parseIgmp6(bytes(CAPTURE));
  expect(rows[1]).toEqual({ ifIndex: 3, device: "e0", group: "ff05::1:3", users: 2, flags: 5, timer: 317 });
  expect(rows.map((row) => [row.device, row.group, flagNames(MembershipFlags, row.flags)])).toEqual([
    ["lo", "ff02::1", ["LOADED", "NOREPORT"]],
    ["e0", "ff05::1:3", ["TIMER_RUNNING", "LOADED"]],
    ["123456789012345", "ff3e::8000:1", ["LOADED"]],
  ]);
});

it("takes the huge timer of old kernels", () => {
  const text = bytes(CAPTURE.replace(" 317", " 184467440737095516"));
  expect(parseIgmp6(text)[1]?.timer).toBe(Number("184467440737095516"));
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<Igmp6>(
    { ifIndex: u16, device: deviceName, group: address6, users: u16, flags: u32, timer: u32 },
    (row) =>
      `${pad(row.ifIndex, -4)} ${pad(row.device, -15)} ${digits6(row.group)} ${pad(row.users, 5)} ${upperHex(row.flags, 8)} ${row.timer}`,
    parseIgmp6,
  );
});

describeBroken("igmp6", CAPTURE, parseIgmp6);
