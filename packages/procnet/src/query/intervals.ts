/** Whole numbers, as runs from the first to the last of each: in order, and none touches the next. */
export type Intervals = readonly (readonly [first: number, last: number])[];

/** The numbers from `first` to `last`; none where the last comes before the first. */
export function between(first: number, last: number): Intervals {
  return first <= last ? [[first, last]] : [];
}

/** What is in one of these. Linear but for sorting: a filter may name thousands of ports. */
export function union(all: readonly Intervals[]): Intervals {
  const runs = all.flat().sort(([one], [other]) => one - other);
  const joined: [first: number, last: number][] = [];
  for (const [first, last] of runs) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** What of 0 to `most` is not in these. */
export function complement(of: Intervals, most: number): Intervals {
  const gaps: [first: number, last: number][] = [];
  let next = 0;
  for (const [first, last] of of) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= most) gaps.push([next, most]);
  return gaps;
}

/** What of 0 to `most` is in all of these. */
export function intersection(all: readonly Intervals[], most: number): Intervals {
  return all.length === 1 ? all[0]! : complement(union(all.map((one) => complement(one, most))), most);
}

/** Whether all of one is in the other. */
export function isWithin(one: Intervals, other: Intervals): boolean {
  let at = 0;
  return one.every(([first, last]) => {
    while (at < other.length && other[at]![1] < first) at++;
    return at < other.length && other[at]![0] <= first && last <= other[at]![1];
  });
}

/** How many numbers these are. */
export function sizeOf(intervals: Intervals): number {
  return intervals.reduce((size, [first, last]) => size + last - first + 1, 0);
}

/** Each of the numbers. */
export function numbersOf(intervals: Intervals): number[] {
  const numbers: number[] = [];
  for (const [first, last] of intervals) for (let number = first; number <= last; number++) numbers.push(number);
  return numbers;
}
