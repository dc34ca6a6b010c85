import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseSoftnetStat, type SoftnetStat } from "./softnet-stat.ts";

const CAPTURE = `000617ce 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
0007399d 00000002 00000001 00000000 00000000 00000000 00000000 00000000 00000000 0000000a 0000000b 00000007 00000003 00000004 00000003
`;
const zeros = [0, 0, 0, 0, 0];

it("reads the 15 columns of current kernels", () => {
  const rows = parseSoftnetStat(bytes(CAPTURE));
  expect(rows[0]).toMatchObject({ processed: 0x617ce, cpu: 0 });
  expect(rows[1]).toEqual({
    processed: 0x7399d,
    dropped: 2,
    timeSqueeze: 1,
    unused: zeros,
    cpuCollision: 0,
    receivedRps: 10,
    flowLimitCount: 11,
    backlogLength: 7,
    cpu: 3,
    inputQueueLength: 4,
    processQueueLength: 3,
  });
});

it.each([
  [9, {}],
  [10, { receivedRps: 10 }],
  [11, { receivedRps: 10, flowLimitCount: 11 }],
  [13, { receivedRps: 10, flowLimitCount: 11, backlogLength: 7, cpu: 3 }],
  [
    17,
    {
      receivedRps: 10,
      flowLimitCount: 11,
      backlogLength: 7,
      cpu: 3,
      inputQueueLength: 4,
      processQueueLength: 3,
      extra: ["0000000d", "x"],
    },
  ],
])("reads %i columns; those of other kernels are absent", (columns, expected) => {
  const line = `${CAPTURE.split("\n")[1]} 0000000d x`.split(" ").slice(0, columns).join(" ");
  const absent = {
    receivedRps: undefined,
    flowLimitCount: undefined,
    backlogLength: undefined,
    cpu: undefined,
    inputQueueLength: undefined,
    processQueueLength: undefined,
  };
  const always = { processed: 0x7399d, dropped: 2, timeSqueeze: 1, unused: zeros, cpuCollision: 0 };
  expect(parseSoftnetStat(bytes(`${line}\n`))).toEqual([{ ...always, ...absent, ...expected }]);
});

it.each([
  ["a row that is too short", `${"00000000 ".repeat(7)}00000000`, "cpu_collision"],
  ["a number cut short", `${"00000000 ".repeat(9)}000000`, "received_rps"],
  ["a word", `${"00000000 ".repeat(8)}0000000g`, "cpu_collision"],
])("refuses %s", (_name, line, field) => {
  const { strict, kept } = outcome(parseSoftnetStat, bytes(`${line}\n${CAPTURE}`));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 1, field });
  expect(kept).toHaveLength(2);
});

it("gives back every row printed as the kernel prints it", () => {
  const word = fc.nat(0xffffffff);
  const entry: fc.Arbitrary<SoftnetStat> = fc.record({
    processed: word,
    dropped: word,
    timeSqueeze: word,
    unused: fc.array(word, { minLength: 5, maxLength: 5 }),
    cpuCollision: word,
    receivedRps: word,
    flowLimitCount: word,
    backlogLength: word,
    cpu: word,
    inputQueueLength: word,
    processQueueLength: word,
  });
  const print = (row: SoftnetStat) =>
    `${Object.values(row)
      .flat()
      .map((value) => Number(value).toString(16).padStart(8, "0"))
      .join(" ")}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parseSoftnetStat(bytes(rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("softnet_stat", CAPTURE, parseSoftnetStat);
