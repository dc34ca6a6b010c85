/**
 * Which of many have a place of their own, the others being counted together. Who has one keeps it until it is a fifth below the one that
 * would take it: a place that comes and goes is a series that begins anew each time.
 */
export class Ranks {
  private readonly places: number;
  private held: ReadonlySet<string> = new Set();

  constructor(places: number) {
    this.places = places;
  }

  /** Those with a place, by name with how many they have. */
  take(counts: ReadonlyMap<string, number>, places: number = this.places): ReadonlySet<string> {
    const weight = (name: string, count: number): number => (this.held.has(name) ? count * KEPT : count);
    const ranked = [...counts].sort(
      ([one, a], [other, b]) => weight(other, b) - weight(one, a) || (one < other ? -1 : 1),
    );
    this.held = new Set(ranked.slice(0, Math.min(places, this.places)).map(([name]) => name));
    return this.held;
  }
}

const KEPT = 1.25;
