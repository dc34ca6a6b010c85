import type { Collector, Source } from "../collectors/collector.ts";
import { NODE_COLLECTORS } from "../collectors/index.ts";
import { type Collected, chosenOf, collected, scraped } from "../collectors/scrape.ts";
import { until } from "../metrics/deadline.ts";
import type { Family } from "../metrics/family.ts";
import { OWN } from "../own/definitions.ts";
import { lookFamilies } from "../own/families.ts";
import { healthFamily } from "../own/own.ts";
import { COUNTED_PARTS, OWN_PARTS, PUSHED, partsOf, TRAFFIC } from "../own/parts.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { Shared } from "../sampler/shared.ts";

/** Counters are at most so old, milliseconds: those who scrape at the same time share what is read. */
const COUNTERS_AGE = 1000;

/** What a scrape asks for. */
export interface Asked {
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
  /** When it must be answered with what there is, by `performance.now()`. */
  readonly deadline: number | undefined;
}

/** Answers scrapes, however many at a time, with one reading of each file and one look at the sockets. */
export class Scrapes {
  private readonly sampler: Sampler;
  private readonly maxAge: number;
  private readonly collectors: readonly Collector[];
  private readonly shared: ReadonlyMap<Collector, Shared<Collected>>;
  /** What is told besides without a look, by what it is called. */
  private readonly besides = new Map<string, () => readonly Family[]>();

  /** `maxAge`: how old a look at sockets may be, milliseconds. */
  constructor(sampler: Sampler, maxAge: number, source: Source, collectors: readonly Collector[] = NODE_COLLECTORS) {
    this.collectors = collectors;
    this.sampler = sampler;
    this.maxAge = maxAge;
    this.shared = new Map(collectors.map((one) => [one, new Shared(() => collected(one, source))]));
  }

  /** From now on this tells what became of what was pushed. */
  tellPushed(families: () => readonly Family[]): void {
    this.besides.set(PUSHED, families);
  }

  /** From now on this tells what programs sent and received. */
  tellTraffic(families: () => readonly Family[]): void {
    this.besides.set(TRAFFIC, families);
  }

  /** All that was found within so many milliseconds. */
  async all(within: number): Promise<readonly Family[]> {
    const families = await this.of({ wanted: [], unwanted: [], deadline: performance.now() + within });
    return typeof families === "string" ? [] : families;
  }

  /** What was found in time, or what is wrong with the question. */
  async of({ wanted, unwanted, deadline }: Asked): Promise<readonly Family[] | string> {
    const collectors = chosenOf(this.collectors, wanted, unwanted, [...OWN_PARTS.keys(), PUSHED, TRAFFIC]);
    if (typeof collectors === "string") return collectors;
    const parts = partsOf(wanted, unwanted);
    // The counters first: they are quick, and whatever the look takes they are told.
    const counters = await this.counters(collectors, deadline);
    for (const [name, families] of this.besides)
      if (wanted.length > 0 ? wanted.includes(name) : !unwanted.includes(name)) counters.push(...families());
    // Whoever asks for collectors of node_exporter alone costs no look at sockets.
    return parts.length === 0 ? counters : [...counters, ...(await this.own(parts, deadline))];
  }

  private async counters(collectors: readonly Collector[], deadline: number | undefined): Promise<Family[]> {
    const all: Collected[] = [];
    for (const collector of collectors) {
      const began = performance.now();
      const isLate = deadline !== undefined && began >= deadline;
      const shared = this.shared.get(collector)!;
      const found = isLate ? undefined : await until(shared.get(Math.min(COUNTERS_AGE, this.maxAge)), deadline);
      const duration = (performance.now() - began) / 1000;
      all.push(found ?? { name: collector.name, families: [], duration, success: 0 });
    }
    return scraped(all);
  }

  private async own(parts: readonly string[], deadline: number | undefined): Promise<Family[]> {
    const told = new Set(parts.flatMap((name) => OWN_PARTS.get(name)!));
    const found = await until(this.sampler.measuredOf(this.maxAge), deadline).catch(() => undefined);
    const isTold = (part: string): boolean =>
      found !== undefined && (found.look !== undefined || COUNTED_PARTS.has(part));
    const values = parts.map((collector) => ({ labels: { collector }, value: isTold(collector) ? 1 : 0 }));
    const success = { metric: OWN.scrapeSuccess, values };
    if (found === undefined) return [success];
    const { at, took, health, families } = found;
    const all = [...families, healthFamily(health)].filter(({ metric }) => told.has(metric));
    const always = families.filter(({ metric }) => metric === OWN.seriesFolded || metric === OWN.degraded);
    return [...all, ...always, ...lookFamilies(Date.now() - at.getTime(), took), success];
  }
}
