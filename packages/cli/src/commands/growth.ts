/** What numbers do a second from one round of a repeated command to the next. */
export class Growth {
  private before: Round | undefined;
  private now: Round = { at: 0, values: new Map() };

  /** A round begins: what was given in the last one is what is compared with. */
  begin(): void {
    if (this.now.at > 0) this.before = this.now;
    this.now = { at: performance.now(), values: new Map() };
  }

  /** What a number grew by a second since the last round; `undefined` in the first, and where it is less than it was. */
  perSecond(key: string, value: number): number | undefined {
    this.now.values.set(key, value);
    const old = this.before?.values.get(key);
    const seconds = (this.now.at - (this.before?.at ?? 0)) / 1000;
    return old === undefined || value < old || seconds <= 0 ? undefined : (value - old) / seconds;
  }
}

interface Round {
  readonly at: number;
  readonly values: Map<string, number>;
}
