import { NEWLINE } from "./ascii.ts";

/** The longest record read as one. The kernel's own limit for a record is far lower; only a broken capture meets this one. */
export const LONGEST_LINE: number = 1 << 20;

/** How far a line that is left out is followed before the rest of the text is given up: a file of zeros can be endless. */
export const FOLLOWED: number = 1 << 26;

/** How much of such a line is kept to be shown. */
export const SHOWN = 1024;

/**
 * Where whole lines of a text in memory end that begin at `at`: a region of a megabyte at most. `at` itself when the line there is
 * longer. The text ends in a newline.
 */
export function regionEnd(text: Uint8Array, at: number): number {
  const most = at + LONGEST_LINE;
  return most >= text.length ? text.length : Math.max(at, text.lastIndexOf(NEWLINE, most) + 1);
}

/** A text with the newline that it lacks at its end. */
export function ended(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text);
  bytes[text.length] = NEWLINE;
  return bytes;
}
