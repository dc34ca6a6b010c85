import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import {
  address4,
  address6,
  deviceName,
  digits4,
  digits6,
  pad,
  roundTrip,
  u16,
  u32,
} from "../../../../../test/support/tables/print.ts";
import { type Mcfilter, parseMcfilter, parseMcfilter6 } from "./mcfilter.ts";

// Linux 6.18: sockets that took source 198.51.100.7, refused 198.51.100.8, and took 2001:db8::99.
const HEADER = "Idx Device        MCA        SRC    INC    EXC\n";
const CAPTURE = `${HEADER}  3     e0 0xe8010101 0xc6336407      1      0
  3     e0 0xef010203 0xc6336408      0      1
`;
const HEADER6 = "Idx Device                Multicast Address                   Source Address    INC    EXC\n";
const CAPTURE6 = `${HEADER6}  5 123456 ff3e0000000000000000000080000001 20010db8000000000000000000000099      1      0
`;

it("reads groups and sources, the same in either byte order", () => {
  const e0 = { ifIndex: 3, device: "e0" };
  for (const byteOrder of ["LE", "BE"] as const) {
    expect(parseMcfilter(bytes(CAPTURE), { byteOrder })).toEqual([
      { ...e0, group: "232.1.1.1", source: "198.51.100.7", include: 1, exclude: 0 },
      { ...e0, group: "239.1.2.3", source: "198.51.100.8", include: 0, exclude: 1 },
    ]);
  }
  expect(parseMcfilter6(bytes(CAPTURE6))).toEqual([
    { ifIndex: 5, device: "123456", group: "ff3e::8000:1", source: "2001:db8::99", include: 1, exclude: 0 },
  ]);
});

it.each([
  [parseMcfilter, CAPTURE.replace("0xe8010101", "0xe801010g"), "MCA"],
  [parseMcfilter6, CAPTURE6.replace("20010db8", "20010db"), "SRC"],
])("names the field of a bad row", (parse, text, field) => {
  expect(outcome(parse, bytes(text)).strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
});

it("gives back every row printed as the kernel prints it", () => {
  const rest = { ifIndex: u16, device: deviceName.map((name) => name.slice(0, 6)), include: u32, exclude: u32 };
  const print = (row: Mcfilter, digits: (address: string) => string) =>
    `${pad(row.ifIndex, 3)} ${pad(row.device, 6)} ${digits(row.group)} ${digits(row.source)} ${pad(row.include, 6)} ${pad(row.exclude, 6)}`;
  roundTrip<Mcfilter>(
    { ...rest, group: address4, source: address4 },
    (row) => print(row, (address) => `0x${digits4(address, "BE").toLowerCase()}`),
    parseMcfilter,
    { header: HEADER },
  );
  const v6 = { ...rest, group: address6, source: address6 };
  roundTrip<Mcfilter>(v6, (row) => print(row, digits6), parseMcfilter6, { header: HEADER6 });
});

describeBroken("mcfilter", CAPTURE, parseMcfilter, { header: HEADER });
describeBroken("mcfilter6", CAPTURE6, parseMcfilter6, { header: HEADER6 });
