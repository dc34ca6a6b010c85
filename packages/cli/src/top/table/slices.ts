/** Work in steps: between two of them others may run, or it is given up. */
export type InSteps<Result> = Generator<undefined, Result, undefined>;

/** How long keys wait at most for work that is under way, milliseconds. */
const SLICE = 8;

/** Does work in slices, with turns of the event loop between; `undefined` where it was given up between two steps. */
export async function inSlices<Result>(
  steps: InSteps<Result>,
  isGivenUp: () => boolean = () => false,
): Promise<Result | undefined> {
  for (let began = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - began < SLICE) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (isGivenUp()) return undefined;
    began = performance.now();
  }
}

/** Rows between two steps. */
export const STEP = 1024;
