/** Distances between looks that keys choose from, milliseconds. */
const STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** The next look waits for so many times what the last one took: a twentieth of a core. */
const RESTS = 20;

/** Looks of which the one that took least counts: the first of all takes ten times what others do, and a busy machine makes any slow. */
const LOOKS = 4;

/** How often is looked. */
export class Pace {
  /** Milliseconds from look to look that are wanted. */
  wanted: number;
  private readonly isFixed: boolean;
  private readonly costs: number[] = [];
  private wake: () => void = () => {};

  /** With a distance that was asked for, looks keep it whatever they take. */
  constructor(interval: number | undefined) {
    this.wanted = interval ?? 1000;
    this.isFixed = interval !== undefined;
  }

  /** Takes what a look took of all cores, with all that was made of it, milliseconds. */
  took(cost: number): void {
    this.costs.push(cost);
    if (this.costs.length > LOOKS) this.costs.shift();
  }

  /** Milliseconds from look to look as it is. */
  get interval(): number {
    if (this.isFixed || this.costs.length < 2) return this.wanted;
    return Math.max(this.wanted, Math.round(Math.min(...this.costs) * RESTS));
  }

  /** The next larger distance, or the next smaller one. */
  change(by: 1 | -1): void {
    const further = STEPS.filter((step) => (by > 0 ? step > this.wanted : step < this.wanted));
    this.wanted = (by > 0 ? further[0] : further.at(-1)) ?? this.wanted;
    this.now();
  }

  /** Waits until the next look is due, counted from when the last one began. */
  rest(began: number): Promise<void> {
    const left = Math.max(0, began + this.interval - performance.now());
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), left);
      this.wake = () => {
        this.wake = () => {};
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Looks at once. */
  now(): void {
    this.wake();
  }
}
