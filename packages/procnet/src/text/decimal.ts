import { MINUS, NINE, ZERO } from "./ascii.ts";
import { latin1 } from "./strings.ts";

/** Digits that a double surely holds exactly: 2^53 has 16. */
const EXACT_DIGITS = 15;

/**
 * A decimal number with an optional minus sign; `NaN` when the span is empty or holds anything else.
 * Above 2^53 the nearest double, as `Number()` gives it.
 */
export function decimalSpan(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  if (first >= end) return Number.NaN;
  let value = 0;
  for (let at = first; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    value = value * 10 + (byte - ZERO);
  }
  if (end - first > EXACT_DIGITS) value = Number(latin1(bytes, first, end));
  return negative ? -value : value;
}

/** Like {@link decimalSpan}, exact at any length; `undefined` when the span is not a decimal number. */
export function bigintSpan(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  return Number.isNaN(decimalSpan(bytes, start, end)) ? undefined : BigInt(latin1(bytes, start, end));
}
