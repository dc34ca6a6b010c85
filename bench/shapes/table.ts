import { readFileSync, writeFileSync } from "node:fs";
import { markdownTable, time } from "../report.ts";
import { median } from "../statistics.ts";
import type { Row, SceneTimes } from "./measure.ts";

const BEGIN = "<!-- shapes: begin -->";
const END = "<!-- shapes: end -->";
const WORST = /^<!-- worst: ([0-9.]+) -->$/m;

/** The times of a scene, as a section of the page. Its heading is followed by the worst ratio to a rival, by which sections are ordered. */
export function sceneSection(times: SceneTimes, machine: string): string {
  const { scene, rows, missing, compared, restless } = times;
  const heads = ["what", "sockets", "median ms", "less empty .mjs", "times the rival (less node)", "min - max ms"];
  const notes = [
    ...(rows[0]!.ms.length === 0
      ? []
      : [`Rounds: ${rows[0]!.ms.length}. Answers compared with ours: of ${compared} commands.`]),
    ...(restless.length === 0
      ? []
      : [`Not compared, as sockets opened or closed in every try: ${restless.join(", ")}.`]),
    ...(missing.length === 0 ? [] : [`Not measured: ${missing.join("; ")}.`]),
  ];
  return [
    `### ${scene.title}`,
    `<!-- worst: ${worst(rows).toFixed(2)} -->`,
    machine,
    markdownTable(
      heads,
      rows.map((row) => cells(row, rows)),
      1,
    ),
    notes.join("\n"),
  ].join("\n\n");
}

function cells(row: Row, rows: readonly Row[]): string[] {
  const bare = rows[0]!;
  const ratios = rivalsOf(row, rows).map((rival) => {
    const whole = ratio(row, rival).toFixed(2);
    const apart = median(rival.ms.map((ms, at) => (row.ms[at]! - bare.ms[at]!) / ms)).toFixed(2);
    return `${whole} (${apart}) ${rival.name}`;
  });
  return [
    row.name,
    row.sockets?.toLocaleString("en") ?? "-",
    time(median(row.ms)),
    row.whole && row !== bare && isOurs(row) ? time(median(row.ms.map((ms, at) => ms - bare.ms[at]!))) : "",
    ratios.join("; "),
    `${time(Math.min(...row.ms))} - ${time(Math.max(...row.ms))}`,
  ];
}

const isOurs = ({ name }: Row): boolean => name.startsWith("procnet");

const rivalsOf = (row: Row, rows: readonly Row[]): Row[] =>
  row.rivals.flatMap((name) => rows.find((other) => other.name === name) ?? []);

/** The median of the ratios of each round; a slow rival is timed in the first alone. */
const ratio = (row: Row, rival: Row): number => median(rival.ms.map((ms, at) => row.ms[at]! / ms));

/** How much longer than a rival ours takes where we lose most; 0 where there is no rival. */
function worst(rows: readonly Row[]): number {
  return Math.max(0, ...rows.flatMap((row) => rivalsOf(row, rows).map((rival) => ratio(row, rival))));
}

/** Puts sections into a page, in place of those with the same heading; those where we lose most stand first. */
export function writeSections(page: URL, sections: readonly string[]): void {
  const text = readFileSync(page, "utf8");
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${page.pathname} has no lines "${BEGIN}" and "${END}"`);
  const heading = (section: string): string => section.split("\n", 1)[0]!;
  const before = text
    .slice(begin + BEGIN.length, end)
    .split(/^(?=### )/m)
    .map((section) => section.trim());
  const kept = before.filter(
    (old) => old.startsWith("### ") && !sections.some((section) => heading(section) === heading(old)),
  );
  const rank = (section: string): number => Number(WORST.exec(section)?.[1] ?? 0);
  const ordered = [...kept, ...sections].sort((a, b) => rank(b) - rank(a));
  writeFileSync(page, `${text.slice(0, begin + BEGIN.length)}\n\n${ordered.join("\n\n")}\n\n${text.slice(end)}`);
}
