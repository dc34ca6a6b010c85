import type { Outcome } from "./search.ts";

/** One look at all processes for all who ask at the same time. */
export class SharedLook {
  private readonly start: () => Promise<Outcome>;
  private running: Promise<Outcome> | undefined;
  private next: Promise<Outcome> | undefined;

  constructor(start: () => Promise<Outcome>) {
    this.start = start;
  }

  /** The look that is under way, or one that begins now. */
  current(): Promise<Outcome> {
    this.running ??= this.start().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** A look that begins after the call: one that is under way may have passed by what has changed since it began. */
  fromNow(): Promise<Outcome> {
    if (this.running === undefined) return this.current();
    const begin = (): Promise<Outcome> => {
      this.next = undefined;
      return this.current();
    };
    this.next ??= this.running.then(begin, begin);
    return this.next;
  }
}
