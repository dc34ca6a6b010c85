/** Distances between looks that keys choose from, milliseconds. */
const STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** The next look waits for so many times what the last one took: a twentieth of a core. */
const RESTS = 20;

/** How often is looked. */
export class Pace {
  /** Milliseconds from look to look that are wanted. */
  wanted: number;
  /** What a look takes, with all that is made of it. */
  took = 0;
  private readonly isFixed: boolean;
  private wake: () => void = () => {};

  /** With a distance that was asked for, looks keep it whatever they take. */
  constructor(interval: number | undefined) {
    this.wanted = interval ?? 1000;
    this.isFixed = interval !== undefined;
  }

  /** Milliseconds from look to look as it is. */
  get interval(): number {
    return this.isFixed ? this.wanted : Math.max(this.wanted, this.took * RESTS);
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
