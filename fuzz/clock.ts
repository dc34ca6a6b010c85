/** Processor time of this process, microseconds: what others do on the machine is not in it. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The least processor time of some runs, microseconds: what a collection of garbage adds to one is not in it. */
export function leastTime(run: () => unknown, rounds: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = cpuTime();
    run();
    least = Math.min(least, cpuTime() - before);
  }
  return least;
}
