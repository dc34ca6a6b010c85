import { MINUS, NINE, ZERO } from "./ascii.ts";
import { latin1 } from "./strings.ts";

/*
 * Numbers are read digit by digit and are exact, or they are none: nothing of JavaScript's own notations passes, no minus
 * where the kernel prints none, no zero with a sign, and nothing beyond 64 bits. Of 64-bit counters alone, `counterSpan`
 * gives the nearest double.
 */

/** The largest number of 64 bits, and of 63 bits with a sign in front. */
const LARGEST = "18446744073709551615";
const LOWEST = "9223372036854775808";

/** A decimal number without a sign, up to 2^53-1; `NaN` when the span is empty, larger, or holds anything but digits. */
export function decimalSpan(bytes: Uint8Array, start: number, end: number): number {
  const value = digits(bytes, start, end);
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

/** A decimal number with a minus or without, exact; `NaN` when it is none, or lies beyond 2^53 on either side. */
export function signedSpan(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== MINUS) return decimalSpan(bytes, start, end);
  const value = decimalSpan(bytes, start + 1, end);
  return value > 0 ? -value : Number.NaN;
}

/** A decimal number of up to 64 bits without a sign; above 2^53 the nearest double. `NaN` when it is none. */
export function counterSpan(bytes: Uint8Array, start: number, end: number): number {
  const value = digits(bytes, start, end);
  if (!(value > Number.MAX_SAFE_INTEGER)) return value;
  const text = within(bytes, start, end, LARGEST);
  return text === undefined ? Number.NaN : Number(text);
}

/** Like {@link counterSpan}, and exact; `undefined` when it is none. */
export function bigintSpan(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  return big(bytes, start, end, LARGEST);
}

/** Like {@link counterSpan}, with a minus or without: from -2^63. */
export function signedCounterSpan(bytes: Uint8Array, start: number, end: number): number {
  const value = signedBigintSpan(bytes, start, end);
  return value === undefined ? Number.NaN : Number(value);
}

/** Like {@link bigintSpan}, with a minus or without: from -2^63. */
export function signedBigintSpan(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  if (bytes[start] !== MINUS) return bigintSpan(bytes, start, end);
  const value = big(bytes, start + 1, end, LOWEST);
  return value === undefined || value === 0n ? undefined : -value;
}

/** What the digits make, rounded where a double cannot hold it; `NaN` when they are not digits, or none. */
function digits(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return Number.NaN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

function big(bytes: Uint8Array, start: number, end: number, most: string): bigint | undefined {
  const value = digits(bytes, start, end);
  if (Number.isNaN(value)) return undefined;
  if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
  const text = within(bytes, start, end, most);
  return text === undefined ? undefined : BigInt(text);
}

/** The digits without zeros in front, unless they make more than `most`. */
function within(bytes: Uint8Array, start: number, end: number, most: string): string | undefined {
  let first = start;
  while (first < end - 1 && bytes[first] === ZERO) first++;
  if (end - first > most.length) return undefined;
  const text = latin1(bytes, first, end);
  return text.length === most.length && text > most ? undefined : text;
}
