/** How long the event loop is held at a time, milliseconds. */
const SLICE = 2;

/** Does work that pauses, with turns of the event loop between. */
export async function inTurns<Result>(work: Generator<undefined, Result, undefined>): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < SLICE) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    began = performance.now();
  }
}
