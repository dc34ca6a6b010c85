import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { EtherType } from "../../codes/ethertype.ts";
import { nameOf } from "../../codes/two-way.ts";
import { SocketType } from "../../codes/unix.ts";
import { type PacketNetEntry, parsePacket } from "./packet.ts";

const HEADER = "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n";
/** A socket for all frames, one for IPv4 on interface 2, and one that only sends. */
const CAPTURE = `${HEADER}00000000d8f283e0 3      3    0003   0     1 0      0      1473009
00000000e675d2c7 3      2    0800   2     1 0      0      1473010
00000000aab84fdb 2      3    0000   0     0 0      0      1473011\n`;

it("reads sockets of every kind", () => {
  const rows = parsePacket(bytes(CAPTURE));
  expect(rows[1]).toEqual({
    sk: "00000000e675d2c7",
    refCount: 3,
    type: 2,
    protocol: 0x800,
    ifIndex: 2,
    running: true,
    rmem: 0,
    uid: 0,
    inode: 1473010,
  });
  expect(
    rows.map((row) => [nameOf(SocketType, row.type), nameOf(EtherType, row.protocol), row.running, row.inode]),
  ).toEqual([
    ["RAW", "ALL", true, 1473009],
    ["DGRAM", "IP", true, 1473010],
    ["RAW", "UNKNOWN(0)", false, 1473011],
  ]);
});

it("reads 32-bit kernels, hidden pointers and columns of a later kernel", () => {
  const text = `sk       RefCnt Type Proto  Iface R Rmem   User   Inode  Fanout
f7a3c000 3      10   88cc   4     1 2304   -2     77     9
00000000 3      10   88cc   4     1 2304   -2     77     9 more\n`;
  const rows = parsePacket(bytes(text));
  expect(rows[0]).toMatchObject({ sk: "f7a3c000", type: SocketType.PACKET, protocol: EtherType.LLDP, uid: 4294967294 });
  expect(rows[0]).toMatchObject({ rmem: 2304, inode: 77, otherColumns: { Fanout: "9" } });
  expect(rows[1]).toMatchObject({ sk: "00000000", extra: ["more"] });
});

it("reports a bad row and keeps the others", () => {
  const { strict, kept, issues } = outcome(parsePacket, bytes(CAPTURE.replace("0800", "08x0")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 3, field: "Proto" });
  expect(issues).toHaveLength(1);
  expect(kept).toHaveLength(2);
});

it("gives back every row printed as the kernel prints it", () => {
  const entry: fc.Arbitrary<PacketNetEntry> = fc.record({
    sk: fc.nat(0xffffffff).map((value) => value.toString(16).padStart(16, "0")),
    refCount: fc.nat(0x7fffffff),
    type: fc.constantFrom(2, 3, 10),
    protocol: fc.nat(0xffff),
    ifIndex: fc.nat(0x7fffffff),
    running: fc.boolean(),
    rmem: fc.nat(0xffffffff),
    uid: fc.nat(0xffffffff),
    inode: fc.maxSafeNat(),
  });
  const print = (row: PacketNetEntry) =>
    `${row.sk} ${String(row.refCount).padEnd(6)} ${String(row.type).padEnd(4)} ` +
    `${row.protocol.toString(16).padStart(4, "0")}   ${String(row.ifIndex).padEnd(5)} ${row.running ? 1 : 0} ` +
    `${String(row.rmem).padEnd(6)} ${String(row.uid).padEnd(6)} ${String(row.inode).padEnd(6)}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parsePacket(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("packet", CAPTURE, parsePacket, { header: HEADER });
