/**
 * Work in steps: it yields wherever a caller may let others run, and a promise where it waits for another thread. One
 * description of the work serves the synchronous and the asynchronous calls.
 */
export type Steps<Result> = Generator<Promise<unknown> | undefined, Result, undefined>;

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 2;

/** Does all the work at once. Work that waits for a thread cannot be done so: it is not begun with threads. */
export function runSync<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the work in slices, with turns of the event loop between. Aborting ends it with the signal's reason. */
export async function runAsync<Result>(steps: Steps<Result>, signal: AbortSignal | undefined): Promise<Result> {
  try {
    return (await runUntil(steps, () => false, signal))!.result;
  } finally {
    steps.return(undefined as never);
  }
}

/** The same, but it stops where `isEnough` says so between two steps: it can go on later. `undefined` when it did. */
export async function runUntil<Result>(
  steps: Steps<Result>,
  isEnough: () => boolean,
  signal: AbortSignal | undefined,
): Promise<{ readonly result: Result } | undefined> {
  const turns = new Turns();
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return { result: value };
    if (value !== undefined) {
      await value;
      turns.begin();
    } else {
      const turn = turns.due();
      if (turn !== undefined) await turn;
    }
    if (isEnough()) return undefined;
  }
}

/** Tells a loop when to let others run. */
export class Turns {
  private began = performance.now();

  /** A slice begins now, as the event loop has just turned. */
  begin(): void {
    this.began = performance.now();
  }

  /** A turn of the event loop to wait for; `undefined` while it is not due. */
  due(): Promise<void> | undefined {
    if (performance.now() - this.began < SLICE) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.begin();
        resolve();
      });
    });
  }
}

/** A promise that others share, given up by this caller when its signal says so. */
export function abortable<Value>(shared: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
