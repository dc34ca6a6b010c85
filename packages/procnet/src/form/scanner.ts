import { lineEnd, NEWLINE, skipBlanks } from "../bytes/ascii.ts";
import type { Chunks } from "../bytes/chunks.ts";
import { ended, FOLLOWED, LONGEST_LINE, regionEnd, SHOWN } from "../bytes/regions.ts";
import { latin1 } from "../bytes/strings.ts";
import { checkText } from "./check-text.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { type Blanks, Unusual } from "./unusual.ts";

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
  /** Takes the beginning of a line that is left out for its length; `endless` when the rest of the text is, too. */
  skip(head: Uint8Array, endless: boolean): void;
  /** Called once after the last region: appends a row held back; `cut` when the text lacked its final newline. */
  finish(rows: Row[], cut: boolean): void;
}

/** What a reading may ask of who opened the file. */
export interface Reading {
  /** Whether the file is one that Linux itself prints; asked once at most, and only where the text looks so. */
  readonly isFromLinux?: () => boolean;
}

/** A table of one row a line: what its first lines hold, and how a row is read. */
export interface LineTable<Row> {
  /** How each line before the first row begins, blanks aside. */
  readonly headers: readonly string[];
  /** The kernel writes tabs between the columns. */
  readonly tabs?: boolean;
  /** What a blank line is; odd by default. */
  readonly blanks?: Blanks;
  /** Reads one row, or throws a {@link RowError}; `undefined` when the row is not wanted. */
  readonly row: (line: Line) => Row | undefined;
}

/** Drives a {@link LineTable}: splits lines, checks the header, and turns bad rows into issues. */
export class LineScanner<Row> implements Scanner<Row> {
  readonly line: Line = new Line();
  readonly issues: Issues;
  protected readonly unusual: Unusual;
  private readonly table: LineTable<Row>;
  private header = 0;

  constructor(table: LineTable<Row>, options: ParseOptions) {
    this.table = table;
    this.issues = new Issues(options);
    this.unusual = new Unusual(this.issues, table.blanks);
  }

  scan(bytes: Uint8Array, start: number, end: number, rows: Row[]): boolean {
    for (let at = this.skipHeaders(bytes, start, end, rows); at < end; ) at = this.oneLine(bytes, at, end, rows);
    return true;
  }

  skip(head: Uint8Array, endless: boolean): void {
    skipLine(this.line, this.issues, head, endless);
  }

  finish(_rows: Row[], cut: boolean): void {
    if (cut) this.issues.note("ERR_TRUNCATED", this.line, "newline", "the last line has no newline and may be cut");
  }

  /** Reads the line at `at` as a row; returns where the next one begins. */
  protected oneLine(bytes: Uint8Array, at: number, end: number, rows: Row[]): number {
    const { line } = this;
    const next = lineEnd(bytes, at, end);
    line.reset(bytes, at, next, line.number + 1);
    if (this.unusual.holds(line)) this.read(rows);
    return next + 1;
  }

  /** Reads the current line as a row, or throws a {@link RowError}. */
  protected take(rows: Row[]): void {
    const row = this.table.row(this.line);
    if (this.table.tabs) this.unusual.tabbed(this.line);
    if (row !== undefined && this.wanted(row)) rows.push(row);
  }

  /** Whether a row that was read is one the caller asked for. */
  protected wanted(_row: Row): boolean {
    return true;
  }

  /** Whether a header line is still due. */
  get awaitsHeader(): boolean {
    return this.header < this.table.headers.length;
  }

  /** Takes the header lines that are still due; returns where the rows begin. */
  protected skipHeaders(bytes: Uint8Array, start: number, end: number, rows: Row[]): number {
    const { line } = this;
    let at = start;
    while (this.awaitsHeader && at < end) {
      const next = lineEnd(bytes, at, end);
      line.reset(bytes, at, next, line.number + 1);
      if (this.unusual.holds(line)) this.readHeader(rows);
      at = next + 1;
    }
    return at;
  }

  private read(rows: Row[]): void {
    try {
      this.take(rows);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.issues.row(this.line, error);
    }
  }

  /**
   * Takes the current line as the header that is due. A line that is none is an issue; when it can be read as a row, the
   * text has no header, else the header may yet come.
   */
  private readHeader(rows: Row[]): void {
    const { line, header } = this;
    const { headers } = this.table;
    const found = headers.findIndex((text, index) => index >= header && isHeader(line, text));
    if (found !== header) {
      const message = `expected a header that begins with "${headers[header]}"`;
      this.issues.row(line, new RowError(line.start, "header", message));
    }
    if (found >= 0) {
      if (!startsWith(line, headers[found]!)) this.unusual.tell(line, "the header is not spaced as the kernel's");
      while (line.headers.length < found) line.headers.push("");
      line.headers.push(latin1(line.bytes, line.start, line.end));
      this.header = found + 1;
      return;
    }
    try {
      this.take(rows);
      this.header = headers.length;
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
    }
  }
}

/** Reports a line that is left out for its length. */
export function skipLine(line: Line, issues: Issues, head: Uint8Array, endless: boolean): void {
  line.reset(head, 0, head.length, line.number + 1);
  const more = endless ? ", and neither it nor what may follow is read" : ", and is left out";
  const message = `the line is longer than ${LONGEST_LINE} bytes: this is no text of the kernel${more}`;
  issues.row(line, new RowError(0, endless ? "end" : "line", message));
}

/** Whether the line begins with `text` after its blanks. */
export function startsWith(line: Line, text: string): boolean {
  line.more();
  const found = latin1(line.bytes, line.at, Math.min(line.end, line.at + text.length)) === text;
  line.at = line.start;
  return found;
}

/** Whether the line begins with `text` when blanks and tabs in both are left out. */
function isHeader(line: Line, text: string): boolean {
  let at = line.start;
  for (const character of text) {
    if (character === " " || character === "\t") continue;
    at = skipBlanks(line.bytes, at, line.end);
    if (at >= line.end || line.bytes[at] !== character.charCodeAt(0)) return false;
    at++;
  }
  return true;
}

/** Rows gathered before a new array is begun: one array growing to 100,000 rows costs 4 ms of copies and fresh pages. */
const BLOCK = 4096;

class Gathered<Row> {
  rows: Row[] = [];
  private readonly blocks: Row[][] = [];

  /** Called between two regions. */
  pause(): void {
    if (this.rows.length < BLOCK) return;
    this.blocks.push(this.rows);
    this.rows = [];
  }

  all(): Row[] {
    return this.blocks.length === 0 ? this.rows : ([] as Row[]).concat(...this.blocks, this.rows);
  }
}

/** All rows of a text that arrives in pieces. */
export function scanChunks<Row>(scanner: Scanner<Row>, chunks: Chunks): Row[] {
  const gathered = new Gathered<Row>();
  let wanted = true;
  while (wanted && chunks.next()) {
    wanted = scanRegion(scanner, chunks, gathered.rows);
    gathered.pause();
  }
  if (wanted) scanner.finish(gathered.rows, chunks.cut);
  return gathered.all();
}

/** All rows of a text in memory. */
export function scanText<Row>(scanner: Scanner<Row>, text: Uint8Array): Row[] {
  checkText(text);
  const gathered = new Gathered<Row>();
  let cut = text.length > 0 && text[text.length - 1] !== NEWLINE;
  // A Buffer hands out pieces that share its memory: rows must not.
  const bytes = cut ? ended(text) : new Uint8Array(text.buffer, text.byteOffset, text.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const end = regionEnd(bytes, at);
    if (end > at) {
      if (!scanner.scan(bytes, at, end, gathered.rows)) return gathered.all();
      gathered.pause();
      at = end;
      continue;
    }
    const next = bytes.indexOf(NEWLINE, at) + 1;
    const isEndless = next - at > FOLLOWED;
    scanner.skip(bytes.slice(at, at + SHOWN), isEndless);
    at = isEndless ? bytes.length : next;
    cut &&= at < bytes.length; // a line that is left out is not told of twice
  }
  scanner.finish(gathered.rows, cut);
  return gathered.all();
}

/** Hands the scanner what the chunks have: lines, or the beginning of one that is too long to be a line. */
export function scanRegion<Row>(scanner: Scanner<Row>, chunks: Chunks, rows: Row[]): boolean {
  if (chunks.tooLong === undefined) return scanner.scan(chunks.bytes, chunks.start, chunks.end, rows);
  scanner.skip(chunks.tooLong, chunks.endless);
  return true;
}

/** The same rows region by region. An array is used again for the next region. */
export function* eachRegion<Row>(scanner: Scanner<Row>, chunks: Chunks): Generator<Row[], void, undefined> {
  const rows: Row[] = [];
  let wanted = true;
  while (wanted && chunks.next()) {
    wanted = scanRegion(scanner, chunks, rows);
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
