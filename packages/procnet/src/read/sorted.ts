/** Values sorted or merged between two pauses: some tenths of a millisecond. */
const RUN = 1024;

/** The values in order, equal ones as they were. Yields now and then: sorting a million takes half a second. */
export function* sortedInSteps<Value>(
  values: readonly Value[],
  compare: (a: Value, b: Value) => number,
): Generator<undefined, Value[], undefined> {
  let runs: Value[][] = [];
  for (let at = 0; at < values.length; at += RUN) {
    runs.push(values.slice(at, at + RUN).sort(compare));
    if (values.length > RUN) yield;
  }
  while (runs.length > 1) {
    const merged: Value[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const other = runs[at + 1];
      merged.push(other === undefined ? runs[at]! : yield* mergedInSteps(runs[at]!, other, compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedInSteps<Value>(
  one: readonly Value[],
  other: readonly Value[],
  compare: (a: Value, b: Value) => number,
): Generator<undefined, Value[], undefined> {
  const merged: Value[] = [];
  let second = 0;
  for (const value of one) {
    while (second < other.length && compare(other[second]!, value) < 0) {
      merged.push(other[second++]!);
      if (merged.length % RUN === 0) yield;
    }
    merged.push(value);
    if (merged.length % RUN === 0) yield;
  }
  while (second < other.length) {
    merged.push(other[second++]!);
    if (merged.length % RUN === 0) yield;
  }
  return merged;
}
