/**
 * Characters that change what a terminal or page shows instead of showing themselves: C0 and C1 controls, DEL, bidirectional
 * controls, line and paragraph separators, zero-width and tag characters, U+FEFF, and surrogates without a partner.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/**
 * Makes text that other processes chose (program names, paths, interface names) safe to print: every character that could
 * steer a terminal, reorder a line or hide becomes visible as `\xNN` or `\u{NNNN}`, and a backslash as `\\`.
 *
 * @example
 * ```ts
 * import { escapeText } from "procnet";
 * escapeText("evil\u001b[2J"); // "evil\\x1b[2J"
 * ```
 */
export function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(UNSAFE, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}
