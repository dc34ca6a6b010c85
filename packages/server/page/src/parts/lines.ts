/** A line of a graph. */
export interface Line {
  readonly name: string;
  /** Class that gives it its colour. */
  readonly look: string;
  /** Lengths of its strokes and gaps, in px; empty for an unbroken line. */
  readonly dash: readonly number[];
  /** One for each time; `null` where it was not seen. */
  readonly values: readonly (number | null)[];
}

/** What a line says, for who cannot see it. */
export interface LineSummary {
  readonly last: number | null;
  readonly least: number;
  readonly most: number;
}

/** The last value of a line, its least and its most; `undefined` where it has none. */
export function lineSummary(values: readonly (number | null)[]): LineSummary | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least > most ? undefined : { last: values.at(-1) ?? null, least, most };
}

/** Points of several series, with a hole wherever nobody looked. */
export interface Points {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** Of each series, in the order in which they were given. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Times that are further apart than so many of the usual steps have nothing between them. */
const STEPS = 3;

/** Makes holes where nothing was seen: series of times in milliseconds, with NaN where there is no value. */
export function pointsOf(times: ArrayLike<number>, series: readonly ArrayLike<number>[]): Points {
  const longest = STEPS * usualStep(times);
  const seconds: number[] = [];
  const values: (number | null)[][] = series.map(() => []);
  for (let at = 0; at < times.length; at++) {
    const time = times[at]!;
    const before = times[at - 1];
    if (before !== undefined && time - before > longest) {
      seconds.push((before + time) / 2000);
      for (const one of values) one.push(null);
    }
    seconds.push(time / 1000);
    for (const [index, one] of series.entries()) {
      const value = one[at]!;
      values[index]!.push(Number.isNaN(value) ? null : value);
    }
  }
  return { times: seconds, values };
}

/** The middle one of all steps from one time to the next. */
function usualStep(times: ArrayLike<number>): number {
  const steps = Array.from({ length: Math.max(0, times.length - 1) }, (_, at) => times[at + 1]! - times[at]!);
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
}
