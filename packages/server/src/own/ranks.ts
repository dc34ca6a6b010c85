/**
 * Which of many come first, where only so many have a place of their own and the others are counted together. Who has one keeps it until
 * it is a fifth below the one that would take it: a place that comes and goes is a series that begins anew each time.
 */
export class Ranks {
  private held: ReadonlySet<string> = new Set();

  /** Names, those first that are to have a place, of how many each has. */
  rank(counts: ReadonlyMap<string, number>): readonly string[] {
    const weighed = [...counts].map(([name, count]) => [name, this.held.has(name) ? count * KEPT : count] as const);
    return weighed.sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).map(([name]) => name);
  }

  /** Those that got one: how many there are may be found out only when all that have one are told. */
  hold(names: ReadonlySet<string>): void {
    this.held = names;
  }

  /** Both, where it is known how many places there are. */
  take(counts: ReadonlyMap<string, number>, places: number): ReadonlySet<string> {
    const placed = new Set(this.rank(counts).slice(0, places));
    this.hold(placed);
    return placed;
  }
}

const KEPT = 1.25;
