import type { OwnersFound } from "./found.ts";

/** One look at all processes for all who ask at the same time. */
export class SharedLook {
  private readonly start: () => Promise<OwnersFound>;
  private running: Promise<OwnersFound> | undefined;
  private next: Promise<OwnersFound> | undefined;

  constructor(start: () => Promise<OwnersFound>) {
    this.start = start;
  }

  /** The look that is under way, or one that begins now. */
  current(): Promise<OwnersFound> {
    this.running ??= this.start().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** A look that begins after the call: one that is under way may have passed by what has changed since it began. */
  fromNow(): Promise<OwnersFound> {
    if (this.running === undefined) return this.current();
    const begin = (): Promise<OwnersFound> => {
      this.next = undefined;
      return this.current();
    };
    this.next ??= this.running.then(begin, begin);
    return this.next;
  }
}
