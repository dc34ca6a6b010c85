import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parsePsched } from "./psched.ts";

const CAPTURE = "000003e8 00000040 000f4240 3b9aca00\n";

it("reads the line of four numbers, and those of a later kernel", () => {
  const psched = { nsecPerUsec: 1000, nsecPerTick: 64, clockResolution: 1e6, timerResolution: 1e9 };
  expect(parsePsched(bytes(CAPTURE))).toEqual(psched);
  expect(parsePsched(bytes("000003e8 000003e8 000f4240 00000064\n"))?.timerResolution).toBe(100);
  expect(parsePsched(bytes(CAPTURE.replace("\n", " 7\n")))).toEqual({ ...psched, extra: ["7"] });
});

it("takes no second line", () => {
  const { strict, kept } = outcome(parsePsched, bytes(CAPTURE + CAPTURE));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2 });
  expect(kept).toMatchObject({ nsecPerTick: 64 });
});

describeBroken("psched", CAPTURE, parsePsched);
