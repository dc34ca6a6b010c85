import { NINE, ZERO } from "../bytes/ascii.ts";
import { hexSpan } from "../bytes/hex.ts";
import { latin1 } from "../bytes/strings.ts";
import { ipv4Text } from "../codes/address.ts";
import { addressText } from "../codes/address-text.ts";
import { RowError } from "./issues.ts";
import type { Line } from "./line.ts";

/*
 * Addresses the kernel prints for people: %pI4 (192.0.2.1) and %pI6 (eight groups of four digits, never shortened), and
 * the one word of IPVS (C0000201), which is in human order on every machine.
 */

const DOT = 0x2e;
/** Longer than any address: what is longer is not even decoded. */
const TOO_LONG = 64;

/** The address in `bytes[start, end)` as canonical text (RFC 5952). */
export function printedAddress(line: Line, field: string, start: number, end: number): string {
  const word = dottedWord(line.bytes, start, end);
  if (word !== undefined) return ipv4Text(word);
  const text = end - start < TOO_LONG ? addressText(latin1(line.bytes, start, end)) : undefined;
  if (text === undefined) throw new RowError(start, field, "expected an IPv4 or IPv6 address");
  return text;
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

/** The word of a dotted IPv4 address; the usual case, so it makes no string. */
function dottedWord(bytes: Uint8Array, start: number, end: number): number | undefined {
  let word = 0;
  let dots = 0;
  let octet = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      octet = octet === -1 ? byte - ZERO : octet * 10 + byte - ZERO;
      if (octet > 255) return undefined;
    } else if (byte === DOT && octet >= 0 && dots < 3) {
      word = (word << 8) | octet;
      octet = -1;
      dots++;
    } else return undefined;
  }
  return dots === 3 && octet >= 0 ? (word << 8) | octet : undefined;
}
