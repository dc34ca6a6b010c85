/**
 * Waits so long; false at once where the signal ends it. The timer keeps the program alive, as who waits for it does: without one there
 * is no timer.
 */
export function passes(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve(isOver);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(() => end(true), milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
