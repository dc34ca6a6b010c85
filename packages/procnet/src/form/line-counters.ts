import { bigintSpan, counterSpan, signedBigintSpan, signedCounterSpan } from "../bytes/decimal.ts";
import { hexBigintSpan, hexCounterSpan } from "../bytes/hex.ts";
import type { Line } from "./line.ts";
import type { Counter } from "./options.ts";

/*
 * The next token of a line as a counter of 64 bits: as a number, or exactly where `bigint` is true. Beside Line, so that who reads
 * no such counters does not carry what they need.
 */

/** A decimal counter. */
export function counterOf(line: Line, field: string, bigint: boolean): Counter {
  line.next(field);
  const read = bigint ? bigintSpan : counterSpan;
  return valid(line, read(line.bytes, line.tokenStart, line.tokenEnd), field, "a decimal number");
}

/** A decimal number of 64 bits, above 2^53 the nearest double: times that some kernels let wrap. */
export function largeOf(line: Line, field: string): number {
  return Number(counterOf(line, field, false));
}

/** A decimal counter that may be negative. */
export function signedCounterOf(line: Line, field: string, bigint: boolean): Counter {
  line.next(field);
  const read = bigint ? signedBigintSpan : signedCounterSpan;
  return valid(line, read(line.bytes, line.tokenStart, line.tokenEnd), field, "a decimal number");
}

/** A counter in hexadecimal; `0x` in front is accepted. */
export function hexCounterOf(line: Line, field: string, bigint: boolean): Counter {
  line.next(field);
  const read = bigint ? hexBigintSpan : hexCounterSpan;
  const value = read(line.bytes, line.hexStart(), line.tokenEnd);
  return valid(line, value === -1 ? undefined : value, field, "a hexadecimal number");
}

function valid(line: Line, value: Counter | undefined, field: string, expected: string): Counter {
  return value === undefined || Number.isNaN(value) ? line.fail(field, expected) : value;
}
