import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { parseStatNfFlowtable, type StatNfFlowtable } from "./stat-nf-flowtable.ts";

const HEADER = "wq_add   wq_del   wq_stats\n";
const TEXT = `${HEADER}      12        3        0\n      -2        0       10\n`;

it("reads decimal numbers, which can be negative", () => {
  expect(parseStatNfFlowtable(bytes(TEXT))).toEqual([
    { wqAdd: 12, wqDel: 3, wqStats: 0 },
    { wqAdd: -2, wqDel: 0, wqStats: 10 },
  ]);
});

it("gives back every row printed as the kernel prints it", () => {
  const entry: fc.Arbitrary<StatNfFlowtable> = fc.record({
    wqAdd: fc.integer(),
    wqDel: fc.integer(),
    wqStats: fc.integer(),
  });
  const print = (row: StatNfFlowtable) =>
    `${[row.wqAdd, row.wqDel, row.wqStats].map((value) => String(value).padStart(8)).join(" ")}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parseStatNfFlowtable(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("stat/nf_flowtable", TEXT, parseStatNfFlowtable, { header: HEADER });
