import { skipBlanks, tokenEnd, ZERO } from "../bytes/ascii.ts";
import { decimalSpan, signedSpan } from "../bytes/decimal.ts";
import { hexSpan } from "../bytes/hex.ts";
import { latin1, utf8 } from "../bytes/strings.ts";
import { type LinePlace, RowError } from "./issues.ts";

const X = 0x78;

/**
 * One line, read from left to right, token by token. Tokens are separated by blanks and tabs and nothing else.
 * Each method names the field it reads, so that an error can say which one is wrong.
 */
export class Line implements LinePlace {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  number = 0;
  /** The lines before the first row, as the kernel wrote them. */
  readonly headers: string[] = [];
  /** The next byte to read. */
  at = 0;
  /** The token read last. */
  tokenStart = 0;
  tokenEnd = 0;

  reset(bytes: Uint8Array, start: number, end: number, number: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.at = start;
    this.number = number;
  }

  /** Whether another token follows. */
  more(): boolean {
    this.at = skipBlanks(this.bytes, this.at, this.end);
    return this.at < this.end;
  }

  /** Moves to the next token. */
  next(field: string): void {
    if (!this.more()) throw new RowError(this.at, field, "the line ends before this column");
    this.tokenStart = this.at;
    this.tokenEnd = tokenEnd(this.bytes, this.at, this.end);
    this.at = this.tokenEnd;
  }

  /** The next token as text; bytes that are not UTF-8 become U+FFFD. */
  word(field: string): string {
    this.next(field);
    return utf8(this.bytes, this.tokenStart, this.tokenEnd);
  }

  /** The next token as a decimal number without a sign, exact, `most` at most. */
  decimal(field: string, most: number = Number.MAX_SAFE_INTEGER): number {
    this.next(field);
    const value = decimalSpan(this.bytes, this.tokenStart, this.tokenEnd);
    if (!(value <= most)) this.fail(field, numberUpTo(most));
    return value;
  }

  /** The next token as a decimal number that may be negative, exact. */
  signed(field: string): number {
    this.next(field);
    const value = signedSpan(this.bytes, this.tokenStart, this.tokenEnd);
    if (Number.isNaN(value)) this.fail(field, "a decimal number");
    return value;
  }

  /** The next token as a number of 32 bits without a sign, which some kernels print as a signed one: user ids. */
  unsigned32(field: string): number {
    const value = this.signed(field);
    if (value < -0x80000000 || value > 0xffffffff) this.fail(field, "a decimal number of 32 bits");
    return value >>> 0;
  }

  /** The next token as a hexadecimal number, exact; `0x` in front is accepted. */
  hex(field: string): number {
    this.next(field);
    const value = hexSpan(this.bytes, this.hexStart(), this.tokenEnd);
    if (value < 0) this.fail(field, "a hexadecimal number");
    return value;
  }

  /** The next token as a 32-bit word in hexadecimal: an address, a mask. */
  hex32(field: string): number {
    const value = this.hex(field);
    if (value > 0xffffffff) this.fail(field, "a hexadecimal number of 32 bits");
    return value;
  }

  /** Where the digits of a hexadecimal token begin. */
  hexStart(): number {
    const { bytes, tokenStart, tokenEnd } = this;
    const prefixed = tokenStart + 2 < tokenEnd && bytes[tokenStart] === ZERO && bytes[tokenStart + 1] === X;
    return prefixed ? tokenStart + 2 : tokenStart;
  }

  /** Everything left, as tokens: columns that this version does not know. Absent when there are none. */
  extra(): { extra: readonly string[] } | undefined {
    if (!this.more()) return undefined;
    const extra: string[] = [];
    while (this.more()) extra.push(this.word("extra"));
    return { extra };
  }

  /** Ends the row: the token read last is not what the field needs. */
  fail(field: string, expected: string): never {
    const token = latin1(this.bytes, this.tokenStart, Math.min(this.tokenEnd, this.tokenStart + 40));
    throw new RowError(this.tokenStart, field, `"${token}" is not ${expected}`);
  }
}

function numberUpTo(most: number): string {
  return most < Number.MAX_SAFE_INTEGER ? `a decimal number up to ${most}` : "a decimal number";
}
