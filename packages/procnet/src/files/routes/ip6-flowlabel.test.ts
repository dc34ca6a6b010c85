import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { address6, digits6, pad, roundTrip, u16, u32, upperHex } from "../../../../../test/support/tables/print.ts";
import { FlowLabelShare } from "../../codes/flowlabel.ts";
import { nameOf } from "../../codes/two-way.ts";
import { type Ip6Flowlabel, parseIp6Flowlabel } from "./ip6-flowlabel.ts";

const HEADER = "Label S Owner  Users  Linger Expires  Dst                              Opt\n";
// Linux 6.18: labels taken with IPV6_FLOWLABEL_MGR; the last row is of an expired label of anybody.
const CAPTURE = `${HEADER}00007 3 0      1      6      19       20010db8000000000000000000000003 0${"   "}
12345 1 0      1      6      19       20010db8000000000000000000000001 0${"   "}
0BEEF 2 17118  1      6      19       20010db8000000000000000000000002 0${"   "}
ABCDE 255 0      0      6      -3       00000000000000000000000000000000 8${"   "}
`;

it("reads labels and who may use them", () => {
  const rows = parseIp6Flowlabel(bytes(CAPTURE));
  expect(rows[2]).toEqual({
    label: 0xbeef,
    share: FlowLabelShare.PROCESS,
    owner: 17118,
    users: 1,
    linger: 6,
    expires: 19,
    destination: "2001:db8::2",
    optLength: 0,
  });
  expect(rows.map((row) => nameOf(FlowLabelShare, row.share))).toEqual(["USER", "EXCL", "PROCESS", "ANY"]);
  expect(rows[3]).toMatchObject({ label: 0xabcde, expires: -3, destination: "::", optLength: 8 });
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<Ip6Flowlabel>(
    {
      label: fc.integer({ min: 0, max: 0xfffff }),
      share: fc.constantFrom(0, 1, 2, 3, 255),
      owner: u32,
      users: u16,
      linger: u16,
      expires: fc.integer(),
      destination: address6,
      optLength: u16,
    },
    (row) =>
      `${upperHex(row.label, 5)} ${row.share} ${pad(row.owner, -6)} ${pad(row.users, -6)} ${pad(row.linger, -6)} ` +
      `${pad(row.expires, -8)} ${digits6(row.destination)} ${pad(row.optLength, -4)}`,
    parseIp6Flowlabel,
    { header: HEADER },
  );
});

describeBroken("ip6_flowlabel", CAPTURE, parseIp6Flowlabel, { header: HEADER });
