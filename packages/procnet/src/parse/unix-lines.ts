import { lineEnd } from "../text/ascii.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { startsWith } from "./scanner.ts";
import { UnixColumns } from "./unix-columns.ts";

/** Tells the lines of `unix` apart: the header, rows, and lines that go on with the path of the row before. */
export abstract class UnixLines {
  protected readonly line: Line = new Line();
  protected readonly issues: Issues;
  protected columns: UnixColumns = new UnixColumns();
  /** The row before has a path, so lines may go on with it. */
  private named = false;
  /** The last line was no row. */
  private goesOn = false;

  constructor(options: ParseOptions) {
    this.issues = new Issues(options);
  }

  /** A row begins; `columns` holds it. */
  protected abstract begin(): void;

  /** The line goes on with the path of the last row. */
  protected abstract goOn(): void;

  protected lines(bytes: Uint8Array, start: number, end: number): void {
    const { line } = this;
    for (let at = start; at < end; at = line.end + 1) {
      line.reset(bytes, at, lineEnd(bytes, at, end), line.number + 1);
      if (line.number === 1) this.header();
      else this.row();
    }
  }

  private header(): void {
    const { line } = this;
    if (startsWith(line, "Num")) return;
    this.issues.row(line, new RowError(line.start, "header", 'expected a header that begins with "Num"'));
  }

  private row(): void {
    const { line } = this;
    this.goesOn = !this.columns.read(line);
    if (!this.goesOn) {
      this.named = this.columns.pathStart >= 0;
      this.begin();
    } else if (this.named) {
      this.goOn();
    } else {
      this.issues.row(line, new RowError(line.start, "row", "neither a row nor part of the path before it"));
    }
  }

  /** Reports that the text is cut; true when its last line is no row, and so not surely part of a path. */
  protected noteCut(): boolean {
    const { line, goesOn, named } = this;
    if (!goesOn) this.issues.note("ERR_TRUNCATED", line, "newline", "the last line has no newline and may be cut");
    else if (named) this.issues.row(line, new RowError(line.start, "row", "the last line is cut, and is no row"));
    return goesOn;
  }
}
