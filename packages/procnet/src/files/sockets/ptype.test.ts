import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome, utf8Bytes } from "../../../../../test/support/tables/broken.ts";
import { EtherType } from "../../codes/ethertype.ts";
import { type PtypeEntry, parsePtype } from "./ptype.ts";

const HEADER = "Type Device      Function\n";
const CAPTURE = `${HEADER}ALL           packet_rcv
ALL  eth0     packet_rcv [af_packet]
0800          ip_rcv
0004          llc_rcv [llc]
86dd          ipv6_rcv
`;

it("reads receivers of all devices and of one", () => {
  const module = undefined;
  expect(parsePtype(bytes(CAPTURE))).toEqual([
    { type: EtherType.ALL, device: undefined, function: "packet_rcv", module },
    { type: EtherType.ALL, device: "eth0", function: "packet_rcv", module: "af_packet" },
    { type: EtherType.IP, device: undefined, function: "ip_rcv", module },
    { type: EtherType["802_2"], device: undefined, function: "llc_rcv", module: "llc" },
    { type: EtherType.IPV6, device: undefined, function: "ipv6_rcv", module },
  ]);
});

it.each([
  ["88cc 123456789012345 lldp_rcv", { type: 0x88cc, device: "123456789012345", function: "lldp_rcv" }],
  ["0806          arp_rcv+0x0/0x1a0", { device: undefined, function: "arp_rcv+0x0/0x1a0" }],
  ["0806          0xffffffff81234560", { device: undefined, function: "0xffffffff81234560", module: undefined }],
  ["0806 [x]      arp_rcv [a] b", { device: "[x]", function: "arp_rcv", module: "a", extra: ["b"] }],
  ["0806          arp_rcv b", { function: "arp_rcv", module: undefined, extra: ["b"] }],
  ["ALL  ALL      packet_rcv", { type: 3, device: "ALL", function: "packet_rcv" }],
  ["ALL  e\u2003x     packet_rcv", { type: 3, device: "e\u2003x", function: "packet_rcv" }],
])("reads %s", (row, expected) => {
  expect(parsePtype(utf8Bytes(`${HEADER}${row}\n`))).toEqual([expect.objectContaining(expected)]);
});

it.each([
  ["08000         ip_rcv", "Type"],
  [" 800          ip_rcv", "Type"],
  ["all           ip_rcv", "Type"],
  ["0800 eth0", "Function"],
  ["0800", "Function"],
  ["0800          ip_rcv [x", "module"],
])("refuses %j", (row, field) => {
  const { strict, kept } = outcome(parsePtype, bytes(`${CAPTURE}${row}\n`));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 7, field });
  expect(kept).toHaveLength(5);
});

it("gives back every row printed as the kernel prints it", () => {
  const symbol = fc.stringMatching(/^[a-z_][a-z0-9_]{0,30}$/);
  const entry: fc.Arbitrary<PtypeEntry> = fc.record({
    type: fc.nat(0xffff),
    device: fc.option(fc.stringMatching(/^[!-9;-~]{1,15}$/), { nil: undefined }),
    function: symbol,
    module: fc.option(symbol, { nil: undefined }),
  });
  const print = (row: PtypeEntry) =>
    `${row.type === 3 ? "ALL " : row.type.toString(16).padStart(4, "0")} ${(row.device ?? "").padEnd(8)} ` +
    `${row.function}${row.module === undefined ? "" : ` [${row.module}]`}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parsePtype(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("ptype", CAPTURE, parsePtype, { header: HEADER });
