import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { NODE_COLLECTORS } from "../../packages/server/src/collectors/index.ts";
import { SCRAPE_METRICS } from "../../packages/server/src/collectors/scrape.ts";
import type { Metric } from "../../packages/server/src/metrics/family.ts";
import { OWN_METRICS } from "../../packages/server/src/own/definitions.ts";
import { ROOT } from "../support/tools.ts";

const PAGE = join(ROOT, "docs/metrics.md");
const [BEGIN, END] = ["<!-- metrics: begin -->", "<!-- metrics: end -->"];

function section(title: string, metrics: readonly Metric[]): string {
  const rows = [...metrics]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, labels, help }) => {
      return [`\`${name}\``, type, labels.join(", "), help];
    });
  const head = ["metric", "type", "labels", "what it is"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `### ${title}\n\n${lines.join("\n")}`;
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

it("docs/metrics.md lists what the server gives: `npm run metrics-page` writes it", () => {
  const text = readFileSync(PAGE, "utf8");
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const whole = `${before}\n\n${sections()}\n\n${text.slice(text.indexOf(END))}`;
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
