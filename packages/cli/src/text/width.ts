import stringWidth from "string-width";

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal: two for most of East Asia and emoji. */
export function width(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
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
}

/** Cuts a text before its last `end` characters, which stay: `[2001:db8:…:2]:443`. */
export function cutMiddle(text: string, columns: number, end: number, { share, seam }: MiddleCut): string {
  if (width(text) <= columns) return text;
  const body = text.slice(0, text.length - end);
  const last = text.slice(text.length - end);
  const room = columns - width(last) - 1;
  if (room < 0) return cut(text, columns);
  if (!ASCII.test(body)) return cut(body, room + 1) + last;
  let head = body.slice(0, Math.ceil(room * share));
  if (seam !== undefined)
    head = head.slice(0, Math.max(head.lastIndexOf(seam) + 1, Number(room > 0 && body[0] === "[")));
  const rest = room - Math.max(head.length, Number(body[0] === "[" && room > 0));
  let tail = share === 1 && seam === undefined ? "" : body.slice(Math.max(head.length, body.length - rest));
  const at = seam === undefined ? 0 : tail.indexOf(seam);
  tail = at < 0 ? "" : tail.slice(at);
  return `${head || (room > 0 && body[0] === "[" ? "[" : "")}…${tail}${last}`;
}
