import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { NetlinkProtocol } from "../../codes/netlink.ts";
import { nameOf } from "../../codes/two-way.ts";
import { type NetlinkNetEntry, parseNetlink } from "./netlink.ts";

const HEADER = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n";
/** A socket bound to groups 1 and 3 of ROUTE, one of GENERIC, both of process 25695, and one of the kernel. */
const CAPTURE = `${HEADER}000000008912ff9c 0   25695      00000005 0        0        0     2        0        1473012${" "}
00000000248cb626 0   0          00000000 0        0        0     2        0        1473705${" "}
00000000b35bf232 16  25695      00000000 0        0        0     2        0        1473013${" "}
000000007fe81fec 4   4294966411 00000000 4352     0        1     3        7        8       \n`;

it("reads sockets of programs and of the kernel", () => {
  const rows = parseNetlink(bytes(CAPTURE));
  expect(rows[0]).toEqual({
    sk: "000000008912ff9c",
    protocol: 0,
    portId: 25695,
    groups: 5,
    rmem: 0,
    wmem: 0,
    dump: false,
    refCount: 2,
    drops: 0,
    inode: 1473012,
  });
  expect(rows.map((row) => [nameOf(NetlinkProtocol, row.protocol), row.portId, row.inode])).toEqual([
    ["ROUTE", 25695, 1473012],
    ["ROUTE", 0, 1473705],
    ["GENERIC", 25695, 1473013],
    ["SOCK_DIAG", 4294966411, 8],
  ]);
  expect(rows[3]).toMatchObject({ rmem: 4352, dump: true, refCount: 3, drops: 7 });
});

it.each([
  [
    "2.6.31: a pointer for the dump, no inode",
    "sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks    Drops\n",
    "f7a3c000 0   -4099  00000011 0        0        f6c41a80 2        3       \n",
    { sk: "f7a3c000", portId: 4294963197, groups: 0x11, dump: true, refCount: 2, drops: 3, inode: undefined },
  ],
  [
    "3.10: a pointer of zeros, which tells nothing",
    "sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks     Drops     Inode\n",
    "0000000000000000 15  0      00000000 0        0        0000000000000000 2        0        7       \n",
    { protocol: 15, dump: undefined, inode: 7 },
  ],
  [
    "a pointer of zeros as text",
    "sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks\n",
    "f7a3c000 0   0      00000000 0        0        (null)   2\n",
    { dump: undefined, refCount: 2, drops: undefined, inode: undefined },
  ],
  [
    "early boot, and columns of a later kernel",
    "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Flags Inode\n",
    "(____ptrval____) 31  0          00000000 0        0        0     2        0        x1 8 y z\n",
    { sk: "(____ptrval____)", protocol: 31, inode: 8, otherColumns: { Flags: "x1" }, extra: ["y", "z"] },
  ],
])("reads %s", (_name, header, row, expected) => {
  expect(parseNetlink(bytes(header + row))).toEqual([expect.objectContaining(expected)]);
});

it("reports a bad row and keeps the others", () => {
  const { strict, kept, issues } = outcome(parseNetlink, bytes(CAPTURE.replace(" 16 ", " x6 ")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 4, field: "Eth" });
  expect(issues).toHaveLength(1);
  expect(kept).toHaveLength(3);
});

it("gives back every row printed as the kernel prints it", () => {
  const word = fc.nat(0xffffffff);
  const size = fc.nat(0x7fffffff);
  const entry: fc.Arbitrary<NetlinkNetEntry> = fc.record({
    sk: word.map((value) => value.toString(16).padStart(16, "0")),
    protocol: fc.nat(31),
    portId: word,
    groups: word,
    rmem: size,
    wmem: size,
    dump: fc.boolean(),
    refCount: size,
    drops: word,
    inode: fc.maxSafeNat(),
  });
  const print = (row: NetlinkNetEntry) =>
    `${row.sk} ${String(row.protocol).padEnd(3)} ${String(row.portId).padEnd(10)} ` +
    `${row.groups.toString(16).padStart(8, "0")} ${String(row.rmem).padEnd(8)} ${String(row.wmem).padEnd(8)} ` +
    `${(row.dump ? "1" : "0").padEnd(5)} ${String(row.refCount).padEnd(8)} ${String(row.drops).padEnd(8)} ` +
    `${String(row.inode).padEnd(8)}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parseNetlink(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("netlink", CAPTURE, parseNetlink, { header: HEADER });
