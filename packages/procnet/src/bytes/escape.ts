import { emoji, isEmoji, joiners } from "./belonging.ts";

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
const HIDDEN =
  "(?![ \\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}])" +
  "[\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]";

/** So many marks on one letter are enough for every language; hundreds of them cover the lines above and below. */
const MOST_MARKS = 8;

/**
 * What is looked at: joiners and emoji that stay, then what does not. A mark at the beginning, or behind something that is
 * written out, would change what stands before it, which is not its own.
 */
function doubtfulParts(): RegExp {
  const marks = `^\\p{M}+|(?:${HIDDEN})\\p{M}*|(?<=\\p{M}{${MOST_MARKS}})\\p{M}+`;
  return new RegExp(`(?<kept>${joiners()})|(?<emoji>${emoji()})|${marks}|\\\\`, "gu");
}

/** Made with the first text that is not plain: to make them takes milliseconds, and most programs need none. */
let doubtful: RegExp | undefined;
/** What of an emoji that is none does not stay. */
let joining: RegExp | undefined;

/**
 * Makes text that other processes chose (program names, paths, interface names) safe to print: every character that could
 * steer a terminal, reorder a line or hide becomes visible as `\xNN` or `\u{NNNN}`, and a backslash as `\\`.
 *
 * Written out is what shows nothing of itself: controls, also of direction, separators of lines, blanks other than U+0020,
 * default-ignorable, private and unassigned code points, surrogates without a partner, combining marks without a letter,
 * and those beyond the eighth on one. Joiners stay where the spelling of a language needs them, and joiners and selectors
 * within emoji. The result tells the text: no two texts have the same.
 *
 * @example
 * ```ts
 * import { escapeText } from "procnet";
 * escapeText("evil\u001b[2J"); // "evil\\x1b[2J"
 * ```
 */
export function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  // All else there is to know takes ten times as long: a hostile file can have a tab in every line.
  if (ASCII.test(text)) return text.replace(CONTROL, writtenOut);
  doubtful ??= doubtfulParts();
  return text.replace(doubtful, (match: string, kept: string | undefined, emoji: string | undefined) => {
    if (kept !== undefined) return match;
    return emoji === undefined ? writtenOut(match) : shownEmoji(match);
  });
}

function shownEmoji(sequence: string): string {
  joining ??= new RegExp(HIDDEN, "gu");
  if (sequence.length < 2 || sequence.search(joining) < 0 || isEmoji(sequence)) return sequence;
  const hidden = joining;
  // The parts may be emoji though what joins them shows nothing.
  return sequence
    .split("\u200d")
    .map((part) => (isEmoji(part) ? part : part.replace(hidden, writtenOut)))
    .join(writtenOut("\u200d"));
}

function writtenOut(characters: string): string {
  let shown = "";
  for (const character of characters) {
    const code = character.codePointAt(0)!;
    if (character === "\\") shown += "\\\\";
    else shown += code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  }
  return shown;
}
