import { skipBlanks, tokenEnd } from "../bytes/ascii.ts";
import { decimalSpan } from "../bytes/decimal.ts";
import { hexSpan } from "../bytes/hex.ts";
import { utf8 } from "../bytes/strings.ts";
import { RowError } from "./issues.ts";
import type { Line } from "./line.ts";

/* Columns that are more than one value. */

/** Index of a byte in the token read last, from `from` on; -1 when it is not there. */
export function byteIn(line: Line, byte: number, from: number = line.tokenStart): number {
  const { bytes, tokenEnd: end } = line;
  let at = from;
  while (at < end && bytes[at] !== byte) at++;
  return at < end ? at : -1;
}

/** Spans of the parts of the next token between `separators`, each of which must be there, in this order. */
export function tokenParts(line: Line, field: string, separators: string): [start: number, end: number][] {
  line.next(field);
  const parts: [number, number][] = [];
  let start = line.tokenStart;
  for (const separator of separators) {
    const at = byteIn(line, separator.charCodeAt(0), start);
    if (at < 0) line.fail(field, `parts with "${separators}" between them`);
    parts.push([start, at]);
    start = at + 1;
  }
  parts.push([start, line.tokenEnd]);
  return parts;
}

/** The next token as hexadecimal numbers with `separators` between them: `002A:01:FD` for `"::"`. */
export function hexParts(line: Line, field: string, separators: string): number[] {
  return tokenParts(line, field, separators).map(([start, end]) => {
    const value = hexSpan(line.bytes, start, end);
    return value < 0 ? line.fail(field, "made of hexadecimal numbers") : value;
  });
}

/** The decimal number in `bytes[start, end)`. */
export function decimalPart(line: Line, field: string, start: number, end: number): number {
  const value = decimalSpan(line.bytes, start, end);
  if (Number.isNaN(value)) throw new RowError(start, field, "expected a decimal number");
  return value;
}

/** The next two decimal numbers with a slash between them; the second may be padded with blanks: `0/ 65535`. */
export function slashPair(line: Line, field: string): [number, number] {
  line.next(field);
  const slash = byteIn(line, 0x2f);
  if (slash < 0) line.fail(field, "two numbers with a slash between them");
  const first = decimalPart(line, field, line.tokenStart, slash);
  line.at = slash + 1;
  return [first, line.decimal(field)];
}

/** All that is left of the line without the blanks in front; `undefined` when nothing is. */
export function restOfLine(line: Line): string | undefined {
  if (!line.more()) return undefined;
  const text = utf8(line.bytes, line.at, line.end);
  line.at = line.end;
  return text;
}

/** How many tokens the line still has, and none is taken. */
export function tokensLeft(line: Line): number {
  let count = 0;
  for (let at = skipBlanks(line.bytes, line.at, line.end); at < line.end; count++) {
    at = skipBlanks(line.bytes, tokenEnd(line.bytes, at, line.end), line.end);
  }
  return count;
}
