import { closeSync, openSync, readSync } from "node:fs";
import { type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { ProcFs, SocketEngine, type SocketProtocol } from "procnet";

/*
 * holds-child.js PROTOCOLS OWNERS [ROOT]: what sockets() does to the event loop, the first time and again, as a line of JSON each.
 * Beside it one immediate follows the other; the time between two of them is how long the loop was held.
 */

/** One look, all in milliseconds. */
export interface Held {
  readonly sockets: number;
  readonly total: number;
  /** The longest time between two turns, without what this thread waited for a processor. */
  readonly longest: number;
  /** The longest without V8's collector. */
  readonly withoutCollector: number;
  /** The same as a clock on the wall sees it, with whatever else ran on the machine. */
  readonly wall: number;
}

const [protocols = "", owners, root] = process.argv.slice(2);
const engine = new SocketEngine({ procfs: new ProcFs(root === undefined ? {} : { root }) });

const collections: PerformanceEntry[] = [];
const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
observer.observe({ entryTypes: ["gc"] });

/** Of /proc/<pid>/task/<tid>/schedstat the second number: nanoseconds this thread was ready and another one ran. */
const schedstat = openSync(`/proc/self/task/${process.pid}/schedstat`, "r");
const line = Buffer.alloc(128);
function waited(): number {
  const length = readSync(schedstat, line, 0, line.length, 0);
  return Number(line.toString("latin1", 0, length).split(" ")[1]) / 1e6;
}

/** Turns that took longer than this are looked at. */
const LONG = 3;

let isOn = true;
let turns: { readonly from: number; readonly to: number; readonly waited: number }[] = [];
let before = { at: performance.now(), waited: waited() };
function turn(): void {
  if (!isOn) return;
  const at = performance.now();
  const now = waited();
  if (at - before.at > LONG) turns.push({ from: before.at, to: at, waited: now - before.waited });
  before = { at: performance.now(), waited: now };
  setImmediate(turn);
}

async function look(): Promise<Held> {
  turns = [];
  const began = performance.now();
  const { sockets } = await engine.sockets({
    protocols: protocols.split(",") as SocketProtocol[],
    owners: owners === "all" ? "all" : false,
  });
  const total = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 100)); // what was observed is told later
  const held = turns.map(({ from, to, waited }) => ({
    wall: to - from,
    own: to - from - waited,
    collected: within(from, to),
  }));
  const most = (of: (one: (typeof held)[number]) => number): number => Math.max(0, ...held.map(of));
  return {
    sockets: sockets.length,
    total,
    longest: most(({ own }) => own),
    withoutCollector: most(({ own, collected }) => own - collected),
    wall: most(({ wall }) => wall),
  };
}

function within(from: number, to: number): number {
  const shares = collections.map(
    ({ startTime, duration }) => Math.min(to, startTime + duration) - Math.max(from, startTime),
  );
  return shares.reduce((sum, share) => sum + Math.max(0, share), 0);
}

setImmediate(turn);
for (let at = 0; at < 4; at++) console.log(JSON.stringify(await look()));
isOn = false;
engine.close();
observer.disconnect();
closeSync(schedstat);
