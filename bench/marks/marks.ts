import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.ts";
import { counts } from "./counts.ts";
import { isMet, type Mark } from "./mark.ts";
import { bundledSizes, packedSize } from "./sizes.ts";
import { filteredTree, firstRead, startOfCommand } from "./times.ts";

const USAGE = `usage: npm run marks -- [--rounds N] [--counts]
  --rounds N   rounds of what is timed (default 21)
  --counts     only what is counted: sizes, casts, circles, files`;

/*
 * What the packages promise of themselves, measured: one line a promise. What is counted is held by test/house/marks.test.ts; times are
 * looked at by people.
 */
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

async function measured(temp: string, rounds: number, timed: boolean): Promise<Mark[]> {
  const counted = [...bundledSizes(ROOT), ...packedSize(ROOT), ...counts(ROOT)];
  if (!timed) return counted;
  return [
    ...counted,
    ...firstRead(ROOT, temp, rounds),
    ...(await startOfCommand(ROOT, temp, rounds)),
    ...filteredTree(ROOT, temp, Math.ceil(rounds / 3)),
  ];
}

function printed(marks: readonly Mark[]): string {
  const figure = (value: number | undefined): string =>
    value === undefined ? "-" : Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 2 : 1);
  const rows = marks.map((mark) => [
    mark.what,
    `${figure(mark.value)} ${mark.unit}`.trim(),
    mark.most === undefined ? "-" : `<= ${figure(mark.most)}`,
    mark.most === undefined ? "" : isMet(mark) ? "met" : "MISSED",
    mark.note ?? "",
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "21" }, counts: { type: "boolean" } } });
  if (!/^[1-9]\d*$/.test(values.rounds)) throw new TypeError("--rounds takes a number from 1 up");
  const temp = mkdtempSync(join(tmpdir(), "procnet-marks-"));
  try {
    const marks = await measured(temp, Number(values.rounds), values.counts !== true);
    if (values.counts !== true)
      console.log(
        `${describeMachine("what the machine has; times are medians of paired rounds of whole processes")}\n`,
      );
    console.log(printed(marks));
    const missed = marks.filter((mark) => !isMet(mark)).length;
    const promised = marks.filter(({ most }) => most !== undefined).length;
    console.log(`\n${promised - missed} of ${promised} met`);
    if (missed > 0) process.exitCode = 1;
  } finally {
    rmSync(temp, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n${USAGE}` : error);
  process.exitCode = 2;
}
