import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { NODE_COLLECTORS } from "../../packages/server/src/collectors/index.ts";
import { SCRAPE_METRICS } from "../../packages/server/src/collectors/scrape.ts";
import type { Metric } from "../../packages/server/src/metrics/family.ts";
import { OWN_METRICS } from "../../packages/server/src/own/definitions.ts";
import {
  LABELS_ONLY_OURS,
  NEWER_COLLECTORS,
  ONLY_OURS,
  OTHER_VALUES,
  OTHERWISE,
  SERIES_ONLY_OURS,
  TREE_COLLECTORS,
} from "../support/parity.ts";
import { ROOT } from "../support/tools.ts";

const PAGE = join(ROOT, "docs/metrics.md");
const METRICS = ["<!-- metrics: begin -->", "<!-- metrics: end -->"] as const;
const PARITY = ["<!-- parity: begin -->", "<!-- parity: end -->"] as const;

function section(title: string, metrics: readonly Metric[]): string {
  const rows = [...metrics]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, labels, help }) => {
      return [`\`${name}\``, type, labels.join(", "), help];
    });
  return `### ${title}\n\n${table(["metric", "type", "labels", "what it is"], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** What was compared with node_exporter, and what differs from it: tests beside the real one accept nothing else. */
function parity(): string {
  const collectors = NODE_COLLECTORS.map(({ name, isDefault, metrics }) => {
    const isTree = TREE_COLLECTORS.includes(name);
    const how = NEWER_COLLECTORS.has(name)
      ? "not in 1.5"
      : isTree
        ? "over one tree of files, and side by side"
        : "side by side";
    return [name, isDefault ? "yes" : "no", String(metrics.length), how];
  });
  const labels = [...LABELS_ONLY_OURS].map(([family, label]) => [
    `\`${family}\``,
    `Label \`${label}\`, newer than 1.5.`,
  ]);
  const others = [...ONLY_OURS, ...SERIES_ONLY_OURS, ...OTHER_VALUES, ...OTHERWISE].map(({ what, why }) => [what, why]);
  return [
    table(["collector", "on by default", "metrics", "compared with node_exporter 1.5"], collectors),
    table(["what differs", "why"], [...labels, ...others]),
  ].join("\n\n");
}

function sections(): string {
  return [
    section("Of the server itself", OWN_METRICS),
    section("Of every scrape", SCRAPE_METRICS),
    ...NODE_COLLECTORS.map(({ name, isDefault, metrics }) =>
      section(`Collector ${name}${isDefault ? "" : " (only when asked for)"}`, metrics),
    ),
  ].join("\n\n");
}

const replaced = (text: string, [begin, end]: readonly [string, string], by: string): string => {
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  return `${before}\n\n${by}\n\n${text.slice(text.indexOf(end))}`;
};

it("docs/metrics.md lists what the server gives, and what differs from node_exporter: `npm run metrics-page` writes it", () => {
  const whole = replaced(replaced(readFileSync(PAGE, "utf8"), METRICS, sections()), PARITY, parity());
  if (process.env.WRITE_METRICS_PAGE !== undefined) writeFileSync(PAGE, whole);
  expect(readFileSync(PAGE, "utf8")).toBe(whole);
});

it("a metric has one name, in the form that Prometheus wants, and a sentence", () => {
  const all = [...OWN_METRICS, ...SCRAPE_METRICS, ...NODE_COLLECTORS.flatMap(({ metrics }) => metrics)];
  expect(all.length).toBeGreaterThan(50);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, type, labels, help } of all) {
    expect(name).toMatch(/^(node|procnet)_[a-zA-Z0-9_]+$/);
    if (name.startsWith("procnet_")) expect(name.endsWith("_total")).toBe(type === "counter");
    for (const label of labels) expect(label).toMatch(/^[a-z][a-z_0-9]*$/);
    expect([...labels].sort()).toEqual(labels);
    expect(help).toMatch(/^[A-Z].{8,}\.$/);
  }
});
