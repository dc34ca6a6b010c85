import { setTimeout as sleep } from "node:timers/promises";

/** Between two looks, milliseconds: soon enough for people, seldom enough for the machine. */
const PAUSE = 100;

/** How waiting ended. */
export interface Waited<Answer> {
  /** The last answers. */
  readonly answers: Answer[];
  /** Whether all of them are as wanted; else the time or the signal ended it. */
  readonly isReached: boolean;
}

/** Asks again and again until all answers are as wanted. The answer is asked for at least once. */
export async function waitUntil<Answer>(
  ask: () => Promise<Answer[]>,
  isWanted: (answer: Answer) => boolean,
  timeout: number | undefined,
  signal: AbortSignal,
): Promise<Waited<Answer>> {
  const end = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  for (;;) {
    const answers = await ask();
    if (answers.every(isWanted)) return { answers, isReached: true };
    const left = end - performance.now();
    if (left <= 0 || signal.aborted) return { answers, isReached: false };
    try {
      await sleep(Math.min(PAUSE, left), undefined, { signal });
    } catch {
      return { answers, isReached: false };
    }
  }
}
