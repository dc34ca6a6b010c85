import { SocketEngine, type WatchItem, watch } from "procnet";
import { median } from "../statistics.ts";

/*
 * `watch-child ROUNDS pairs`: a refresh of `sockets()` and a round of `watch` in turns, each with what it knows of the machine.
 * `watch-child ROUNDS alone`: rounds of `watch` only, and the memory of this process after them.
 */
const [rounds, how] = process.argv.slice(2);

/** What a child says. */
export interface WatchTimes {
  readonly sockets: number;
  /** Medians, milliseconds; of refreshes none where `watch` was alone. */
  readonly refresh: number | undefined;
  readonly round: number;
  /** Median of what a round took more than the refresh before it: 1 is as long. */
  readonly ratio: number | undefined;
  /** Megabytes in memory at the end. */
  readonly rss: number;
}

async function timesOf(count: number, isAlone: boolean): Promise<WatchTimes> {
  const engine = new SocketEngine();
  const looks = watch({ interval: 1 });
  const refreshes: number[] = [];
  const taken: number[] = [];
  let sockets = 0;
  for (let round = -2; round < count; round++) {
    const began = performance.now();
    if (!isAlone) await engine.sockets();
    const middle = performance.now();
    sockets = socketsIn((await looks.next()).value);
    if (round < 0) continue;
    refreshes.push(middle - began);
    taken.push(performance.now() - middle);
  }
  await looks.return();
  engine.close();
  return {
    sockets,
    refresh: isAlone ? undefined : median(refreshes),
    round: median(taken),
    ratio: isAlone ? undefined : median(taken.map((ms, at) => ms / refreshes[at]!)),
    rss: process.memoryUsage().rss / 1e6,
  };
}

function socketsIn(item: WatchItem | undefined): number {
  return (item?.counts ?? []).reduce((sum, { sockets }) => sum + sockets, 0);
}

console.log(JSON.stringify(await timesOf(Number(rounds), how === "alone")));
