import { readdirSync } from "node:fs";
import { watch } from "procnet";

/* `drift-child SECONDS`: watches once a second. Every few seconds it says how much memory it has, after collecting garbage, in megabytes. */
const seconds = Number(process.argv[2]);

/** What it says each time. */
export interface Drift {
  /** Since the beginning. */
  readonly seconds: number;
  readonly heap: number;
  readonly rss: number;
  readonly descriptors: number;
  readonly threads: number;
  /** Sockets now, and those that came and went since the beginning. */
  readonly sockets: number;
  readonly events: number;
}

const collect = globalThis.gc;
if (collect === undefined) throw new Error("run with --expose-gc");
const began = performance.now();
const step = seconds / 120;
let events = 0;
let due = 0;
for await (const item of watch({ interval: 1000 })) {
  const now = (performance.now() - began) / 1000;
  if (item.kind === "batch") events += item.opened.length + item.closed.length + item.traces.length;
  if (now >= due) {
    due += step;
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const said: Drift = {
      seconds: now,
      heap: heapUsed / 1e6,
      rss: rss / 1e6,
      descriptors: readdirSync("/proc/self/fd").length,
      threads: readdirSync("/proc/self/task").length,
      sockets: item.counts.reduce((sum, { sockets }) => sum + sockets, 0),
      events,
    };
    console.log(JSON.stringify(said));
  }
  if (now > seconds) break;
}
