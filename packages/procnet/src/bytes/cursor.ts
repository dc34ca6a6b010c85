import { NEWLINE, NINE, SPACE, ZERO } from "./ascii.ts";

/** More digits than this may not fit a double exactly: the careful readers take over. */
const EXACT_DIGITS = 15;

/**
 * A position in a region of whole lines, for loops that must not search for the end of the line first.
 * Every method stops at a newline at the latest, so a region that ends in one needs no further bounds.
 */
export class Cursor {
  at = 0;

  /** Skips blanks, then reads digits; -1 when there are none, too many, or a byte other than a blank or newline follows. */
  decimal(bytes: Uint8Array): number {
    let at = this.at;
    while (bytes[at] === SPACE) at++;
    const first = at;
    let value = 0;
    let byte = bytes[at]!;
    while (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO);
      byte = bytes[++at]!;
    }
    this.at = at;
    if (at === first || at - first > EXACT_DIGITS || (byte !== SPACE && byte !== NEWLINE)) return -1;
    return value;
  }

  /** Skips blanks, then a token; false when the line has none left. */
  skipToken(bytes: Uint8Array): boolean {
    let at = this.at;
    while (bytes[at] === SPACE) at++;
    const first = at;
    while (bytes[at] !== SPACE && bytes[at] !== NEWLINE) at++;
    this.at = at;
    return at > first;
  }

  /** Skips blanks; true when that reaches the end of the line. */
  atLineEnd(bytes: Uint8Array): boolean {
    let at = this.at;
    while (bytes[at] === SPACE) at++;
    this.at = at;
    return bytes[at] === NEWLINE;
  }
}
