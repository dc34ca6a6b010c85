import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackRows } from "../../../../../test/support/tables/stat.ts";
import { parseStatRtCache } from "./stat-rt-cache.ts";

const HEADER =
  "entries  in_hit   in_slow_tot in_slow_mc in_no_route in_brd   in_martian_dst in_martian_src out_hit  out_slow_tot out_slow_mc gc_total gc_ignored gc_goal_miss gc_dst_overflow in_hlist_search out_hlist_search\n";
const CAPTURE = `${HEADER}00000005 00000000 00000005    00000000   00000000    00000000 00000000       00000000       00000000 00000007     00000000    00000000 00000000   00000000     00000000        00000000        00000000
00000005 00000000 00000001    00000002   00000000    00000000 00000000       00000003       00000000 0000000a     00000000    00000000 00000000   00000000     00000000        00000000        00000000
`;
const FIELDS =
  "entries inHit inSlowTot inSlowMc inNoRoute inBrd inMartianDst inMartianSrc outHit outSlowTot outSlowMc " +
  "gcTotal gcIgnored gcGoalMiss gcDstOverflow inHlistSearch outHlistSearch";

it("reads a capture of Linux 6.18, one row a CPU", () => {
  const rows = parseStatRtCache(bytes(CAPTURE));
  const zeros = Object.fromEntries(FIELDS.split(" ").map((field) => [field, 0]));
  expect(rows).toEqual([
    { ...zeros, entries: 5, inSlowTot: 5, outSlowTot: 7 },
    { ...zeros, entries: 5, inSlowTot: 1, inSlowMc: 2, inMartianSrc: 3, outSlowTot: 10 },
  ]);
});

it("reads the blank at the end of an older kernel's lines, and headers without the last columns", () => {
  const blank = CAPTURE.replaceAll(/(\d)\n/g, "$1 \n");
  expect(parseStatRtCache(bytes(blank))).toEqual(parseStatRtCache(bytes(CAPTURE)));
  const short = CAPTURE.split("\n").map((line) => line.split(/ +/).slice(0, 11).join(" "));
  expect(parseStatRtCache(bytes(short.join("\n")))[1]).toMatchObject({ outSlowTot: 10, gcTotal: undefined });
});

itGivesBackRows({ parse: parseStatRtCache, header: HEADER, fields: FIELDS.split(" ") });
describeBroken("stat/rt_cache", CAPTURE, parseStatRtCache, { header: HEADER });
