/**
 * Milliseconds of a clock that never goes back. Node loads `performance` with its first use, which takes a short program a
 * millisecond.
 */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
