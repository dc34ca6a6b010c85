import { LookCosts } from "procnet";

/** Distances between looks that keys choose from, milliseconds. */
const STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** How often is looked. */
export class Pace {
  /** Milliseconds from look to look that are wanted. */
  wanted: number;
  private readonly isFixed: boolean;
  private readonly costs = new LookCosts();
  private wake: () => void = () => {};

  /** With a distance that was asked for, looks keep it whatever they take. */
  constructor(interval: number | undefined) {
    this.wanted = interval ?? 1000;
    this.isFixed = interval !== undefined;
  }

  /** Takes what a look took of all cores, with all that was made of it, milliseconds. */
  took(cost: number): void {
    this.costs.took(cost);
  }

  /** Milliseconds from look to look as it is. */
  get interval(): number {
    return this.isFixed ? this.wanted : this.costs.distance(this.wanted);
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
