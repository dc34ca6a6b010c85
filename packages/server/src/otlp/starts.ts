/** Series that are kept at most. */
const MOST = 20_000;

interface Known {
  value: number;
  start: number;
}

/** Since when series count: what falls has begun anew, after it was sent last. */
export class Starts {
  private readonly known = new Map<string, Known>();
  private before: number | undefined;
  private now = 0;

  /** Begins a round. */
  at(now: number): void {
    this.before = this.now === 0 ? undefined : this.now;
    this.now = now;
  }

  /** Since when a series counts that has this value; since `base`, as far as is known. */
  of(series: string, value: number, base: number): number {
    let known = this.known.get(series);
    if (known === undefined) known = { value, start: base };
    else if (value < known.value) known.start = this.before ?? base;
    known.value = value;
    // The one that was not told of for longest is the first.
    this.known.delete(series);
    this.known.set(series, known);
    if (this.known.size > MOST) this.known.delete(this.known.keys().next().value!);
    return known.start;
  }
}
