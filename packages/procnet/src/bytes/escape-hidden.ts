/*
 * escapeHidden(text): string, without any character that shows nothing of itself: for messages. `escapeText` in escape.ts, for people
 * who read what a process wrote, keeps those of them that the spelling of a language, or an emoji, needs.
 */

const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/;
const ASCII = /^\p{ASCII}*$/u;
/** What of ASCII shows nothing of itself, and the sign of an escape. */
const CONTROL = /[\0-\x1f\\\x7f]/g;

/**
 * What shows nothing of itself, or a blank that is none: controls, formats, surrogates without a partner, code points for
 * private use or for nothing yet (general category C, as Python's `str.isprintable` has it), separators, what may be ignored
 * (Default_Ignorable_Code_Point), and symbols and letters that are blank by definition. Arabic, Syriac and Kaithi signs
 * that stand before a number are formats too, and are seen.
 */
export const HIDDEN: string =
  "(?![ \\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}])" +
  "[\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]";

/** So many marks on one letter are enough for every language; hundreds of them cover the lines above and below. */
const MOST_MARKS = 8;

/**
 * A mark at the beginning, or behind something that is written out, would change what stands before it, which is not its own.
 */
export function doubtfulMarks(): string {
  return `^\\p{M}+|(?:${HIDDEN})\\p{M}*|(?<=\\p{M}{${MOST_MARKS}})\\p{M}+`;
}

/** Made with the first text that is not plain: to make it takes milliseconds, and most programs need none. */
let doubtful: RegExp | undefined;

/** Every character that shows nothing of itself as `\xNN` or `\u{NNNN}`, and a backslash as `\\`. */
export function escapeHidden(text: string): string {
  const escaped = escapeAscii(text);
  if (escaped !== undefined) return escaped;
  doubtful ??= new RegExp(`${doubtfulMarks()}|\\\\`, "gu");
  return text.replace(doubtful, writtenOut);
}

/**
 * The same for a text of ASCII; `undefined` for others. All else there is to know takes ten times as long: a hostile file can have
 * a tab in every line.
 */
export function escapeAscii(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  return ASCII.test(text) ? text.replace(CONTROL, writtenOut) : undefined;
}

/** Characters by their codes. */
export function writtenOut(characters: string): string {
  let shown = "";
  for (const character of characters) {
    const code = character.codePointAt(0)!;
    if (character === "\\") shown += "\\\\";
    else shown += code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  }
  return shown;
}
