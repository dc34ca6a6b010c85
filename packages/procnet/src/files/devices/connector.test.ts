import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { pad, roundTrip, u32 } from "../../../../../test/support/tables/print.ts";
import { type Connector, parseConnector } from "./connector.ts";

const HEADER = "Name            ID\n";
const CAPTURE = `${HEADER}cn_proc         1:1\nkvp module of old 9:10\n`;

it("reads names, with blanks in them, and ids", () => {
  expect(parseConnector(bytes(CAPTURE))).toEqual([
    { name: "cn_proc", idx: 1, val: 1 },
    { name: "kvp module of old", idx: 9, val: 10 },
  ]);
});

it.each(["cn_proc         1", "cn_proc         x:1", "         1:1", "1:1"])("refuses %j", (row) => {
  expect(() => parseConnector(bytes(`${HEADER}${row}\n`))).toThrow("text:2");
});

it("gives back every row printed as the kernel prints it", () => {
  roundTrip<Connector>(
    { name: fc.stringMatching(/^[!-~]( ?[!-~]){0,30}$/), idx: u32, val: u32 },
    (row) => `${pad(row.name, -15)} ${row.idx}:${row.val}`,
    parseConnector,
    { header: HEADER },
  );
});

describeBroken("connector", CAPTURE, parseConnector, { header: HEADER });
