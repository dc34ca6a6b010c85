import { History, type HistoryValue, historyValues, type WatchCount } from "procnet/live";
import { askFor } from "./ask.ts";
import type { Feed } from "./feed.ts";
import type { RatesStore } from "./rates-store.ts";
import { Signal } from "./signal.ts";

/** What `/api/v1/history` says: the last minutes of whoever listened. */
export interface HistoryDocument {
  /** Milliseconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** What was seen in the last minutes. */
export interface Past {
  readonly history: History;
  /** Grows with each point. */
  readonly version: number;
}

/** What of event `counts` is a point. */
interface Counted {
  readonly takenAt: string;
  readonly interval: number;
  readonly counts: readonly WatchCount[];
}

interface Point {
  readonly time: number;
  readonly values: readonly HistoryValue[];
}

/** Points of each series at most. */
const POINTS = 300;

/** Intervals without a look after which others may have seen more than this page. */
const MISSED = 3;

/** The last minutes as series over time: those before the page was opened, or hidden, are asked for. */
export class HistoryStore {
  readonly state: Signal<Past> = new Signal<Past>({ history: new History({ points: POINTS }), version: 0 });
  private counts: Counted | undefined;
  private last = Number.NEGATIVE_INFINITY;
  /** What came while the past was asked for. */
  private waiting: Point[] | undefined;

  constructor(feed: Pick<Feed, "listen">, rates: Pick<RatesStore, "state">) {
    feed.listen((data, event) => {
      if (event === "counts") this.counts = data as Counted;
    });
    rates.state.watch(() => this.take(rates.state.value));
  }

  private take({ rows, takenAt }: RatesStore["state"]["value"]): void {
    const { counts } = this;
    if (counts === undefined) return;
    this.counts = undefined;
    const time = Date.parse(counts.takenAt);
    // Counters are read right after the sockets of a look: those of another one are no point with them.
    if (Math.abs(takenAt - time) > counts.interval) return;
    const point = { time, values: historyValues(counts.counts, rows) };
    const isLate = time - this.last > MISSED * counts.interval;
    this.last = time;
    if (isLate && this.waiting === undefined) void this.askPast();
    if (this.waiting === undefined) this.add([point]);
    else this.waiting.push(point);
  }

  private async askPast(): Promise<void> {
    this.waiting = [];
    let { history } = this.state.value;
    try {
      history = historyOf(await askFor<HistoryDocument>("/api/v1/history"));
    } catch {
      // Then there is a gap.
    }
    const points = this.waiting;
    this.waiting = undefined;
    this.state.set({ ...this.state.value, history });
    const told = history.points("").times.at(-1) ?? Number.NEGATIVE_INFINITY;
    this.add(points.filter(({ time }) => time > told));
  }

  private add(points: readonly Point[]): void {
    const { history, version } = this.state.value;
    for (const { time, values } of points) history.add(time, values);
    this.state.set({ history, version: version + 1 });
  }
}

/** The history that a server tells. */
export function historyOf({ times, series }: HistoryDocument): History {
  const history = new History({ points: POINTS });
  for (const [at, time] of times.entries()) {
    history.add(
      time,
      series.map(({ name, values }): HistoryValue => [name, values[at] ?? undefined]),
    );
  }
  return history;
}
