import { emoji, isEmoji, joiners } from "./belonging.ts";
import { doubtfulMarks, escapeAscii, HIDDEN, writtenOut } from "./escape-hidden.ts";

/** What is looked at: joiners and emoji that stay, then what does not. */
function doubtfulParts(): RegExp {
  return new RegExp(`(?<kept>${joiners()})|(?<emoji>${emoji()})|${doubtfulMarks()}|\\\\`, "gu");
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
  const escaped = escapeAscii(text);
  if (escaped !== undefined) return escaped;
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
