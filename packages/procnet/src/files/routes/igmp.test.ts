import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import {
  address4,
  deviceName,
  digits4,
  pad,
  roundTrip,
  u16,
  upperHex,
} from "../../../../../test/support/tables/print.ts";
import { type Igmp, parseIgmp } from "./igmp.ts";

const HEADER = "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n";
// Linux 6.18, beside `ip maddr`.
const CAPTURE = `${HEADER}3	e0        :     2      V3
				010101E8     1 0:00000000		0
				030201EF     2 1:000003E8		1
5	123456789012345:     1      V2
				050505EF     1 0:00000000		0
6	1234567890:     1    NONE
				010000E0     1 0:00000000		0
`;

it("gives each group with its device", () => {
  const rows = parseIgmp(bytes(CAPTURE), { byteOrder: "LE" });
  const e0 = { ifIndex: 3, device: "e0", count: 2, querier: "V3" };
  expect(rows.slice(0, 2)).toEqual([
    { ...e0, group: "232.1.1.1", users: 1, timerRunning: false, timer: 0, reporter: 0 },
    { ...e0, group: "239.1.2.3", users: 2, timerRunning: true, timer: 1000, reporter: 1 },
  ]);
  expect(rows.slice(2).map((row) => [row.ifIndex, row.device, row.querier, row.group])).toEqual([
    [5, "123456789012345", "V2", "239.5.5.5"],
    [6, "1234567890", "NONE", "224.0.0.1"],
  ]);
});

it("reads the groups of a big-endian machine, and names that hold colons", () => {
  const text = `${HEADER}3\teth0:1:   :     1      V3\n\t\t\t\tE0000001     1 0:00000000\t\t0\n`;
  expect(parseIgmp(bytes(text), { byteOrder: "BE" })).toMatchObject([{ device: "eth0:1:", group: "224.0.0.1" }]);
});

it("gives the groups of a bad device to no other", () => {
  const { strict, kept, issues } = outcome(parseIgmp, bytes(CAPTURE.replace("5\t12345", "x\t12345")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field: "Idx", line: 5 });
  expect(issues.map((issue) => issue.line)).toEqual([5, 6]);
  expect(kept).toHaveLength(3);
});

it.each([
  ["Device", "e0        :", "e0         "],
  ["Device", "5:     1", "5      1"],
  ["Timer", "1:000003E8", "1000003E8"],
  ["Group", "010101E8", "1010101E8"],
])("names the field %s of a bad line", (field, from, to) => {
  expect(outcome(parseIgmp, bytes(CAPTURE.replace(from, to))).strict).toMatchObject({ code: "ERR_PARSE", field });
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<Igmp>(
    {
      ifIndex: u16,
      device: deviceName,
      count: u16,
      querier: fc.constantFrom("V1", "V2", "V3", "NONE"),
      group: address4,
      users: u16,
      timerRunning: fc.boolean(),
      timer: fc.nat(),
      reporter: fc.integer({ min: 0, max: 1 }),
    },
    (row) =>
      `${row.ifIndex}\t${pad(row.device, -10)}: ${pad(row.count, 5)} ${pad(row.querier, 7)}\n` +
      `\t\t\t\t${digits4(row.group, "LE")} ${pad(row.users, 5)} ${Number(row.timerRunning)}:${upperHex(row.timer, 8)}\t\t${row.reporter}`,
    parseIgmp,
    { header: HEADER, byteOrder: "LE" },
  );
});

describeBroken("igmp", CAPTURE, parseIgmp, { header: HEADER });
