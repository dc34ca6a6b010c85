import { TcpState } from "../net/tcp-state.ts";
import { COLON, NINE, SPACE, ZERO } from "../text/ascii.ts";

/**
 * Index of the colon behind `sl` when the row at `at` has the kernel's usual widths; -1 when it has not.
 *
 * `%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u ...` with 8 or 32 digits for an address. Only the
 * separators are looked at; the digits between them are checked by whoever reads them.
 */
export function inetColon(bytes: Uint8Array, at: number, end: number, digits: 8 | 32): number {
  let colon = at;
  while (bytes[colon] === SPACE) colon++;
  let byte = bytes[colon]!;
  while (byte >= ZERO && byte <= NINE) byte = bytes[++colon]!;
  const tail = colon + 2 * digits;
  if (byte !== COLON || tail + 57 > end) return -1;
  if (
    bytes[colon + 1] === SPACE &&
    bytes[colon + 2 + digits] === COLON &&
    bytes[colon + 7 + digits] === SPACE &&
    bytes[tail + 8] === COLON &&
    bytes[tail + 13] === SPACE &&
    bytes[tail + 16] === SPACE &&
    bytes[tail + 25] === COLON &&
    bytes[tail + 34] === SPACE &&
    bytes[tail + 37] === COLON &&
    bytes[tail + 46] === SPACE &&
    bytes[tail + 55] === SPACE
  ) {
    return colon;
  }
  return -1;
}

/**
 * Whether a row in this state ends the listeners at the head of the file. Up to Linux 4.3 the connection requests of a
 * listener (`SYN_RECV`) follow it, so they end nothing.
 */
export function endsListeners(state: number): boolean {
  return state !== TcpState.LISTEN && state !== TcpState.SYN_RECV;
}
