import { type Rate, seriesKey } from "procnet/live";

/** Counters that grew since somebody began to look. Those that are gone, as of interfaces of containers, are forgotten. */
export class Moved {
  private known: ReadonlySet<string> = new Set();

  /** How many have grown. */
  get size(): number {
    return this.known.size;
  }

  /** Takes all counters of a look; gives those that grew then or before. Where none is known at the moment, nothing is forgotten. */
  take(rows: readonly Rate[]): readonly Rate[] {
    if (rows.length === 0) return rows;
    const moved = new Set<string>();
    const grown = rows.filter((rate) => {
      const key = seriesKey(rate);
      const isMoved = (rate.delta ?? 0) > 0 || this.known.has(key);
      if (isMoved) moved.add(key);
      return isMoved;
    });
    this.known = moved;
    return grown;
  }
}
