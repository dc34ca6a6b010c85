/** The bytes that give procfs text its structure. Nothing else separates: not U+00A0, not U+2028 (see docs/hostile-text.md). */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const COLON = 0x3a;
export const MINUS = 0x2d;
export const ZERO = 0x30;
export const NINE = 0x39;

/** Where the line starting at `start` ends: the index of its newline, or `end` when there is none. */
export function lineEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== NEWLINE) at++;
  return at;
}

/** The first index at or after `at` that holds neither a blank nor a tab. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (bytes[next] === SPACE || bytes[next] === TAB)) next++;
  return next;
}

/** The first index at or after `at` that holds a blank or a tab, or `end`. */
export function tokenEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== SPACE && bytes[next] !== TAB) next++;
  return next;
}
