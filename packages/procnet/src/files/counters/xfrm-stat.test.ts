import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackCounters, mibText } from "../../../../../test/support/tables/mib.ts";
import { parseXfrmStat } from "./xfrm-stat.ts";

/** Linux 2.6.32, the numbers made up. */
const OLD = { XfrmInError: 0, XfrmInBufferError: 0, XfrmInHdrError: 3, XfrmInNoStates: 17, XfrmOutPolError: 1 };
const TEXT = mibText(OLD, 24);

it("reads counters, and those that nobody knows", () => {
  const stat = parseXfrmStat(bytes(`${TEXT}XfrmInIptfsError        \t5\nXfrmNewInSixYears       \t6\n`));
  expect(stat).toEqual({ ...OLD, XfrmInIptfsError: 5, XfrmNewInSixYears: 6 });
  expect(stat.XfrmInNoStates).toBe(17);
  expect(stat.XfrmFwdHdrError).toBeUndefined();
});

it("reads a capture of Linux 6.18", () => {
  const capture = "XfrmInError             \t0\nXfrmOutBundleCheckError \t0\nXfrmOutNoQueueSpace     \t0\n";
  expect(parseXfrmStat(bytes(capture))).toEqual({ XfrmInError: 0, XfrmOutBundleCheckError: 0, XfrmOutNoQueueSpace: 0 });
});

it("reports a bad line and keeps the others", () => {
  const { strict, kept } = outcome(parseXfrmStat, bytes(TEXT.replace("\t17", "\tx17")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 4, field: "XfrmInNoStates" });
  expect(kept).toEqual({ XfrmInError: 0, XfrmInBufferError: 0, XfrmInHdrError: 3, XfrmOutPolError: 1 });
});

itGivesBackCounters(parseXfrmStat, 24);
describeBroken("xfrm_stat", TEXT, parseXfrmStat);
