import { jsonText, SCHEMA_VERSION } from "procnet/view";
import type { Io } from "../io.ts";
import { visible } from "../text/safe.ts";
import type { Report } from "./report.ts";
import { type ColorChoice, painter, wantsColor } from "./style.ts";

export type Format = "table" | "json" | "ndjson" | "csv";

/** How the answer is wanted. */
export interface Presentation {
  readonly format: Format;
  readonly color: ColorChoice;
  readonly header: boolean;
  /** Whether rounds are lines too, where there would be one document each. */
  readonly linesOnly?: boolean;
}

/** Texts are handed over in pieces, so that a reader who stops is noticed. */
export const PIECE: number = 1 << 16;

/** Writes lines until nobody reads any more. */
export function writeLines(io: Io, lines: Iterable<string>): boolean {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    if (!io.out(piece)) return false;
    piece = "";
  }
  return piece === "" || io.out(piece);
}

/** Shows a report once. */
export function present(report: Report, how: Presentation, io: Io): boolean {
  const written = writeLines(io, linesOf(report, how, io));
  writeNotes(io, report.notes ?? []);
  return written;
}

/** Writes lines as fast as they are read, until nobody reads any more. */
export async function writeSlowly(io: Io, lines: Iterable<string>): Promise<boolean> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    if (!io.out(piece) || !(await io.drain())) return false;
    piece = "";
  }
  return (piece === "" || io.out(piece)) && (await io.drain());
}

/** Shows a report once, as fast as it is read. */
export async function presentSlowly(report: Report, how: Presentation, io: Io): Promise<void> {
  await writeSlowly(io, linesOf(report, how, io));
  writeNotes(io, report.notes ?? []);
}

function linesOf(report: Report, how: Presentation, io: Io): Iterable<string> {
  switch (how.format) {
    case "json":
      return [documentText(report)];
    case "ndjson":
      return ndjson(report.items);
    case "csv":
      return how.header ? report.table.csv() : skipFirst(report.table.csv());
    case "table":
      return textLines(report, how, io);
  }
}

/** The lines that people read. */
export function textLines(report: Report, how: Presentation, io: Io): string[] {
  const paint = painter(wantsColor(how.color, io));
  return report.text ? [...report.text] : report.table.lines({ columns: io.columns, header: how.header, paint });
}

/** The document on one line. */
export function documentText(report: Report): string {
  return jsonText({ schemaVersion: SCHEMA_VERSION, ...report.document });
}

function* ndjson(items: readonly object[]): Generator<string> {
  for (const item of items) yield jsonText(item);
}

function* skipFirst(lines: Iterable<string>): Generator<string> {
  let first = true;
  for (const line of lines) {
    if (!first) yield line;
    first = false;
  }
}

/** Lines for stderr, with the program's name before them. */
export function writeNotes(io: Io, notes: readonly string[]): void {
  for (const note of notes) io.err(`procnet: ${visible(note)}\n`);
}
