import { COLON, MINUS } from "../bytes/ascii.ts";
import { decimalSpan } from "../bytes/decimal.ts";
import { hex2, hexSpan } from "../bytes/hex.ts";
import { latin1 } from "../bytes/strings.ts";
import { ipv6Text } from "../codes/address.ts";
import type { Line } from "./line.ts";

const DOT = 0x2e;

/** The next token as an IPv6 address of 32 hexadecimal digits in network order (`%pi6`), equal on every machine. */
export function ipv6Column(line: Line, field: string): string {
  line.next(field);
  if (line.tokenEnd - line.tokenStart !== 32) line.fail(field, "an address of 32 hexadecimal digits");
  const words = [0, 8, 16, 24].map((at) => hexSpan(line.bytes, line.tokenStart + at, line.tokenStart + at + 8));
  if (Math.min(...words) < 0) line.fail(field, "an address of 32 hexadecimal digits");
  return ipv6Text(words[0]!, words[1]!, words[2]!, words[3]!);
}

/** The next token as an IPv6 address of eight groups of four digits with colons (`%pI6`). */
export function ipv6GroupsColumn(line: Line, field: string): string {
  line.next(field);
  const { bytes, tokenStart, tokenEnd } = line;
  const groups: number[] = [];
  for (let at = tokenStart; at < tokenEnd; at += 5) {
    const group = hexSpan(bytes, at, Math.min(at + 4, tokenEnd));
    if (group < 0 || (at + 4 < tokenEnd && bytes[at + 4] !== COLON)) break;
    groups.push(group);
  }
  if (groups.length !== 8 || tokenEnd - tokenStart !== 39)
    line.fail(field, "an address of eight groups of four digits");
  const word = (at: number) => groups[at]! * 0x10000 + groups[at + 1]!;
  return ipv6Text(word(0), word(2), word(4), word(6));
}

/** The next token as a dotted IPv4 address. */
export function ipv4Column(line: Line, field: string): string {
  line.next(field);
  return dotted(line, line.tokenEnd, field);
}

/** The dotted IPv4 address from the token's start up to `end`. */
export function dotted(line: Line, end: number, field: string): string {
  const { bytes } = line;
  let parts = 0;
  for (let at = line.tokenStart; at <= end; parts++) {
    let stop = at;
    while (stop < end && bytes[stop] !== DOT) stop++;
    const octet = decimalSpan(bytes, at, stop);
    if (!(octet >= 0 && octet <= 255) || stop - at > 3 || bytes[at] === MINUS) line.fail(field, "a dotted address");
    at = stop + 1;
  }
  if (parts !== 4) line.fail(field, "a dotted address");
  return latin1(bytes, line.tokenStart, end);
}

/** The next token, bytes as hexadecimal digits without separators (`%*phN`), with colons between them. */
export function hardwareColumn(line: Line, field: string): string {
  line.next(field);
  const { bytes, tokenStart, tokenEnd } = line;
  const octets: string[] = [];
  for (let at = tokenStart; at + 1 < tokenEnd; at += 2) {
    if (hex2(bytes, at) < 0) line.fail(field, "a hardware address in hexadecimal");
    octets.push(latin1(bytes, at, at + 2));
  }
  if ((tokenEnd - tokenStart) % 2 !== 0) line.fail(field, "a hardware address of whole bytes");
  return octets.join(":");
}
