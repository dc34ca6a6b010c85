import { NEWLINE } from "./ascii.ts";
import { FOLLOWED, LONGEST_LINE, SHOWN } from "./regions.ts";

/**
 * Fills `buffer` from `offset` on, but for its last byte, which stays free for a newline that a cut text lacks; returns how
 * many bytes it put there, 0 at the end of the text.
 */
export type ByteSource = (buffer: Uint8Array, offset: number) => number;

/** The kernel hands out a page a call at most, so with less room than this a call would come back short. */
export const PAGE = 4096;

/** A call that gives less than this was not cut by the size of a page: the text is over, or what follows takes long to find. */
export const SHORT: number = PAGE - 512;

/**
 * Cuts a text that arrives in pieces into regions of whole lines.
 *
 * After each successful {@link Chunks.next}, `bytes[start, end)` holds whole lines, each with its newline. An incomplete
 * tail is carried over to the next region. A last line without newline gets one, and {@link Chunks.cut} says so. For a line
 * that is too long to be one there is {@link Chunks.tooLong} instead of a region.
 *
 * The first region is what one call of the source gives, for callers that stop early; each further one takes twice as many
 * calls, up to a full buffer or a short call. Parsing 400 rows in a row costs a quarter less than 27 between two calls of the kernel.
 */
export class Chunks {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** The text did not end in a newline: the kernel always writes one, so the text may be cut. */
  cut = false;
  /** The beginning of a line that is longer than {@link LONGEST_LINE} and was left out; the region is empty then. */
  tooLong: Uint8Array | undefined;
  /** That line did not end within reach, and what may follow it is not read. */
  endless = false;
  private filled = 0;
  private calls = 1;
  private done = false;
  private readonly source: ByteSource;

  constructor(source: ByteSource, buffer: Uint8Array) {
    this.source = source;
    this.bytes = buffer;
  }

  next(): boolean {
    this.tooLong = undefined;
    if (this.done) return false;
    this.carryTail();
    let calls = this.calls;
    this.calls *= 2;
    for (;;) {
      if (this.filled >= this.bytes.length - 1) {
        if (this.bytes.length > LONGEST_LINE) return this.leaveOut();
        this.grow();
      }
      const got = this.source(this.bytes, this.filled);
      this.filled += got;
      if (got === 0) return this.last();
      const room = this.bytes.length - this.filled > PAGE;
      if (--calls > 0 && room && got >= SHORT) continue;
      this.end = this.lastLineEnd();
      if (this.end > 0) return true;
    }
  }

  private lastLineEnd(): number {
    let end = this.filled;
    while (end > 0 && this.bytes[end - 1] !== NEWLINE) end--;
    return end;
  }

  private carryTail(): void {
    if (this.end < this.filled) this.bytes.copyWithin(0, this.end, this.filled);
    this.filled -= this.end;
    this.start = 0;
    this.end = 0;
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }

  /** Goes on to the end of the line that fills the buffer. */
  private leaveOut(): boolean {
    const { bytes } = this;
    this.tooLong = bytes.slice(0, SHOWN);
    for (let passed = this.filled; ; passed += this.filled) {
      this.filled = this.source(bytes, 0);
      this.endless = passed > FOLLOWED;
      if (this.filled === 0 || this.endless) {
        this.done = true;
        return true;
      }
      const newline = bytes.subarray(0, this.filled).indexOf(NEWLINE);
      if (newline >= 0) {
        this.start = newline + 1;
        this.end = newline + 1;
        return true;
      }
    }
  }

  private last(): boolean {
    this.done = true;
    if (this.filled === 0) return false;
    this.cut = this.bytes[this.filled - 1] !== NEWLINE;
    if (this.cut) this.bytes[this.filled++] = NEWLINE;
    this.end = this.filled;
    return true;
  }
}
