import { createRequire } from "node:module";

const ASCII = /^[\x20-\x7e]*$/;

/** Loaded with the first text that needs it: making its segmenter takes 10 ms, and most tables are ASCII. */
let stringWidth: typeof import("string-width").default | undefined;

function wideWidth(text: string): number {
  stringWidth ??= (createRequire(import.meta.url)("string-width") as typeof import("string-width")).default;
  return stringWidth(text);
}

/** Columns that a text takes on a terminal: two for most of East Asia and emoji. */
export function width(text: string): number {
  return ASCII.test(text) ? text.length : wideWidth(text);
}

/** Fills up with blanks on the right, or on the left. */
export function pad(text: string, columns: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, columns - width(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Cuts a text to so many columns, with `…` where something is missing. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (columns <= 0) return "";
  if (ASCII.test(text)) return `${text.slice(0, columns - 1)}…`;
  let kept = "";
  let used = 1; // the ellipsis
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += width(segment);
    if (used > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** How a text is cut that has an end which must stay. */
export interface MiddleCut {
  /** How much of the room its beginning gets, from 0 to 1. */
  readonly share: number;
  /** At which characters it may be cut; anywhere without. */
  readonly seam?: string;
  /** A character that must stay, by its place: what is before and behind its part is cut. */
  readonly around?: number;
}

/** Cuts a text before its last `end` characters, which stay: `[2001:db8:…:2]:443`. */
export function cutMiddle(text: string, columns: number, end: number, how: MiddleCut): string {
  if (width(text) <= columns) return text;
  const body = text.slice(0, text.length - end);
  const last = text.slice(text.length - end);
  const room = columns - width(last);
  if (room < 1) return cut(text, columns);
  if (!ASCII.test(body)) return cutWide(body, room, how.share) + last;
  const window = how.around === undefined ? undefined : cutAround(body, room, how.around, how.seam);
  return (window ?? cutBetween(body, room, how)) + last;
}

/** Leaves out what is between the beginning of a text and its end. */
function cutBetween(body: string, room: number, { share, seam }: MiddleCut): string {
  const bracket = body[0] === "[" && room > 1 ? "[" : "";
  const head = body.slice(0, Math.ceil((room - 1) * share));
  if (seam === undefined) return `${head}…${share === 1 ? "" : lastOf(body, room - 1 - head.length)}`;
  const start = head.slice(0, head.lastIndexOf(seam) + 1) || bracket;
  const tail = lastOf(body, room - 1 - start.length);
  const at = tail.indexOf(seam);
  const parts = `${start}…${at < 0 ? "" : tail.slice(at)}`;
  // A name longer than the room has no seam: half of it says more than nothing.
  if (seam === "/" && parts.length < room / 2) return cutBetween(body, room, { share });
  return parts;
}

/** Leaves out what is before and behind the part that holds a character; `undefined` where there is no room for one. */
function cutAround(body: string, room: number, around: number, seam = ""): string | undefined {
  const bracket = body[0] === "[" ? "[" : "";
  let start = seam === "" ? around : body.lastIndexOf(seam, around - 1);
  let end = seam === "" ? around : body.indexOf(seam, around);
  if (start <= 0 || end < 0) return undefined; // it is in the first or the last part: the usual ways show it
  if (bracket.length + 2 + end + 1 - start > room) [start, end] = [start + 1, end - 1];
  if (bracket.length + 2 + end + 1 - start > room) return undefined;
  for (let next = end; next > 0 && bracket.length + 2 + next + 1 - start <= room; next = body.indexOf(seam, next + 1))
    end = next;
  return `${bracket}…${body.slice(start, end + 1)}…`;
}

/** Leaves out the middle of a text whose letters may take two columns, or none. */
function cutWide(body: string, room: number, share: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(body), ({ segment }) => segment);
  let [head, tail, used] = ["", "", 1];
  for (let letter = letters.shift(); letter !== undefined; letter = letters.shift()) {
    if (used + width(letter) > Math.ceil(room * share)) break;
    head += letter;
    used += width(letter);
  }
  for (let letter = letters.pop(); letter !== undefined && used + width(letter) <= room; letter = letters.pop()) {
    tail = letter + tail;
    used += width(letter);
  }
  return `${head}…${tail}`;
}

function lastOf(text: string, length: number): string {
  return length <= 0 ? "" : text.slice(-length);
}
