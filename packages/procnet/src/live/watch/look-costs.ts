/** The next look waits for so many times what a look takes: a twentieth of a core. */
const RESTS = 20;

/** Looks of which the one that took least counts: a busy machine makes any slow. */
const LOOKS = 4;

/** Looks that do not count: in the first ones code is loaded and compiled, and files are opened, so that they take ten times what others do. */
const COLD = 2;

/**
 * What looks take, and how far apart they are for that: twenty times what one takes, so that they take a twentieth of one core in the
 * long run, and the least that is wanted before that is known. The first two looks do not count, nor one that took longer than the
 * others of the last four.
 *
 * @example
 * ```ts
 * import { LookCosts } from "procnet/live";
 * const costs = new LookCosts();
 * for (const took of [300, 90, 30, 30]) costs.took(took);
 * costs.distance(100); // 600
 * ```
 */
export class LookCosts {
  private looks = 0;
  private readonly costs: number[] = [];

  /** Takes what a look took, milliseconds. */
  took(cost: number): void {
    if (++this.looks <= COLD) return;
    this.costs.push(cost);
    if (this.costs.length > LOOKS) this.costs.shift();
  }

  /** Milliseconds from the beginning of a look to that of the next, where so many are wanted at least. */
  distance(wanted: number): number {
    return this.costs.length === 0 ? wanted : Math.max(wanted, Math.round(Math.min(...this.costs) * RESTS));
  }
}
