import { invalidArgument } from "../errors.ts";
import { monotonicNow } from "../host/monotonic.ts";

/** The longest time a timer of JavaScript waits. */
const LONGEST = 2 ** 31 - 1;

/** Refuses what is no time between two samples. */
export function checkInterval(what: string, interval: unknown): void {
  if (typeof interval !== "number" || !(interval >= 1 && interval <= LONGEST))
    throw invalidArgument(`${what}: interval must be milliseconds from 1 to ${LONGEST}`);
}

/**
 * An iterator that ends with the signal, and at once with its `return`, also while somebody waits for its next value: that of a
 * generator waits until then.
 */
export function ending<Value>(
  signal: AbortSignal | undefined,
  begin: (ends: AbortSignal) => AsyncGenerator<Value, void, undefined>,
): AsyncGenerator<Value, void, undefined> {
  const ends = new AbortController();
  const items = until(signal, ends, begin);
  const { return: finish } = items;
  items.return = (value) => {
    ends.abort();
    return finish.call(items, value);
  };
  return items;
}

async function* until<Value>(
  signal: AbortSignal | undefined,
  ends: AbortController,
  begin: (ends: AbortSignal) => AsyncGenerator<Value, void, undefined>,
): AsyncGenerator<Value, void, undefined> {
  const end = (): void => ends.abort();
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end, { once: true });
  try {
    yield* begin(ends.signal);
  } catch (error) {
    // What was under way at the end fails by it.
    if (!ends.signal.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

/** Turns at even distances, the first at once, until the signal. One that is late is taken at once. */
export async function* paced(interval: number, signal: AbortSignal): AsyncGenerator<void, void, undefined> {
  for (let due = monotonicNow(); ; due = Math.max(due + interval, monotonicNow())) {
    const left = due - monotonicNow();
    if (left > 0 && !(await passes(left, signal))) return;
    if (signal.aborted) return;
    yield;
  }
}

/**
 * Waits so long; false at once where the signal ends it. The timer keeps the program alive, as who waits for it does: without one there
 * is no timer.
 */
function passes(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(isOver);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(() => end(true), milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
