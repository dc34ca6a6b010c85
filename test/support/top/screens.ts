import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Terminal } from "./terminal.ts";

/** What differs from look to look and from machine to machine. Each is as wide as what it stands for, or stands at the end of its line. */
const MASKS: readonly (readonly [what: string, pattern: RegExp, mask: string])[] = [
  ["the time", /\d\d:\d\d:\d\d/g, "hh:mm:ss"],
  ["what a look takes", /a look takes \d+m?s/g, "a look takes ?ms"],
  ["what is wrong, as parts of it are of the whole machine", /^(.*\n)[✔▲✖●?] .*/, "$1(the worst that is wrong)"],
];

/** A screen as it is compared. */
export function masked(screen: string): string {
  const text = MASKS.reduce((shown, [, pattern, mask]) => shown.replace(pattern, mask), screen);
  return `${text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd()}\n`;
}

/** Waits until a screen is as it was: WRITE_SCREENS=1 takes it as it is once nothing moves. */
export async function isAsBefore(terminal: Terminal, name: string): Promise<void> {
  const path = new URL(`../../top/screens/${name}.txt`, import.meta.url);
  if (process.env["WRITE_SCREENS"] !== undefined) writeFileSync(path, masked(await still(terminal)));
  const expected = readFileSync(path, "utf8");
  const shown = await terminal.shows((text) => masked(text) === expected).catch(() => terminal.screen);
  expect(masked(shown)).toBe(expected);
}

async function still(terminal: Terminal): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 4000));
  return terminal.screen;
}
