import { setTimeout as after } from "node:timers/promises";
import { cpuOf, rssOf, type Served } from "./programs.ts";
import { scrape } from "./scrape.ts";

/** What a program took over a time. */
export interface Kept {
  /** Part of a core. */
  readonly cpu: number;
  /** Megabytes in memory at most, looked at before each scrape. */
  readonly rss: number;
}

/** Scrapes all of them now and then for so many seconds, each over a connection of its own: it counts all that they did meanwhile. */
export async function overTime(all: readonly Served[], seconds: number, every: number): Promise<Kept[]> {
  for (let warm = 0; warm < 20; warm++) for (const { url } of all) await scrape(`${url}metrics`, false);
  const before = all.map(cpuOf);
  const memory = all.map(rssOf);
  const began = performance.now();
  for (let round = 1; round <= seconds / every; round++) {
    for (const one of all) await scrape(`${one.url}metrics`, false);
    await after(Math.max(0, began + round * every * 1000 - performance.now()));
    for (const [at, one] of all.entries()) memory[at] = Math.max(memory[at]!, rssOf(one));
  }
  const took = performance.now() - began;
  return all.map((one, at) => ({ cpu: (cpuOf(one) - before[at]!) / took, rss: memory[at]! }));
}
