import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { parseRt6Stats } from "./rt6-stats.ts";

const CAPTURE = "0024 0013 10027 001a 0000 0003 0001\n";

it("reads the seven hexadecimal numbers, of any width", () => {
  expect(parseRt6Stats(bytes(CAPTURE))).toEqual({
    fibNodes: 0x24,
    fibRouteNodes: 0x13,
    fibRtAlloc: 0x10027,
    fibRtEntries: 0x1a,
    fibRtCache: 0,
    dstEntries: 3,
    fibDiscardedRoutes: 1,
  });
  expect(parseRt6Stats(bytes(CAPTURE.replace("\n", " 00ff\n")))?.extra).toEqual(["00ff"]);
  expect(() => parseRt6Stats(bytes("0024 0013\n"))).toThrow("rt alloc");
});

describeBroken("rt6_stats", CAPTURE, parseRt6Stats);
