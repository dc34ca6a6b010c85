/** A look that all who want one at about the same time share: one is under way at a time, and what it found serves until it is too old. */
export class Shared<Found> {
  private readonly look: () => Promise<Found>;
  private readonly now: () => number;
  private running: Promise<Found> | undefined;
  private last: { readonly found: Found; readonly at: number } | undefined;

  constructor(look: () => Promise<Found>, now: () => number = () => performance.now()) {
    this.look = look;
    this.now = now;
  }

  /** What was found at most so many milliseconds ago, by a look that began then; else what the one under way or a new one finds. */
  async get(maxAge: number): Promise<Found> {
    if (this.last !== undefined && this.now() - this.last.at <= maxAge) return this.last.found;
    this.running ??= this.begin();
    return this.running;
  }

  private async begin(): Promise<Found> {
    const at = this.now();
    try {
      const found = await this.look();
      this.last = { found, at };
      return found;
    } finally {
      this.running = undefined;
    }
  }
}
