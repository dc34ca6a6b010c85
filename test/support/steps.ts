/** Does work at once that is made to be done in steps; gives what it found, and in how many steps. */
export function atOnce<Result>(steps: Generator<undefined, Result, undefined>): {
  readonly result: Result;
  readonly steps: number;
} {
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done) return { result: value, steps: count };
  }
}
