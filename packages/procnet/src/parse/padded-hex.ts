import { latin1 } from "../text/strings.ts";
import type { Line } from "./line.ts";
import type { Counter } from "./options.ts";

/** What `%08x` prints at least. */
const DIGITS = 8;

/** The next token as a number printed with `%08x`. A shorter token is one that was cut, not a small number. */
export function paddedHex(line: Line, field: string): number {
  const value = line.hex(field);
  return line.tokenEnd - line.tokenStart < DIGITS
    ? line.fail(field, `a hexadecimal number of at least ${DIGITS} digits`)
    : value;
}

/** The next token as a 64-bit counter printed with `%08lx`. */
export function paddedHexCounter(line: Line, field: string, bigint: boolean): Counter {
  const value = paddedHex(line, field);
  return bigint ? BigInt(`0x${latin1(line.bytes, line.tokenStart, line.tokenEnd)}`) : value;
}
