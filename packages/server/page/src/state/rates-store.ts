import type { Rate } from "procnet/live";
import { askFor } from "./ask.ts";
import type { Feed } from "./feed.ts";
import { type RatesDocument, RatesNow } from "./rates-now.ts";
import { Signal } from "./signal.ts";

/** All counters, with what they did since the look before. */
export interface Rated {
  /** Empty until they were all told. */
  readonly rows: readonly Rate[];
  /** When they were read, milliseconds since 1970; NaN until then. */
  readonly takenAt: number;
}

/** Events that are kept while all counters are asked for. */
const RECENT = 5;

/** The counters of the stream: all are asked for once, then events say which grew. */
export class RatesStore {
  readonly state: Signal<Rated> = new Signal<Rated>({ rows: [], takenAt: Number.NaN });
  private readonly now = new RatesNow();
  private readonly recent: RatesDocument[] = [];
  private isAsking = false;

  constructor(feed: Pick<Feed, "listen">) {
    feed.listen((data, event) => {
      if (event === "rates") this.take(data as RatesDocument);
    });
  }

  private take(document: RatesDocument): void {
    this.recent.push(document);
    if (this.recent.length > RECENT) this.recent.shift();
    this.now.apply(document);
    this.changed(document);
    if (this.now.needsAll) void this.askAll();
  }

  private async askAll(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const all = await askFor<RatesDocument>("/api/v1/rates");
      this.now.begin(all);
      for (const later of this.recent) this.now.apply(later);
      this.changed(this.recent.at(-1) ?? all);
    } catch {
      // Asked for again with the next event.
    } finally {
      this.isAsking = false;
    }
  }

  private changed({ takenAt }: RatesDocument): void {
    this.state.set({ rows: this.now.rows(), takenAt: Date.parse(takenAt) });
  }
}
