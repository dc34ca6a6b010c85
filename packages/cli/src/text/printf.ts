import { type Cell, safe } from "./safe.ts";

/*
 * Columns as C's printf makes them: width in bytes, and nothing is cut unless said so.
 */

const ASCII = /^[\x20-\x7e]*$/;

/** `%-10s`. */
export function left(text: string, width: number): string {
  if (ASCII.test(text)) return text.padEnd(width);
  return text + " ".repeat(Math.max(0, width - Buffer.byteLength(text)));
}

/** `%6d`. */
export function right(value: number | bigint | string, width: number): string {
  return String(value).padStart(width);
}

/** `%.15s`: no more than so many bytes, and no half character. */
export function cut(text: string, bytes: number): string {
  if (ASCII.test(text)) return text.slice(0, bytes);
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept;
}

/**
 * A name that somebody else chose, fit for a terminal. One without dangerous characters stays as it is, with its
 * backslashes, as netstat prints it; else every backslash is doubled, so that what is shown has one meaning.
 */
export function foreign(name: Cell): string {
  const shown = safe(name);
  if (typeof name === "string" && shown.replaceAll("\\\\", "\\") === name) return name;
  return shown;
}

/** A number as C's `int` has it: users above 2^31 are negative. */
export function int(value: number): number {
  return value | 0;
}

/** The letters of the flags that are set, in the order of the table. */
export function flagLetters(flags: number, table: readonly (readonly [bit: number, letter: string])[]): string {
  return table.map(([bit, letter]) => ((flags & bit) === 0 ? "" : letter)).join("");
}
