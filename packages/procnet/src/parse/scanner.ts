import { lineEnd } from "../text/ascii.ts";
import type { Chunks } from "../text/chunks.ts";
import { latin1 } from "../text/strings.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";

/**
 * Turns regions of whole lines into rows. One reading uses one scanner, so it may keep what it saw before.
 * The three forms of a table (array, lazy iteration, counts) are three ways to drive it.
 */
export interface Scanner<Row> {
  /**
   * Reads the lines in `bytes[start, end)`, which ends in a newline, and appends the rows that are wanted.
   * @returns false when no later line can hold a wanted row
   */
  scan(bytes: Uint8Array, start: number, end: number, rows: Row[]): boolean;
  /** Called once after the last region: appends a row held back; `cut` when the text lacked its final newline. */
  finish(rows: Row[], cut: boolean): void;
}

/** A table of one row a line: what its first lines hold, and how a row is read. */
export interface LineTable<Row> {
  /** How each line before the first row begins, blanks in front aside. */
  readonly headers: readonly string[];
  /** Reads one row, or throws a {@link RowError}; `undefined` when the row is not wanted. */
  readonly row: (line: Line) => Row | undefined;
}

/** Drives a {@link LineTable}: splits lines, checks the header, and turns bad rows into issues. */
export class LineScanner<Row> implements Scanner<Row> {
  readonly line: Line = new Line();
  readonly issues: Issues;
  private readonly table: LineTable<Row>;
  private header = 0;

  constructor(table: LineTable<Row>, options: ParseOptions) {
    this.table = table;
    this.issues = new Issues(options);
  }

  scan(bytes: Uint8Array, start: number, end: number, rows: Row[]): boolean {
    const { line } = this;
    for (let at = this.skipHeaders(bytes, start, end); at < end; at = line.end + 1) {
      line.reset(bytes, at, lineEnd(bytes, at, end), line.number + 1);
      this.read(rows);
    }
    return true;
  }

  finish(_rows: Row[], cut: boolean): void {
    if (cut) this.issues.note("ERR_TRUNCATED", this.line, "newline", "the last line has no newline and may be cut");
  }

  /** Reads the current line as a row. */
  protected read(rows: Row[]): void {
    try {
      const row = this.table.row(this.line);
      if (row !== undefined && this.wanted(row)) rows.push(row);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.issues.row(this.line, error);
    }
  }

  /** Whether a row that was read is one the caller asked for. */
  protected wanted(_row: Row): boolean {
    return true;
  }

  /** Takes the header lines that are still due; returns where the rows begin. A line that is no header is read as a row. */
  protected skipHeaders(bytes: Uint8Array, start: number, end: number): number {
    const { headers } = this.table;
    const { line } = this;
    let at = start;
    while (this.header < headers.length && at < end) {
      const expected = headers[this.header++]!;
      line.reset(bytes, at, lineEnd(bytes, at, end), line.number + 1);
      if (startsWith(line, expected)) {
        line.headers.push(latin1(bytes, at, line.end));
        at = line.end + 1;
        continue;
      }
      this.header = headers.length;
      this.issues.row(line, new RowError(at, "header", `expected a header that begins with "${expected}"`));
      line.number--;
    }
    return at;
  }
}

/** Whether the line begins with `text` after its blanks. */
export function startsWith(line: Line, text: string): boolean {
  line.more();
  const found = latin1(line.bytes, line.at, Math.min(line.end, line.at + text.length)) === text;
  line.at = line.start;
  return found;
}

/** Rows gathered before a new array is begun: one array growing to 100,000 rows costs 4 ms of copies and fresh pages. */
const BLOCK = 4096;

/** All rows of a text that arrives in pieces. */
export function scanChunks<Row>(scanner: Scanner<Row>, chunks: Chunks): Row[] {
  const blocks: Row[][] = [];
  let rows: Row[] = [];
  let wanted = true;
  while (wanted && chunks.next()) {
    wanted = scanner.scan(chunks.bytes, chunks.start, chunks.end, rows);
    if (rows.length >= BLOCK) {
      blocks.push(rows);
      rows = [];
    }
  }
  if (wanted) scanner.finish(rows, chunks.cut);
  return blocks.length === 0 ? rows : ([] as Row[]).concat(...blocks, rows);
}

/** The same rows region by region. An array is used again for the next region. */
export function* eachRegion<Row>(scanner: Scanner<Row>, chunks: Chunks): Generator<Row[], void, undefined> {
  const rows: Row[] = [];
  let wanted = true;
  while (wanted && chunks.next()) {
    wanted = scanner.scan(chunks.bytes, chunks.start, chunks.end, rows);
    yield rows;
    rows.length = 0;
  }
  if (wanted) scanner.finish(rows, chunks.cut);
  yield rows;
}

/** The same rows one by one, holding no more than one region of them. */
export function* eachRow<Row>(scanner: Scanner<Row>, chunks: Chunks): Generator<Row, void, undefined> {
  for (const rows of eachRegion(scanner, chunks)) for (const row of rows) yield row;
}
