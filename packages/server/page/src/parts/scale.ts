/*
 * Where values and times stand in a graph. Places are px from the left and from the top.
 */

/** Steps of an axis of numbers: 1, 2, 5, 10, 20, ... */
function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((one) => one * power >= least) ?? 10);
}

/** Steps of an axis of bytes: 1, 2, 4, 8, ... */
function binaryStep(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

/** Steps of an axis of time, seconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** An axis of numbers from 0 on: where its lines are, and its end. */
export interface ValueAxis {
  readonly ticks: readonly number[];
  readonly end: number;
}

/** The axis of values of which this is the largest: a whole number of steps, at most four. */
export function valueAxis(most: number, isBytes: boolean): ValueAxis {
  const least = Math.max(most, isBytes ? 4 : 1) / 4;
  const step = isBytes ? binaryStep(least) : decimalStep(least);
  const steps = Math.max(1, Math.ceil(most / step));
  return { ticks: Array.from({ length: steps + 1 }, (_, at) => at * step), end: steps * step };
}

/** Times at which an axis has lines: round ones of the clock on the wall, at most so many. */
export function timeTicks(from: number, to: number, most: number): readonly number[] {
  const step = TIME_STEPS.find((one) => (to - from) / one <= most) ?? 86_400 * Math.ceil((to - from) / 86_400 / most);
  // What is round differs with the time zone.
  const offset = new Date(to * 1000).getTimezoneOffset() * 60;
  const first = Math.ceil((from - offset) / step) * step + offset;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, at) => first + at * step);
}

/** A line through points, as SVG has it: broken where there is none. One that stands alone is a dot. */
export function linePath(
  times: readonly number[],
  values: readonly (number | null)[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let isOpen = false;
  for (const [at, value] of values.entries()) {
    if (value === null) {
      isOpen = false;
      continue;
    }
    const point = `${x(times[at]!).toFixed(1)} ${y(value).toFixed(1)}`;
    const isAlone = !isOpen && (values[at + 1] ?? null) === null;
    path += `${isOpen ? "L" : "M"}${point}${isAlone ? "h2" : ""}`;
    isOpen = true;
  }
  return path;
}

/** The index of the time that is nearest; `undefined` where there is none. */
export function nearest(times: readonly number[], time: number): number | undefined {
  let found: number | undefined;
  for (const [at, one] of times.entries()) {
    if (found === undefined || Math.abs(one - time) < Math.abs(times[found]! - time)) found = at;
  }
  return found;
}
