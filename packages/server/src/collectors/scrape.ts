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

/** Runs collectors; what one of them gives before it fails is kept, and its failure is told. */
export async function scrape(collectors: readonly Collector[], source: Source): Promise<Family[]> {
  const families: Family[] = [];
  const durations: Value[] = [];
  const successes: Value[] = [];
  for (const { name, collect } of collectors) {
    const began = performance.now();
    let success = 1;
    try {
      for await (const family of collect(source)) families.push(family);
    } catch {
      success = 0;
    }
    const labels = { collector: name };
    durations.push({ labels, value: (performance.now() - began) / 1000 });
    successes.push({ labels, value: success });
  }
  return [...families, { metric: DURATION, values: durations }, { metric: SUCCESS, values: successes }];
}

/** Which collectors a request asks for, or what is wrong with it. */
export function chosenOf(
  all: readonly Collector[],
  wanted: readonly string[],
  unwanted: readonly string[],
): readonly Collector[] | string {
  if (wanted.length > 0 && unwanted.length > 0) return "collect[] and exclude[] cannot be used together";
  // What is unwanted may be one of node_exporter's that is not of networks, and does no harm.
  const unknown = wanted.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined)
    return `there is no collector ${JSON.stringify(unknown)}: ${all.map((one) => one.name).join(", ")}`;
  if (wanted.length > 0) return all.filter(({ name }) => wanted.includes(name));
  return all.filter(({ name, isDefault }) => isDefault && !unwanted.includes(name));
}
