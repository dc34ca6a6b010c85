import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FINDINGS } from "../../packages/procnet/src/live.ts";
import { ROOT } from "../support/tools.ts";

const PAGE = join(ROOT, "docs/health.md");
const [BEGIN, END] = ["<!-- findings: begin -->", "<!-- findings: end -->"];

const marks = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${value.toLocaleString("en", { maximumFractionDigits: 6 })}`)
    .join(", ");

function table(): string {
  const rows = FINDINGS.map(({ id, title, thresholds, clear, sources }) => [
    // Links of alerts lead here.
    `<a id="${id}"></a>\`${id}\``,
    title,
    marks(thresholds),
    marks(clear),
    sources.join("; "),
  ]);
  const head = ["finding", "what is the case", "raised by", "holds on by", "where it stands"];
  const lines = [head, head.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
  );
  return lines.join("\n");
}

it("docs/health.md lists what the code judges by: `npm run health-page` writes it", () => {
  const text = readFileSync(PAGE, "utf8");
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const whole = `${before}\n\n${table()}\n\n${text.slice(text.indexOf(END))}`;
  if (process.env.WRITE_HEALTH_PAGE !== undefined) writeFileSync(PAGE, whole);
  expect(readFileSync(PAGE, "utf8")).toBe(whole);
});

it("a finding has one name, a title, help, and a source", () => {
  expect(FINDINGS.length).toBeGreaterThan(10);
  expect(new Set(FINDINGS.map(({ id }) => id)).size).toBe(FINDINGS.length);
  for (const { id, title, help, sources } of FINDINGS) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(title).toMatch(/^\S.{8,120}$/);
    expect(help.length).toBeGreaterThan(40);
    expect(sources.length).toBeGreaterThan(0);
  }
});
