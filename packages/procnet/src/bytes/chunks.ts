import { NEWLINE } from "./ascii.ts";
import { FOLLOWED, LONGEST_LINE, SHOWN } from "./regions.ts";

/**
 * Fills `buffer` from `offset` on, but for its last byte, which stays free for a newline that a cut text lacks; returns how
 * many bytes it put there, 0 at the end of the text.
 */
export type ByteSource = (buffer: Uint8Array, offset: number) => number;

/** The kernel hands out a page a call at most, so with less room than this a call would come back short. */
export const PAGE = 4096;

/**
 * A call that gives less than this, though it was asked for a page or more, was not cut by the size of a page. Where the kernel prints
 * records of less than 512 bytes by `seq_read` (fs/seq_file.c), the text is over then: its loop puts one record behind the other
 * into a page, and leaves before the next one only where that one does not fit, or is not there. So since seq_file exists (2.4.15);
 * the reading calls of Linux 2.6.18, 3.10, 4.19, 5.10 and 6.12 differ in their words only.
 */
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
  private endsShort: (() => boolean) | undefined;

  /**
   * `endsShort` is asked once, when a call was {@link SHORT}, whether that is the end: to ask the kernel once more can take it long.
   */
  constructor(source: ByteSource, buffer: Uint8Array, endsShort?: () => boolean) {
    this.source = source;
    this.bytes = buffer;
    this.endsShort = endsShort;
  }

  /** Whether the last region has been given: the source is not asked any more. */
  get isOver(): boolean {
    return this.done;
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
      const asked = this.bytes.length - 1 - this.filled;
      const got = this.source(this.bytes, this.filled);
      this.filled += got;
      if (got === 0 || (got < SHORT && asked >= PAGE && this.isEnd())) return this.last();
      const room = this.bytes.length - this.filled > PAGE;
      if (--calls > 0 && room && got >= SHORT) continue;
      this.end = this.lastLineEnd();
      if (this.end > 0) return true;
    }
  }

  private isEnd(): boolean {
    const { endsShort } = this;
    this.endsShort = undefined; // it was no end: nor will another one be
    return endsShort?.() ?? false;
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

  /** The largest has room for the longest line, its newline, and the byte that stays free. */
  private grow(): void {
    const larger = new Uint8Array(Math.min(this.bytes.length * 2, LONGEST_LINE + 2));
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
