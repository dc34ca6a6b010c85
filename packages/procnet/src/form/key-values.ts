import { COLON } from "../bytes/ascii.ts";
import { bigintSpan, counterSpan } from "../bytes/decimal.ts";
import { latin1, utf8 } from "../bytes/strings.ts";
import { RowError } from "./issues.ts";
import type { Line } from "./line.ts";
import type { Counter } from "./options.ts";

/** The text in front of the first colon, blanks behind it aside; leaves the line behind the colon. */
export function groupName(line: Line): string {
  line.more();
  const colon = line.bytes.subarray(line.at, line.end).indexOf(COLON);
  if (colon <= 0) throw new RowError(line.at, "group", "expected a name and a colon");
  const name = utf8(line.bytes, line.at, line.at + colon);
  line.at += colon + 1;
  let end = name.length;
  while (name[end - 1] === " ") end--;
  return name.slice(0, end);
}

/** Everything left as `key=value`, the values as the kernel wrote them; a word without `=` is a key without a value. */
export function keyTexts(line: Line): Record<string, string> {
  const entries: [string, string][] = [];
  while (line.more()) {
    const token = line.word("key=value");
    const equals = token.indexOf("=");
    entries.push(equals < 0 ? [token, ""] : [token.slice(0, equals), token.slice(equals + 1)]);
  }
  return Object.fromEntries(entries);
}

/** Everything left as `key=number` or `key=number,number,...`; a list without a key is called `values`. */
export function keyNumbers(line: Line, bigint: boolean): [string, Counter | readonly Counter[]][] {
  const entries: [string, Counter | readonly Counter[]][] = [];
  if (!line.more()) throw new RowError(line.at, "key=value", "expected numbers behind the name");
  while (line.more()) {
    line.next("key=value");
    const token = latin1(line.bytes, line.tokenStart, line.tokenEnd);
    const equals = token.indexOf("=");
    const key = equals < 0 ? "values" : token.slice(0, equals);
    const values = numbers(line, key, line.tokenStart + equals + 1, bigint);
    entries.push([key, values.length === 1 ? values[0]! : values]);
  }
  return entries;
}

const COMMA = 0x2c;

function numbers(line: Line, key: string, start: number, bigint: boolean): Counter[] {
  const { bytes, tokenEnd } = line;
  const values: Counter[] = [];
  for (let at = start; at <= tokenEnd; at++) {
    let end = at;
    while (end < tokenEnd && bytes[end] !== COMMA) end++;
    const value = bigint ? bigintSpan(bytes, at, end) : counterSpan(bytes, at, end);
    if (value === undefined || Number.isNaN(value)) line.fail(key, "key=number");
    values.push(value);
    at = end;
  }
  return values;
}
