import { NEWLINE } from "./ascii.ts";

/** Fills `buffer` from `offset` on; returns how many bytes it put there, 0 at the end of the text. */
export type ByteSource = (buffer: Uint8Array, offset: number) => number;

/** The longest record read as one. The kernel's own limit for a record is far lower; only a broken capture meets this one. */
export const LONGEST_LINE: number = 1 << 20;

/**
 * Cuts a text that arrives in pieces into regions of whole lines.
 *
 * After each successful {@link Chunks.next}, `bytes[start, end)` holds whole lines, each with its newline. An incomplete
 * tail is carried over to the next region. A last line without newline gets one, and {@link Chunks.cut} says so.
 */
export class Chunks {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** The text did not end in a newline: the kernel always writes one, so the text may be cut. */
  cut = false;
  #filled = 0;
  #done = false;
  readonly #source: ByteSource;

  constructor(source: ByteSource, buffer: Uint8Array) {
    this.#source = source;
    this.bytes = buffer;
  }

  next(): boolean {
    if (this.#done) return false;
    this.#carryTail();
    for (;;) {
      // One byte is kept free for the newline that a cut text lacks.
      if (this.#filled === this.bytes.length - 1) this.#grow();
      const got = this.#source(this.bytes, this.#filled);
      const before = this.#filled;
      this.#filled += got;
      if (got === 0) return this.#last();
      const newline = this.bytes.lastIndexOf(NEWLINE, this.#filled - 1);
      if (newline >= before) {
        this.end = newline + 1;
        return true;
      }
    }
  }

  #carryTail(): void {
    this.bytes.copyWithin(0, this.end, this.#filled);
    this.#filled -= this.end;
    this.start = 0;
    this.end = 0;
  }

  #grow(): void {
    if (this.bytes.length > LONGEST_LINE) throw new RangeError(`a line is longer than ${LONGEST_LINE} bytes`);
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }

  #last(): boolean {
    this.#done = true;
    if (this.#filled === 0) return false;
    this.cut = true;
    this.bytes[this.#filled++] = NEWLINE;
    this.end = this.#filled;
    return true;
  }
}

/** A source that hands out text already in memory. */
export function memorySource(text: Uint8Array): ByteSource {
  let at = 0;
  return (buffer, offset) => {
    const piece = text.subarray(at, at + buffer.length - 1 - offset);
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
}
