import type { KernelBytes } from "./bytes.ts";

/** Flags of a type: that attributes are in it, that its number is in the order of the network. */
const TYPE = 0x3fff;

/** An attribute: its number, and where its value lies. */
export type TakeAttribute = (type: number, from: number, to: number) => void;

/**
 * Hands on each attribute between two places, in their order. One that says to be longer than what is there, or shorter than its own
 * head, ends them: `false`, and nothing behind it can be told.
 */
export function eachAttribute(
  { view, littleEndian }: KernelBytes,
  from: number,
  to: number,
  take: TakeAttribute,
): boolean {
  let at = from;
  while (at + 4 <= to) {
    const length = view.getUint16(at, littleEndian);
    if (length < 4 || at + length > to) return false;
    take(view.getUint16(at + 2, littleEndian) & TYPE, at + 4, at + length);
    at += (length + 3) & ~3;
  }
  return true;
}
