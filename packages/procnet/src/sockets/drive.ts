import { monotonicNow } from "../host/monotonic.ts";

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
    abandon(steps);
  }
}

/** Ends work that is not gone on with, so that it closes what it has opened; nothing where it is done. */
export function abandon<Result>(steps: Steps<Result>): void {
  const unfinished: Steps<Result | undefined> = steps;
  unfinished.return(undefined);
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

/** Goes on with a piece of the work until `isEnough` says so between two steps; tells whether it is done. */
export function* goOn(steps: Steps<unknown>, isEnough: () => boolean): Steps<boolean> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return true;
    yield value;
    if (isEnough()) return false;
  }
}

/** Waits for what others do; only where the caller runs asynchronously. */
export function* waitFor<Value>(promise: Promise<Value>): Steps<Value> {
  let settled: { readonly value: Value } | undefined;
  yield promise.then((value) => {
    settled = { value };
  });
  return settled!.value;
}

/** Tells a loop when to let others run. */
export class Turns {
  private began = monotonicNow();

  /** A slice begins now, as the event loop has just turned. */
  begin(): void {
    this.began = monotonicNow();
  }

  /** A turn of the event loop to wait for; `undefined` while it is not due. */
  due(): Promise<void> | undefined {
    if (monotonicNow() - this.began < SLICE) return undefined;
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
