import type { Line } from "./line.ts";
import { hexCounterOf } from "./line-counters.ts";
import type { Counter } from "./options.ts";

/** What `%08x` prints at least. */
const DIGITS = 8;

/** The next token as a number printed with `%08x`. A shorter token is one that was cut, not a small number. */
export function paddedHex(line: Line, field: string): number {
  return padded(line, field, line.hex(field));
}

function padded<Value>(line: Line, field: string, value: Value): Value {
  return line.tokenEnd - line.tokenStart < DIGITS
    ? line.fail(field, `a hexadecimal number of at least ${DIGITS} digits`)
    : value;
}

/** The next token as a 64-bit counter printed with `%08lx`. */
export function paddedHexCounter(line: Line, field: string, bigint: boolean): Counter {
  return padded(line, field, hexCounterOf(line, field, bigint));
}
