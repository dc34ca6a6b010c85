/** Milliseconds before the end of a scrape at which it is answered with what there is. */
const MARGIN = 200;

/** A timer waits no longer: it would end at once instead. */
const LONGEST = 2 ** 31 - 1;

/** When Prometheus no longer waits, by the clock of `performance.now()`; `undefined` where it does not say, or says nonsense. */
export function deadlineOf(header: string | undefined, now: number): number | undefined {
  const seconds = Number(header);
  return header !== undefined && seconds > 0 ? now + Math.max(0, seconds * 1000 - MARGIN) : undefined;
}

/** What is found until then; `undefined` where that takes longer. What was begun goes on: others may wait for it. */
export async function until<Found>(found: Promise<Found>, deadline: number | undefined): Promise<Found | undefined> {
  if (deadline === undefined) return found;
  const rest = Math.min(LONGEST, Math.max(0, deadline - performance.now()));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, rest, undefined);
  });
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}
