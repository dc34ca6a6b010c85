import { type Rate, type RateEvent, seriesKey } from "procnet/live";

/** What `/api/v1/rates` and the event `rates` say: of the former all counters, of the latter those that grew. */
export interface RatesDocument {
  readonly takenAt: string;
  readonly seconds?: number | undefined;
  readonly rates: readonly Rate[];
  readonly events: readonly RateEvent[];
}

/** Milliseconds by which two clocks of the server may differ within one look. */
const TOLERATED = 250;

/**
 * All counters as they are now, though events tell only of those that grew. What did not grow has grown by 0, if every event since
 * all were told was seen and none says that counting began anew.
 */
export class RatesNow {
  private readonly known = new Map<string, Rate>();
  private takenAt = Number.NaN;

  /** Whether all counters must be asked for. */
  get needsAll(): boolean {
    return Number.isNaN(this.takenAt);
  }

  /** Takes all counters of a look. */
  begin({ takenAt, rates }: RatesDocument): void {
    this.known.clear();
    for (const rate of rates) this.known.set(seriesKey(rate), rate);
    this.takenAt = Date.parse(takenAt);
  }

  /** Takes what grew with the next look. */
  apply({ takenAt, seconds, rates, events }: RatesDocument): void {
    const at = Date.parse(takenAt);
    if (this.needsAll || at <= this.takenAt) return;
    const isNext = seconds !== undefined && Math.abs(at - seconds * 1000 - this.takenAt) < TOLERATED;
    if (!isNext || events.some(({ kind }) => kind !== "gone")) {
      this.known.clear();
      this.takenAt = Number.NaN;
      return;
    }
    this.takenAt = at;
    const grown = new Map(rates.map((rate) => [seriesKey(rate), rate]));
    const gone = new Set(events.map(numberKey));
    for (const [key, rate] of this.known) {
      if (grown.has(key)) continue;
      if (gone.has(numberKey(rate))) this.known.delete(key);
      else if (rate.kind === "counter") this.known.set(key, { ...rate, delta: 0, perSecond: 0 });
    }
    for (const [key, rate] of grown) this.known.set(key, rate);
  }

  /** All of them, in the order of the kernel. */
  rows(): readonly Rate[] {
    return [...this.known.values()];
  }
}

/** Which number an event is about, whatever the file. */
function numberKey({ name = "", of }: Pick<RateEvent, "name" | "of">): string {
  return seriesKey({ file: "", name, of });
}
