import type { Key } from "../terminal/keys.ts";

/** A line that is written, and where. */
export interface Line {
  readonly text: string;
  /** Before which character the next one comes. */
  readonly cursor: number;
}

/** Characters at most: a filter is no longer. */
const LONGEST = 1000;

/** The line after a key; the same where the key is for something else. */
export function edited(line: Line, { name, text }: Key): Line {
  const { text: before, cursor } = line;
  const left = leftOf(before, cursor);
  const right = rightOf(before, cursor);
  switch (name) {
    case "left":
    case "ctrl-b":
      return { text: before, cursor: left };
    case "right":
    case "ctrl-f":
      return { text: before, cursor: right };
    case "home":
    case "ctrl-a":
      return { text: before, cursor: 0 };
    case "end":
    case "ctrl-e":
      return { text: before, cursor: before.length };
    case "backspace":
    case "ctrl-h":
      return without(line, left, cursor);
    case "delete":
    case "ctrl-d":
      return without(line, cursor, right);
    case "ctrl-u":
      return without(line, 0, cursor);
    case "ctrl-k":
      return without(line, cursor, before.length);
    case "ctrl-w":
      return without(line, before.slice(0, cursor).replace(/\S+\s*$/, "").length, cursor);
  }
  if (text === "" || before.length + text.length > LONGEST) return line;
  return { text: before.slice(0, cursor) + text + before.slice(cursor), cursor: cursor + text.length };
}

function without({ text }: Line, begin: number, end: number): Line {
  return { text: text.slice(0, begin) + text.slice(end), cursor: begin };
}

/** What is one character to a person may be several: all of them go together. */
function leftOf(text: string, cursor: number): number {
  const last = Array.from(letters(text.slice(0, cursor))).at(-1);
  return last?.index ?? 0;
}

function rightOf(text: string, cursor: number): number {
  const [first] = letters(text.slice(cursor));
  return cursor + (first?.segment.length ?? 0);
}

function letters(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** Made when it is needed first: it takes 10 ms. */
let segmenter: Intl.Segmenter | undefined;
