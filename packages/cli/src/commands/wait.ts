import { setTimeout as sleep } from "node:timers/promises";

/** Between two looks, milliseconds: soon enough for people, seldom enough for the machine. */
const PAUSE = 100;

/**
 * Asks again and again until all answers are as wanted; `undefined` when the time or the signal ends it first. The answer
 * is asked for at least once.
 */
export async function waitUntil<Answer>(
  ask: () => Promise<Answer[]>,
  isWanted: (answer: Answer) => boolean,
  timeout: number | undefined,
  signal: AbortSignal,
): Promise<Answer[] | undefined> {
  const end = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  for (;;) {
    const answers = await ask();
    if (answers.every(isWanted)) return answers;
    const left = end - performance.now();
    if (left <= 0 || signal.aborted) return undefined;
    try {
      await sleep(Math.min(PAUSE, left), undefined, { signal });
    } catch {
      return undefined;
    }
  }
}
