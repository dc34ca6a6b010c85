import { isUnjudged, type Unjudged, unjudged } from "./unjudged.ts";
import type { Delta, Window } from "./window.ts";

/** A counter by its file and the kernel's name. */
export type CounterName = readonly [file: "snmp" | "snmp6" | "netstat" | "xfrm" | "tls", name: string];

/** What several counters of one matter did. */
export interface Counted {
  /** Those that are known. */
  readonly known: readonly Delta[];
  /** Those of them that grew, the one that grew most first. */
  readonly grown: readonly Delta[];
  /** What all grew by. */
  readonly total: number;
  /** The same a second. */
  readonly perSecond: number;
  /** Why others are not known. Older kernels lack some: that is told only where there is none at all. */
  readonly untold: readonly Unjudged[];
}

/** What counters did that belong together, as those of IPv4 and IPv6. */
export function counted(window: Window, names: readonly CounterName[]): Counted {
  return countedOf(names.map(([file, name]) => window.counter(file, name)));
}

/** The same of counters that are at hand. */
export function countedOf(all: readonly (Delta | Unjudged)[]): Counted {
  const known = all.filter((one): one is Delta => !isUnjudged(one));
  const not = all.filter(isUnjudged);
  const told = not.filter(({ unknown }) => unknown !== "no-file");
  return {
    known,
    grown: known.filter(({ delta }) => delta > 0).sort((a, b) => b.delta - a.delta),
    total: known.reduce((sum, { delta }) => sum + delta, 0),
    perSecond: known.reduce((sum, { perSecond }) => sum + perSecond, 0),
    untold: (known.length === 0 && told.length === 0 ? not : told).slice(0, 1),
  };
}

/** A column of all rows; not known where one row does not have it, or there is no row. */
export function sumOf<Row>(
  rows: readonly Row[] | undefined,
  read: (row: Row) => number | undefined,
): number | undefined {
  if (rows === undefined || rows.length === 0) return undefined;
  let sum = 0;
  for (const row of rows) {
    const value = read(row);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/** What a counter did lately, held against what it did before in the same window. */
export interface Recent {
  /** The counter over the whole window. */
  readonly whole: Delta;
  /** A second, lately. */
  readonly now: number;
  /** A second, before. */
  readonly before: number;
}

/** Seconds that are lately, seconds that must lie before, and the rate below which nothing is news. */
export interface RecentMarks {
  readonly recent: number;
  readonly before: number;
  readonly floor: number;
}

/**
 * The last `recent` seconds against all before, of which there must be `before` seconds. Without them nothing can be compared: what is
 * above `floor` is then unknown, and what is not above it is no news in any case.
 */
export function recentOf(
  window: Window,
  whole: Delta | Unjudged,
  read: (sample: Window["last"]) => number | undefined,
  marks: RecentMarks,
): Recent | Unjudged | undefined {
  if (isUnjudged(whole)) return whole;
  const { first, last, samples } = window;
  const cut = samples.findLast(({ at }) => at <= last.at - marks.recent * 1000);
  const before = cut === undefined ? 0 : (cut.at - first.at) / 1000;
  const middle = cut && read(cut);
  if (cut === undefined || middle === undefined || before < marks.before) {
    // All of it may have come lately.
    if (whole.delta <= marks.floor * Math.min(marks.recent, window.seconds)) return undefined;
    const needed = marks.recent + marks.before;
    return unjudged(
      "window-too-short",
      `${whole.name} is compared with what it was before: that needs ${needed} s, and the window has ${window.seconds.toFixed(1)} s`,
    );
  }
  const seconds = (last.at - cut.at) / 1000;
  return {
    whole,
    now: seconds > 0 ? (whole.value - middle) / seconds : 0,
    before: before > 0 ? (middle - whole.before) / before : 0,
  };
}
