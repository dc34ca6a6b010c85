/** Where a mutator's decisions come from. */
export interface Choices {
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number;
}

/** Numbers from a seed: the same ones everywhere (sfc32, as PractRand tests it). */
export class SeededChoices implements Choices {
  private a: number;
  private b: number;
  private c = 0x9e3779b9;
  private counter = 1;

  constructor(seed: number) {
    this.a = seed | 0;
    this.b = Math.imul(seed, 0x85ebca6b) ^ 0x5bd1e995;
    for (let round = 0; round < 12; round++) this.next();
  }

  below(below: number): number {
    return this.next() % below;
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }
}

/** Decisions read from bytes, so that who changes the bytes changes the decisions; 0 when they are used up. */
export class ByteChoices implements Choices {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  below(below: number): number {
    let value = this.take();
    if (below > 0x100) value = value * 0x100 + this.take();
    if (below > 0x10000) value = value * 0x100 + this.take();
    return value % below;
  }

  private take(): number {
    return this.bytes[this.at++] ?? 0;
  }
}

/** One of a list. */
export function pick<Item>(choices: Choices, items: readonly Item[]): Item {
  return items[choices.below(items.length)]!;
}
