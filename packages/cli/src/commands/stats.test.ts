import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { group } from "../../../../test/support/live/sample.ts";
import { runProgram } from "../program.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-stats-"));
  mkdirSync(join(root, "1/net"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

it("a repeated stats tells what counters do a second, and of numbers of now nothing", async () => {
  const write = (counters: Readonly<Record<string, number>>) =>
    writeFileSync(join(root, "1/net/snmp"), group("Tcp", counters));
  write({ CurrEstab: 5, OutSegs: 7, InSegs: 9 });
  let out = "";
  const io = testIo({
    out: (text) => {
      if (out === "") write({ CurrEstab: 9, OutSegs: 8, InSegs: 2 });
      out += text;
      return true;
    },
  });
  await runProgram(["stats", "--root", root, "--every", "5ms", "--rounds", "2"], io);
  const [first, second] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).stats as { counter: string; perSecond?: number }[]);
  expect(first!.some((one) => "perSecond" in one)).toBe(false);
  expect(second!.map((one) => [one.counter, one.perSecond])).toEqual([
    ["CurrEstab", undefined],
    ["OutSegs", expect.any(Number)],
    // Less than before: it began anew.
    ["InSegs", undefined],
  ]);
  expect(second!.find(({ counter }) => counter === "OutSegs")!.perSecond).toBeGreaterThan(0);
});
