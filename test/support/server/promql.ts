import { NODE_COLLECTORS } from "../../../packages/server/src/collectors/index.ts";
import { SCRAPE_METRICS } from "../../../packages/server/src/collectors/scrape.ts";
import { OWN_METRICS } from "../../../packages/server/src/own/definitions.ts";

/** Labels that Prometheus gives to whatever it scrapes. */
const TARGET: readonly string[] = ["job", "instance"];

/** All metrics that the server can give, and what Prometheus adds, with their labels. */
const SERVED: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...OWN_METRICS, ...SCRAPE_METRICS, ...NODE_COLLECTORS.flatMap(({ metrics }) => metrics)].map(
    ({ name, labels }) => [name, labels] as const,
  ),
  ["up", []],
]);

/** A metric that a query asks for, and the labels by which it chooses. */
export interface Selected {
  readonly name: string;
  readonly labels: readonly string[];
}

const withoutStrings = (expr: string): string => expr.replaceAll(/"(?:\\.|[^"\\])*"/g, '""');

/** The metrics of a query; what it is made of is known well enough to find them without a parser of the language. */
export function selectedBy(expr: string): Selected[] {
  const found = withoutStrings(expr).matchAll(/\b(up\b|(?:node|procnet)_\w+)(?:\{([^}]*)\})?/g);
  return [...found].map(([, name = "", matchers = ""]) => {
    return { name, labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => label) };
  });
}

/** What a query asks for that the server does not have; `shown`: labels that are used with its result. */
export function unknownIn(expr: string, shown: readonly string[] = []): string[] {
  const selected = selectedBy(expr);
  const known = selected.flatMap(({ name }) => SERVED.get(name) ?? []).concat(TARGET);
  const grouped = [...withoutStrings(expr).matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, names = ""]) =>
    names.split(/,\s*/),
  );
  return [
    ...(selected.length === 0 ? [`no metric: ${expr}`] : []),
    ...selected.filter(({ name }) => !SERVED.has(name)).map(({ name }) => name),
    ...selected.flatMap(({ name, labels }) =>
      labels
        .filter((label) => !TARGET.includes(label) && !SERVED.get(name)?.includes(label))
        .map((label) => `${name}{${label}}`),
    ),
    ...[...grouped, ...shown].filter((label) => !known.includes(label)).map((label) => `${label} of ${expr}`),
  ];
}
