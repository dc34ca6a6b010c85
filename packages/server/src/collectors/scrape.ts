import type { Family, Metric, Value } from "../metrics/family.ts";
import type { Collector, Source } from "./collector.ts";

const DURATION: Metric = {
  name: "node_scrape_collector_duration_seconds",
  type: "gauge",
  help: "How long a collector took.",
  labels: ["collector"],
};
const SUCCESS: Metric = {
  name: "node_scrape_collector_success",
  type: "gauge",
  help: "Whether a collector could read what it is for: 1, or 0 where it could not, as of a module that is not loaded.",
  labels: ["collector"],
};

/** What all scrapes have, whatever they are asked for. */
export const SCRAPE_METRICS: readonly Metric[] = [DURATION, SUCCESS];

/** What a collector gave, and how it went. */
export interface Collected {
  readonly name: string;
  readonly families: readonly Family[];
  /** How long it took, seconds. */
  readonly duration: number;
  readonly success: 0 | 1;
}

/** Runs a collector; what it gives before it fails is kept, and its failure is told. */
export async function collected({ name, collect }: Collector, source: Source): Promise<Collected> {
  const families: Family[] = [];
  const began = performance.now();
  let success: 0 | 1 = 1;
  try {
    for await (const family of collect(source)) families.push(family);
  } catch {
    success = 0;
  }
  return { name, families, duration: (performance.now() - began) / 1000, success };
}

/** All that collectors gave, and how each went. */
export function scraped(all: readonly Collected[]): Family[] {
  const durations: Value[] = all.map(({ name, duration }) => ({ labels: { collector: name }, value: duration }));
  const successes: Value[] = all.map(({ name, success }) => ({ labels: { collector: name }, value: success }));
  return [
    ...all.flatMap(({ families }) => families),
    { metric: DURATION, values: durations },
    { metric: SUCCESS, values: successes },
  ];
}

/** Runs collectors, one after the other. */
export async function scrape(collectors: readonly Collector[], source: Source): Promise<Family[]> {
  const all: Collected[] = [];
  for (const collector of collectors) all.push(await collected(collector, source));
  return scraped(all);
}

/**
 * Collectors, of which others than the usual ones may be on.
 *
 * @throws `TypeError` for one that there is not
 */
export function switchedOf(
  all: readonly Collector[],
  on: readonly string[],
  off: readonly string[],
): readonly Collector[] {
  const unknown = [...on, ...off].find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) throw new TypeError(unknownText(unknown, all));
  return all.map((one) => {
    return { ...one, isDefault: (one.isDefault || on.includes(one.name)) && !off.includes(one.name) };
  });
}

function unknownText(name: string, all: readonly Collector[], parts: readonly string[] = []): string {
  const names = [...all.map((one) => one.name), ...parts];
  return `there is no collector ${JSON.stringify(name)}: ${names.join(", ")}`;
}

/** Which collectors a request asks for, or what is wrong with it. `parts`: what else may be named. */
export function chosenOf(
  all: readonly Collector[],
  wanted: readonly string[],
  unwanted: readonly string[],
  parts: readonly string[] = [],
): readonly Collector[] | string {
  if (wanted.length > 0 && unwanted.length > 0) return "collect[] and exclude[] cannot be used together";
  // What is unwanted may be one of node_exporter's that is not of networks, and does no harm.
  const unknown = wanted.find((name) => !parts.includes(name) && !all.some((one) => one.name === name));
  if (unknown !== undefined) return unknownText(unknown, all, parts);
  if (wanted.length > 0) return all.filter(({ name }) => wanted.includes(name));
  return all.filter(({ name, isDefault }) => isDefault && !unwanted.includes(name));
}
