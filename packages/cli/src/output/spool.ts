const SIZE = 1 << 20;

/** Many texts kept as bytes outside of the heap: a million of them as strings, or as objects, take several times the memory. */
export class Spool {
  private readonly blocks: Buffer[] = [];
  private readonly places: number[] = [];
  private used = 0;

  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.blocks.length === 0 || this.used + length > SIZE) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(SIZE, length)));
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    this.blocks[block]!.write(text, this.used);
    this.places.push(block, this.used, length);
    this.used += length;
  }

  /** The text that was added as the `index`-th, from 0. */
  text(index: number): string {
    const at = index * 3;
    const start = this.places[at + 1]!;
    return this.blocks[this.places[at]!]!.toString("utf8", start, start + this.places[at + 2]!);
  }
}
