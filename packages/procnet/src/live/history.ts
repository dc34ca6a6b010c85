import { invalidArgument } from "../errors.ts";

/** Points kept of each series unless asked otherwise: five minutes of seconds. */
const POINTS = 300;
/** Series kept at most unless asked otherwise; those that were not seen for longest give way. */
const SERIES = 400;

/** Options of a {@link History}; all optional. */
export interface HistoryOptions {
  /** Points of each series: 300 by default. */
  readonly points?: number;
  /** Series at most: 400 by default. */
  readonly series?: number;
}

/** Points of a series, the oldest first; NaN where it had no value at that time. */
export interface HistoryPoints {
  /** When each was added, as it was given. */
  readonly times: Float64Array;
  /** The value of each time. */
  readonly values: Float64Array;
}

/**
 * The last values of many series: one ring of times for all, and one of values for each. 400 series of 300 points are a megabyte, whatever
 * they hold; nothing grows.
 *
 * @example
 * ```ts
 * import { History } from "procnet";
 * const history = new History({ points: 60 });
 * history.add(Date.now(), [["sockets", 12]]);
 * history.points("sockets").values; // Float64Array [12]
 * ```
 */
export class History {
  private readonly size: number;
  private readonly most: number;
  private readonly times: Float64Array;
  private readonly rings = new Map<string, Ring>();
  /** Points added so far. */
  private count = 0;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for sizes that are no whole numbers from 1 on */
  constructor({ points = POINTS, series = SERIES }: HistoryOptions = {}) {
    for (const size of [points, series]) {
      if (!Number.isSafeInteger(size) || size < 1)
        throw invalidArgument("History: points and series must be whole numbers from 1 on");
    }
    this.size = points;
    this.most = series;
    this.times = new Float64Array(points);
  }

  /** Takes the values of one time. A series that is not among them has none then. */
  add(time: number, values: Iterable<readonly [name: string, value: number | undefined]>): void {
    const at = this.count % this.size;
    this.times[at] = time;
    for (const ring of this.rings.values()) ring.values[at] = Number.NaN;
    for (const [name, value] of values) {
      if (value === undefined) continue;
      const ring = this.ringOf(name);
      ring.values[at] = value;
      ring.seen = this.count;
    }
    this.count++;
    this.forget();
  }

  /** Names of the series that are kept. */
  names(): string[] {
    return [...this.rings.keys()];
  }

  /** The points of a series; none of one that is not known. */
  points(name: string): HistoryPoints {
    const { values } = this.rings.get(name) ?? {};
    const kept = Math.min(this.count, this.size);
    const times = new Float64Array(kept);
    const found = new Float64Array(kept).fill(Number.NaN);
    for (let index = 0; index < kept; index++) {
      const at = (this.count - kept + index) % this.size;
      times[index] = this.times[at]!;
      if (values !== undefined) found[index] = values[at]!;
    }
    return { times, values: found };
  }

  /** The last value of a series; `undefined` where it has none. */
  last(name: string): number | undefined {
    const value = this.rings.get(name)?.values[(this.count - 1) % this.size];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  private ringOf(name: string): Ring {
    const known = this.rings.get(name);
    if (known !== undefined) return known;
    const ring = { values: new Float64Array(this.size).fill(Number.NaN), seen: this.count };
    this.rings.set(name, ring);
    return ring;
  }

  /** Drops series of which no point is left, and those seen longest ago where there are too many. */
  private forget(): void {
    for (const [name, { seen }] of this.rings) if (this.count - seen > this.size) this.rings.delete(name);
    const over = this.rings.size - this.most;
    if (over <= 0) return;
    const oldest = [...this.rings].sort(([, a], [, b]) => a.seen - b.seen).slice(0, over);
    for (const [name] of oldest) this.rings.delete(name);
  }
}

interface Ring {
  readonly values: Float64Array;
  /** The last time it had a value. */
  seen: number;
}
