import type { Sample } from "../sample.ts";
import { type Series, seriesOf } from "./series.ts";

/** A number with what it did since the sample before. */
export interface Rate extends Series {
  /**
   * What it grew by; absent for numbers of now, at the first sample, and where it began anew. Above 2^53 a value is rounded, and so is
   * what it grew by.
   */
  readonly delta: number | undefined;
  /** The same a second. */
  readonly perSecond: number | undefined;
}

/** Something that happened to the counting itself. */
export interface RateEvent {
  /**
   * `boot`: the machine was booted between; `namespace`: the samples are not of one network namespace, as of a process that changed it;
   * `reset`: a counter is less than before, or is of an interface that may have been made anew; `wrap`: one of 32 bits went past its
   * end; `appeared` and `gone`: of an interface, a CPU or a file.
   */
  readonly kind: "boot" | "namespace" | "reset" | "wrap" | "appeared" | "gone";
  /** The number; absent where it happened to all. */
  readonly name: string | undefined;
  /** Whose number it is. */
  readonly of: Series["of"];
}

/** What all counters did between two samples. */
export interface Rates {
  /** Of the later sample. */
  readonly takenAt: Date;
  /** Seconds since the sample before; absent at the first, and where that is of another namespace. */
  readonly seconds: number | undefined;
  /** Number of the network namespace. */
  readonly namespace: number | undefined;
  /** All numbers, those of now too. */
  readonly rates: readonly Rate[];
  /** What happened to the counting. */
  readonly events: readonly RateEvent[];
}

/**
 * What counters did between two samples, and what happened to them. Without an earlier one no number has a rate.
 *
 * @example
 * ```ts
 * import { ratesBetween, takeSample } from "procnet";
 * const before = await takeSample({ sockets: false });
 * const after = await takeSample({ sockets: false });
 * const { rates } = ratesBetween(before, after);
 * console.log(rates.find(({ name }) => name === "Ip.InReceives")?.perSecond);
 * ```
 */
export function ratesBetween(before: Sample | undefined, after: Sample): Rates {
  const { takenAt, namespace } = after;
  const now = seriesIn(after);
  if (before === undefined || before.namespace !== namespace) {
    const moved = { kind: "namespace", name: undefined, of: undefined } as const;
    const events = before === undefined ? [] : [moved];
    return { takenAt, seconds: undefined, namespace, rates: now.map(withoutRate), events };
  }
  const seconds = (after.at - before.at) / 1000;
  if ((before.uptime ?? 0) > (after.uptime ?? Number.POSITIVE_INFINITY)) {
    const boot = { kind: "boot", name: undefined, of: undefined } as const;
    return { takenAt, seconds, namespace, rates: now.map(withoutRate), events: [boot] };
  }
  const { pairs, gone } = pairsOf(seriesIn(before), now);
  const doubtful = doubtfulIn(pairs, now);
  const events: RateEvent[] = [];
  const rates = now.map((series, at): Rate => {
    const old = pairs[at];
    if (old === undefined) {
      events.push({ kind: "appeared", name: series.name, of: series.of });
      return withoutRate(series);
    }
    if (series.kind === "gauge") return withoutRate(series);
    const delta = series.value - old.value;
    if (delta < 0 || doubtful.has(interfaceOf(series))) {
      events.push({ kind: isWrap(old, series) ? "wrap" : "reset", name: series.name, of: series.of });
      return withoutRate(series);
    }
    const { name, file, scope, kind, bits, of, value } = series;
    return { name, file, scope, kind, bits, of, value, delta, perSecond: seconds > 0 ? delta / seconds : undefined };
  });
  for (const { name, of } of gone) events.push({ kind: "gone", name, of });
  return { takenAt, seconds, namespace, rates, events };
}

/** Series of samples that are still there: a sample is the later one first, and the earlier one of the next round. */
const made = /* @__PURE__ */ new WeakMap<Sample, readonly Series[]>();

function seriesIn(sample: Sample): readonly Series[] {
  const known = made.get(sample);
  if (known !== undefined) return known;
  const series = seriesOf(sample);
  made.set(sample, series);
  return series;
}

/** What each series of now was, in their order, and those that are not there any more. */
interface Pairs {
  readonly pairs: readonly (Series | undefined)[];
  readonly gone: Iterable<Series>;
}

/** Files of the kernel have the same order each time: only where one has not, series are looked up by what they are. */
function pairsOf(before: readonly Series[], now: readonly Series[]): Pairs {
  if (before.length === now.length && now.every((series, at) => isSame(series, before[at]!)))
    return { pairs: before, gone: [] };
  const known = new Map(before.map((series) => [seriesKey(series), series]));
  const pairs = now.map((series) => {
    const key = seriesKey(series);
    const old = known.get(key);
    known.delete(key);
    return old;
  });
  return { pairs, gone: known.values() };
}

/** Whether they have the same key. */
function isSame(one: Series, other: Series): boolean {
  return (
    one.name === other.name && one.file === other.file && (one.of === other.of || whose(one.of) === whose(other.of))
  );
}

function withoutRate(series: Series): Rate {
  const { name, file, scope, kind, bits, of, value } = series;
  return { name, file, scope, kind, bits, of, value, delta: undefined, perSecond: undefined };
}

/**
 * Which number it is, as a text that no other series of a sample has. An interface that is made anew under the same name has another
 * index, and one that gets another name keeps its own; where the index is not known, the name has to do.
 *
 * @example
 * ```ts
 * import { seriesKey } from "procnet/live";
 * seriesKey({ file: "net/snmp", name: "Tcp.InSegs", of: undefined }) === seriesKey({ file: "net/snmp", name: "Tcp.OutSegs", of: undefined }); // false
 * ```
 */
export function seriesKey({ name, file, of }: Pick<Series, "file" | "name" | "of">): string {
  return `${file} ${name} ${whose(of)}`;
}

function whose(of: Series["of"]): string {
  switch (of?.kind) {
    case undefined:
      return "";
    case "cpu":
      return `cpu ${of.cpu}`;
    case "cpus":
      return `cpus ${of.count}`;
    case "interface":
      return of.index === undefined ? `name ${of.interface}` : `index ${of.index}`;
  }
}

/**
 * Interfaces of which one counter fell while nothing but the name says that they are the same: they may have been made anew, and then what
 * the other counters seem to have grown by means nothing.
 */
function doubtfulIn(pairs: readonly (Series | undefined)[], now: readonly Series[]): ReadonlySet<string | undefined> {
  const fallen = now.filter((series, at) => series.value < (pairs[at]?.value ?? 0));
  return new Set(fallen.map(interfaceOf).filter((name) => name !== undefined));
}

/** The name of an interface of which no index is known. */
function interfaceOf({ of }: Series): string | undefined {
  return of?.kind === "interface" && of.index === undefined ? of.interface : undefined;
}

/** Half of 32 bits: what falls from above it to below it went past the end; what falls otherwise began anew. */
const HALF = 2 ** 31;

function isWrap(before: Series, { bits, value }: Series): boolean {
  return bits === 32 && before.value >= HALF && value < HALF;
}
