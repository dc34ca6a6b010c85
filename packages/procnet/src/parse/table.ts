import { lineEnd } from "../text/ascii.ts";
import { Chunks, memorySource } from "../text/chunks.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { LineScanner, type Scanner, scanChunks } from "./scanner.ts";

/** A file of rows: it can be read row by row, in constant memory. */
export interface RowTable<Row, Options extends ParseOptions = ParseOptions> {
  /** Begins one reading of the file. */
  readonly scanner: (options: Options) => Scanner<Row>;
  /** Begins one counting of the rows by state. */
  readonly counter?: (options: Options) => RowCounter;
  /** Looks at all rows together and reports what does not fit. */
  readonly check?: (rows: readonly Row[], options: Options) => void;
}

/** Counts rows without decoding them. */
export interface RowCounter {
  /** Takes a region of whole lines; false when no later line can count. */
  scan(bytes: Uint8Array, start: number, end: number): boolean;
  /** Rows by state; called once after the last region, `cut` when the text lacked its final newline. */
  finish(cut: boolean): Map<string, number>;
}

/** A file whose parts belong together: it is read whole. */
export interface TextTable<Result, Options extends ParseOptions = ParseOptions> {
  readonly parse: (text: Uint8Array, options: Options) => Result;
}

/** A table of one row a line. */
export function lineTable<Row>(
  headers: readonly string[],
  row: (line: Line, options: ParseOptions) => Row | undefined,
): RowTable<Row> {
  return { scanner: (options) => new LineScanner({ headers, row: (line) => row(line, options) }, options) };
}

/** All rows of a text in memory. */
export function parseRows<Row, Options extends ParseOptions>(
  table: RowTable<Row, Options>,
  text: Uint8Array,
  options: Options,
): Row[] {
  const chunks = new Chunks(memorySource(text), new Uint8Array(Math.min(text.length, 1 << 16) + 2));
  const rows = scanChunks(table.scanner(options), chunks);
  table.check?.(rows, options);
  return rows;
}

/**
 * Calls `read` for each line of a text, blank ones included. A {@link RowError} it throws becomes an issue, and the
 * next line is read; without `onIssue` the first one throws.
 */
export function eachLine(text: Uint8Array, options: ParseOptions, read: (line: Line, issues: Issues) => void): void {
  const issues = new Issues(options);
  const line = new Line();
  for (let at = 0; at < text.length; at = line.end + 1) {
    line.reset(text, at, lineEnd(text, at, text.length), line.number + 1);
    try {
      read(line, issues);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      issues.row(line, error);
    }
  }
  noteCut(text, line, issues);
}

/** Tells of a text whose last line has no newline: it may be cut. */
function noteCut(text: Uint8Array, line: Line, issues: Issues): void {
  if (text.length === 0 || line.end < text.length) return;
  issues.note("ERR_TRUNCATED", line, "newline", "the last line has no newline and may be cut");
}
