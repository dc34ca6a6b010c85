import { width } from "../../text/width.ts";

/** What stands for the few signs of our own. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["…", "~"],
  ["✖", "X"],
  ["▲", "!"],
  ["●", "i"],
  ["✔", "="],
  ["▸", ">"],
  ["↓", "v"],
  ["↑", "^"],
  ["─", "-"],
]);

const ASCII = /^[\x1b\x20-\x7e]*$/;

/** A line for a terminal that shows nothing but ASCII, as wide as before: foreign letters become question marks. */
export function asciiLine(line: string): string {
  if (ASCII.test(line)) return line;
  let text = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    text += ASCII.test(segment) ? segment : (SIGNS.get(segment) ?? "?".repeat(width(segment)));
  }
  return text;
}
