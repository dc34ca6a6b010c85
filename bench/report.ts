import { readFileSync, writeFileSync } from "node:fs";
import type { Hold } from "./holds.ts";
import type { Held } from "./holds-child.ts";
import type { Memory } from "./memory-forms.ts";
import type { Measured } from "./rounds.ts";
import { median } from "./statistics.ts";

/** Where results go. */
export const PAGE: URL = new URL("../../docs/performance.md", import.meta.url);

/** Times of a table's cases, and below them what is absent and why. */
export function timesTable(measured: readonly Measured[]): string {
  const shown = measured.filter(({ absent, rounds }) => absent === undefined && rounds.length > 0);
  const rows = shown.map((subject) => {
    const ms = subject.rounds.map((round) => round.ms);
    const ratio = median(subject.rounds.map((round) => round.ratio));
    return [
      subject.case.name,
      subject.version ?? "",
      answer(subject),
      time(median(ms)),
      subject === shown[0] ? "1" : ratio.toFixed(ratio < 0.1 ? 3 : 2),
      `${time(Math.min(...ms))} - ${time(Math.max(...ms))}`,
    ];
  });
  const heads = ["what", "version", "sockets answered", "median ms", "times the kernel alone", "min - max ms"];
  const missing = measured
    .filter(({ absent }) => absent !== undefined)
    .map(({ case: { name }, absent }) => `* ${name}: ${absent}`);
  const compared = shown.every((subject) => subject.compared > 0);
  return [
    markdownTable(heads, rows, 3),
    ...(compared ? [] : ["The answers were not compared with the files: sockets opened or closed in every round."]),
    ...(missing.length === 0 ? [] : [["Not measured:", "", ...missing].join("\n")]),
  ].join("\n\n");
}

/** Times of whole commands, and what they take more than the first: the median of the differences of each round. */
export function startTable(measured: readonly Measured[]): string {
  const [bare] = measured;
  const rows = measured.map(({ case: { name }, version, rounds }) => {
    const ms = rounds.map((round) => round.ms);
    const more = median(rounds.map((round, at) => round.ms - bare!.rounds[at]!.ms));
    return [
      name,
      version ?? "",
      time(median(ms)),
      more.toFixed(1),
      `${time(Math.min(...ms))} - ${time(Math.max(...ms))}`,
    ];
  });
  return markdownTable(["what", "version", "median ms", "ms more than node", "min - max ms"], rows, 2);
}

/** How long sockets() held the event loop at a time: in the first look, and at most in those after it. */
export function holdsTable(holds: readonly Hold[]): string {
  const rows = holds.flatMap(({ scene, looks }) => {
    if (typeof looks === "string") return [[scene, looks]];
    const [first, ...further] = looks;
    return [holdsRow(`${scene}: first look`, [first!]), holdsRow(`${scene}: ${further.length} more`, further)];
  });
  return markdownTable(
    ["what", "sockets", "median ms", "longest hold, ms", "without the collector", "on the wall"],
    rows,
    2,
  );
}

function holdsRow(what: string, looks: readonly Held[]): string[] {
  const most = (of: "longest" | "withoutCollector" | "wall"): string =>
    time(Math.max(...looks.map((look) => look[of])));
  const sockets = looks[0]!.sockets.toLocaleString("en");
  const total = time(median(looks.map((look) => look.total)));
  return [what, sockets, total, most("longest"), most("withoutCollector"), most("wall")];
}

/** Answers of all cases, for when ours were wrong and times mean nothing. */
export function answersTable(measured: readonly Measured[]): string {
  const rows = measured.map((subject) => [subject.case.name, answer(subject), subject.absent ?? judgement(subject)]);
  return markdownTable(["what", "sockets answered", "judgement"], rows, 3);
}

function judgement({ case: { covers }, mistakes, compared }: Measured): string {
  if (covers === "nothing") return "only reads";
  return Array.from(mistakes).join("; ") || (compared > 0 ? "right" : "not compared");
}

export function memoryTable(memory: ReadonlyMap<string, Memory>): string {
  const rows = Array.from(memory, ([form, { rows, allocated, held }]) => [
    form,
    rows.toLocaleString("en"),
    kib(allocated),
    kib(held),
  ]);
  return markdownTable(["form", "rows", "allocated by one run, KiB", "held at most, KiB"], rows, 1);
}

/** Puts a result between the markers of its name in a page. */
export function writeBetween(page: URL, result: string, name: "bench" | "live" | "server" | "page" | "kernel"): void {
  const [first, last] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = readFileSync(page, "utf8");
  const begin = text.indexOf(first);
  const end = text.indexOf(last);
  if (begin < 0 || end < begin) throw new Error(`${page.pathname} has no lines "${first}" and "${last}"`);
  writeFileSync(page, `${text.slice(0, begin + first.length)}\n\n${result}\n\n${text.slice(end)}`);
}

function answer({ rounds, expected, case: { covers } }: Measured): string {
  const got = rounds.at(-1)?.sockets;
  if (got === undefined || expected === undefined) return "-";
  const kind = covers === "tcp listeners" ? " listeners" : "";
  return `${got.toLocaleString("en")}${got === expected ? "" : ` of ${expected.toLocaleString("en")}`}${kind}`;
}

export function time(ms: number): string {
  return ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0);
}

function kib(bytes: number): string {
  return Math.max(0, Math.round(bytes / 1024)).toLocaleString("en");
}

/** A table whose columns from `numbers` on are aligned right. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[], numbers: number): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at < numbers ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at < numbers ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(heads), line(rule), ...rows.map(line)].join("\n");
}
