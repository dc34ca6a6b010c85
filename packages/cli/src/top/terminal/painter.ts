import { width } from "../../text/width.ts";

/** Between these, a terminal that knows them shows nothing of what is drawn: no frame is seen half done. */
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";
const CLEAR = "\x1b[2J";
const CLEAR_REST = "\x1b[K";
const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";

/** Where the cursor stands: only while somebody writes a text. */
export interface Cursor {
  /** From 0. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** All that is on a screen. */
export interface Frame {
  /** From the top, each no wider than the screen, with every style ended in it. Lines that are missing are empty. */
  readonly lines: readonly string[];
  readonly cursor?: Cursor | undefined;
}

/** The size of a screen. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Draws frames, of each only the lines that are other than before. */
export class Painter {
  private before: readonly string[] = [];
  private size: Size = { columns: 0, rows: 0 };
  private cursor = "";

  /** What a terminal has to be told so that it shows this frame; empty where it does. The screen is cleared where its size is another. */
  paint({ lines, cursor }: Frame, size: Size): string {
    const isNew = size.columns !== this.size.columns || size.rows !== this.size.rows;
    const all = Array.from({ length: size.rows }, (_, line) => lines[line] ?? "");
    const before = isNew ? [] : this.before;
    const changes = all.map((line, number) => drawn(number, before[number] ?? "", line, size)).join("");
    const place = cursor === undefined ? HIDE_CURSOR : `${at(cursor.line, cursor.column)}${SHOW_CURSOR}`;
    // Drawing moves the cursor, which matters only where it is seen.
    const isMoved = changes !== "" && cursor !== undefined;
    const told = `${isNew ? CLEAR : ""}${changes}${isMoved || place !== this.cursor ? place : ""}`;
    this.before = all;
    this.size = size;
    this.cursor = place;
    return told === "" ? "" : `${BEGIN}${told}${END}`;
  }

  /** The next frame is drawn whole: somebody else has drawn meanwhile. */
  forget(): void {
    this.size = { columns: 0, rows: 0 };
    this.cursor = "";
  }
}

/** Moves the cursor. */
function at(line: number, column: number): string {
  return `\x1b[${line + 1};${column + 1}H`;
}

/** A line in place of another. What both begin with is left as it is, where that is worth it. */
function drawn(line: number, before: string, text: string, { columns }: Size): string {
  if (text === before) return "";
  const same = commonBeginning(before, text);
  // Behind a line as wide as the terminal, clearing would take its last character.
  const isShorter = shownWidth(text) < columns;
  return `${at(line, same)}${text.slice(same)}${isShorter && before !== "" ? CLEAR_REST : ""}`;
}

/** How many characters two lines have in common at their beginning: only plain ones, each of which is one column. */
function commonBeginning(a: string, b: string): number {
  let at = 0;
  const end = Math.min(a.length, b.length);
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at) && isPlain(a.charCodeAt(at))) at++;
  // A letter that combines with the one before it belongs to it.
  return at > 0 && !(isPlainAt(a, at) && isPlainAt(b, at)) ? at - 1 : at;
}

function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}

/** Plain, the end, or the beginning of a style. */
function isPlainAt(text: string, at: number): boolean {
  return at >= text.length || isPlain(text.charCodeAt(at)) || text[at] === "\x1b";
}

const STYLES = /\x1b\[[\d;]*m/g;

/** Columns that a line with styles takes. */
export function shownWidth(line: string): number {
  return width(line.includes("\x1b") ? line.replace(STYLES, "") : line);
}
