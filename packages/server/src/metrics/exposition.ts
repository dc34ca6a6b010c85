import { Registry } from "prom-client";
import { turn } from "../turns.ts";
import type { Family } from "./family.ts";
import { Registered } from "./registered.ts";

/** What the text is: https://prometheus.io/docs/instrumenting/exposition_formats/. OpenMetrics would change names of node_exporter. */
export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Texts of families that are still told of: a look, and what was read of counters, serve more than one scrape. */
const texts = new WeakMap<Family, Promise<string>>();

/** The text of families, in the order of their names. A metric has no memory: what is gone from the machine is gone from the next text. */
export async function expositionOf(families: readonly Family[]): Promise<string> {
  const known = families.filter(({ values }) => values.length > 0);
  const ordered = [...known].sort((a, b) => (a.metric.name < b.metric.name ? -1 : 1));
  const written: string[] = [];
  for (const family of ordered) written.push(await textOf(family));
  return written.join("\n");
}

/** The text of one, written once however many ask for it. */
function textOf(family: Family): Promise<string> {
  const text = texts.get(family) ?? write(family);
  texts.set(family, text);
  return text;
}

/** Series of a family from which on others have a turn before it is written: prom-client writes it at once. */
const MANY = 256;

async function write(family: Family): Promise<string> {
  if (family.values.length > MANY) await turn();
  const registry = new Registry();
  registry.registerMetric(new Registered(family.metric, () => family.values));
  return registry.metrics();
}
