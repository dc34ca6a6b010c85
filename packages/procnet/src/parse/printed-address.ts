import { ipv4Text, ipv6Text } from "../net/address.ts";
import { COLON } from "../text/ascii.ts";
import { decimalSpan } from "../text/decimal.ts";
import { hexSpan } from "../text/hex.ts";
import { latin1 } from "../text/strings.ts";
import { RowError } from "./issues.ts";
import type { Line } from "./line.ts";

/*
 * Addresses the kernel prints for people: %pI4 (192.0.2.1) and %pI6 (eight groups of four digits, never shortened), and
 * the one word of IPVS (C0000201), which is in human order on every machine.
 */

const DOT = 0x2e;
const GROUPS = 8;

/** The address in `bytes[start, end)` as canonical text (RFC 5952). The groups may also be shortened with `::`. */
export function printedAddress(line: Line, field: string, start: number, end: number): string {
  const { bytes } = line;
  const text = bytes.subarray(start, end).includes(COLON) ? ipv6(bytes, start, end) : ipv4(bytes, start, end);
  if (text === undefined) throw new RowError(start, field, "expected an IPv4 or IPv6 address");
  return text;
}

/** The address in the next token; see {@link printedAddress}. */
export function addressColumn(line: Line, field: string): string {
  line.next(field);
  return printedAddress(line, field, line.tokenStart, line.tokenEnd);
}

/** An address of IPVS: eight hexadecimal digits for IPv4, groups for IPv6, in brackets where a port follows. */
export function ipvsAddress(line: Line, field: string, start: number, end: number): string {
  const { bytes } = line;
  if (bytes[start] === 0x5b && bytes[end - 1] === 0x5d) return printedAddress(line, field, start + 1, end - 1);
  if (end - start !== 8) return printedAddress(line, field, start, end);
  const word = hexSpan(bytes, start, end);
  if (word < 0) throw new RowError(start, field, "expected an address of eight hexadecimal digits");
  return ipv4Text(word);
}

function ipv4(bytes: Uint8Array, start: number, end: number): string | undefined {
  let word = 0;
  let at = start;
  for (let octet = 0; octet < 4; octet++) {
    const dot = octet === 3 ? end : bytes.indexOf(DOT, at);
    if (dot < 0 || dot > end || dot - at > 3) return undefined;
    const value = decimalSpan(bytes, at, dot);
    if (!(value >= 0 && value <= 255)) return undefined;
    word = (word << 8) | value;
    at = dot + 1;
  }
  return ipv4Text(word);
}

function ipv6(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > 39) return undefined;
  const halves = latin1(bytes, start, end).split("::");
  const first = groupsOf(halves[0]!);
  const last = halves.length > 1 ? groupsOf(halves[1]!) : [];
  if (first === undefined || last === undefined || halves.length > 2) return undefined;
  const missing = GROUPS - first.length - last.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...first, ...new Array<number>(missing).fill(0), ...last];
  const word = (at: number): number => (groups[at]! << 16) | groups[at + 1]!;
  return ipv6Text(word(0), word(2), word(4), word(6));
}

function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}
