import { lineEnd, NEWLINE } from "../bytes/ascii.ts";
import type { Chunks } from "../bytes/chunks.ts";
import { checkText } from "./check-text.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { LineScanner, type Reading, type Scanner, scanText } from "./scanner.ts";
import { type Blanks, Unusual } from "./unusual.ts";

/** A file of rows: it can be read row by row, in constant memory. */
export interface RowForm<Row = unknown, Options extends ParseOptions = ParseOptions> {
  /** The names of the conditions that its `where` knows; absent where it takes none. */
  readonly conditions?: readonly string[];
  /** Finding the end of the file takes the kernel long: it looks through all sockets of the machine. Its records are short. */
  readonly isEndDear?: true;
  /** Begins one reading of the file. */
  scanner(options: Options, reading?: Reading): Scanner<Row>;
  /** Begins one counting of the rows by state. */
  counter?(options: Options, reading?: Reading): RowCounter;
  /** Looks at all rows together and reports what does not fit. */
  check?(rows: readonly Row[], options: Options): void;
}

/** Counts rows without decoding them. */
export interface RowCounter {
  /** Takes a region of whole lines; false when no later line can count. */
  scan(bytes: Uint8Array, start: number, end: number): boolean;
  /** Takes the beginning of a line that is left out for its length, like that of a {@link Scanner}. */
  skip(head: Uint8Array, endless: boolean): void;
  /** Rows by state; called once after the last region, `cut` when the text lacked its final newline. */
  finish(cut: boolean): Map<string, number>;
}

/** A file whose parts belong together: it is read whole. */
export interface TextForm<Result = unknown, Options extends ParseOptions = ParseOptions> {
  /** Makes values of the whole text. */
  parse(text: Uint8Array, options: Options): Result;
}

/** What else a file is made of than rows and columns with blanks between them. */
export interface Layout {
  /** The kernel writes tabs between the columns. */
  readonly tabs?: boolean;
  /** What a blank line is; odd by default. */
  readonly blanks?: Blanks;
  /** The kernel writes no newline at the end. */
  readonly unended?: boolean;
}

/** A table of one row a line. */
/* @__NO_SIDE_EFFECTS__ */
export function lineForm<Row>(
  headers: readonly string[],
  row: (line: Line, options: ParseOptions) => Row | undefined,
  layout: Layout = {},
): RowForm<Row> {
  return { scanner: (options) => new LineScanner({ headers, ...layout, row: (line) => row(line, options) }, options) };
}

/** Counts the rows of a text that arrives in pieces. */
export function countChunks(counter: RowCounter, chunks: Chunks): Map<string, number> {
  while (chunks.next()) {
    if (chunks.tooLong !== undefined) counter.skip(chunks.tooLong, chunks.endless);
    else if (!counter.scan(chunks.bytes, chunks.start, chunks.end)) return counter.finish(false);
  }
  return counter.finish(chunks.cut);
}

/** The names of the conditions that a `where` of this table can have. */
export function conditionsOf(form: RowForm | TextForm): readonly string[] {
  return ("conditions" in form ? form.conditions : undefined) ?? [];
}

/** All rows of a text in memory. */
export function parseRows<Row, Options extends ParseOptions>(
  table: RowForm<Row, Options>,
  text: Uint8Array,
  options: Options,
): Row[] {
  const rows = scanText(table.scanner(options), text);
  table.check?.(rows, options);
  return rows;
}

/**
 * Calls `read` for each line of a text that is not blank. A {@link RowError} it throws becomes an issue, and the next line is
 * read; without `onIssue` the first one throws.
 */
export function eachLine(
  text: Uint8Array,
  options: ParseOptions,
  read: (line: Line, issues: Issues) => void,
  { tabs, blanks, unended }: Layout = {},
): void {
  checkText(text);
  const issues = new Issues(options);
  const unusual = new Unusual(issues, blanks);
  const line = new Line();
  for (let at = 0; at < text.length; ) {
    const next = lineEnd(text, at, text.length);
    line.reset(text, at, next, line.number + 1);
    try {
      if (unusual.holds(line)) {
        read(line, issues);
        if (tabs) unusual.tabbed(line);
      }
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      issues.row(line, error);
    }
    at = next + 1;
  }
  if (!unended && text.length > 0 && text[text.length - 1] !== NEWLINE) {
    issues.note("ERR_TRUNCATED", line, "newline", "the last line has no newline and may be cut");
  }
}
