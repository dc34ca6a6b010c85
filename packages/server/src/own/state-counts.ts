/** A number of sockets with what they have in common. */
export interface Counted {
  readonly protocol: string;
  readonly state: string;
  sockets: number;
}

/** Numbers of sockets by protocol and state. */
export class StateCounts {
  private readonly known = new Map<string, Counted[]>();
  /** What was counted last: most sockets are in the same state as the one before. */
  private last: Counted | undefined;

  add(protocol: string, state: string): void {
    if (this.last?.state !== state || this.last.protocol !== protocol) this.last = this.find(protocol, state);
    this.last.sockets++;
  }

  *values(): IterableIterator<Counted> {
    for (const counted of this.known.values()) yield* counted;
  }

  private find(protocol: string, state: string): Counted {
    let counts = this.known.get(protocol);
    if (counts === undefined) {
      counts = [];
      this.known.set(protocol, counts);
    }
    // A protocol has a dozen states.
    const known = counts.find((one) => one.state === state);
    if (known !== undefined) return known;
    const counted = { protocol, state, sockets: 0 };
    counts.push(counted);
    return counted;
  }
}
