import { lineEnd } from "../../../bytes/ascii.ts";
import { Issues, RowError } from "../../../form/issues.ts";
import { Line } from "../../../form/line.ts";
import type { ParseOptions } from "../../../form/options.ts";
import { skipLine, startsWith } from "../../../form/scanner.ts";
import { CARRIAGE_RETURN, Unusual } from "../../../form/unusual.ts";
import { UnixColumns } from "./unix-columns.ts";

/** Tells the lines of `unix` apart: the header, rows, and lines that go on with the path of the row before. */
export abstract class UnixLines {
  protected readonly line: Line = new Line();
  protected readonly issues: Issues;
  private readonly unusual: Unusual;
  protected columns: UnixColumns = new UnixColumns();
  /** The row before has a path, so lines may go on with it. */
  private named = false;
  /** The last line was no row. */
  private goesOn = false;
  /** The header is still due. */
  private header = true;
  /** The lines end in CR and LF. */
  private crlf = false;

  constructor(options: ParseOptions) {
    this.issues = new Issues(options);
    this.unusual = new Unusual(this.issues);
  }

  /** A row begins; `columns` holds it. */
  protected abstract begin(): void;

  /** The line goes on with the path of the last row. */
  protected abstract goOn(): void;

  /** Takes the beginning of a line that is left out for its length: the path before it ends there. */
  skip(head: Uint8Array, endless: boolean): void {
    this.named = false;
    skipLine(this.line, this.issues, head, endless);
  }

  protected lines(bytes: Uint8Array, start: number, end: number): void {
    const { line } = this;
    for (let at = start; at < end; ) {
      const next = lineEnd(bytes, at, end);
      line.reset(bytes, at, next, line.number + 1);
      // A name may end in CR: only a header that does tells that all lines do.
      if (this.header) {
        if (this.unusual.holds(line)) this.readHeader(line.end < next);
      } else {
        const isEnding = this.crlf && line.end > at && bytes[line.end - 1] === CARRIAGE_RETURN;
        if (isEnding) line.end--;
        this.row(isEnding ? next : line.end);
      }
      at = next + 1;
    }
  }

  private readHeader(crlf: boolean): void {
    const { line } = this;
    this.crlf = crlf;
    this.header = false;
    if (startsWith(line, "Num")) return;
    this.issues.row(line, new RowError(line.start, "header", 'expected a header that begins with "Num"'));
    if (this.columns.read(line)) this.rowBegins();
    else this.header = true;
  }

  /** `whole` is where the line ends with the CR that is no part of it. */
  private row(whole: number): void {
    const { line } = this;
    this.goesOn = !this.columns.read(line);
    if (!this.goesOn) {
      this.rowBegins();
    } else if (this.named) {
      this.goOn();
    } else {
      line.end = whole; // that CR is told of and taken off here
      if (!this.unusual.holds(line)) return;
      this.issues.row(line, new RowError(line.start, "row", "neither a row nor part of the path before it"));
    }
  }

  private rowBegins(): void {
    this.named = this.columns.pathStart >= 0;
    this.begin();
  }

  /** Reports that the text is cut; true when its last line is no row, and so not surely part of a path. */
  protected noteCut(): boolean {
    const { line, goesOn, named } = this;
    if (!goesOn) this.issues.note("ERR_TRUNCATED", line, "newline", "the last line has no newline and may be cut");
    else if (named) this.issues.row(line, new RowError(line.start, "row", "the last line is cut, and is no row"));
    return goesOn;
  }
}
