import { closeSync, openSync, readSync } from "node:fs";
import { type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";

/** How long the event loop was held at a time, milliseconds. */
export interface Longest {
  /** The longest time between two turns, without what this thread waited for a processor. */
  readonly longest: number;
  /** The longest without V8's collector. */
  readonly withoutCollector: number;
  /** The same as a clock on the wall sees it, with whatever else ran on the machine. */
  readonly wall: number;
}

interface Turn {
  readonly from: number;
  readonly to: number;
  readonly waited: number;
}

/** Turns that took longer than this are looked at. */
const LONG = 3;

/** How long this thread holds its event loop: one immediate follows the other, and the time between two of them is looked at. */
export class Holds {
  readonly #schedstat = openSync(`/proc/self/task/${process.pid}/schedstat`, "r");
  readonly #line: Buffer = Buffer.alloc(128);
  readonly #collections: PerformanceEntry[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#collections.push(...list.getEntries()));
  #turns: Turn[] = [];
  #isOn = false;

  /** From now on. */
  begin(): void {
    this.#turns = [];
    this.#observer.observe({ entryTypes: ["gc"] });
    this.#isOn = true;
    let before = { at: performance.now(), waited: this.#waited() };
    const turn = (): void => {
      if (!this.#isOn) return;
      const at = performance.now();
      const waited = this.#waited();
      if (at - before.at > LONG) this.#turns.push({ from: before.at, to: at, waited: waited - before.waited });
      before = { at: performance.now(), waited };
      setImmediate(turn);
    };
    setImmediate(turn);
  }

  /** Since it began. */
  async end(): Promise<Longest> {
    await new Promise((resolve) => setTimeout(resolve, 100)); // what was observed is told later
    this.#isOn = false;
    const held = this.#turns.map(({ from, to, waited }) => ({
      wall: to - from,
      own: to - from - waited,
      collected: this.#within(from, to),
    }));
    const most = (of: (one: (typeof held)[number]) => number): number => Math.max(0, ...held.map(of));
    return {
      longest: most(({ own }) => own),
      withoutCollector: most(({ own, collected }) => own - collected),
      wall: most(({ wall }) => wall),
    };
  }

  close(): void {
    this.#observer.disconnect();
    closeSync(this.#schedstat);
  }

  /** Of /proc/<pid>/task/<tid>/schedstat the second number: nanoseconds this thread was ready and another one ran. */
  #waited(): number {
    const length = readSync(this.#schedstat, this.#line, 0, this.#line.length, 0);
    return Number(this.#line.toString("latin1", 0, length).split(" ")[1]) / 1e6;
  }

  #within(from: number, to: number): number {
    const shares = this.#collections.map(
      ({ startTime, duration }) => Math.min(to, startTime + duration) - Math.max(from, startTime),
    );
    return shares.reduce((sum, share) => sum + Math.max(0, share), 0);
  }
}
