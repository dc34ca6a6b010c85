import { NEWLINE } from "../../../bytes/ascii.ts";
import type { Scanner } from "../../../form/scanner.ts";
import { UnixColumns } from "./unix-columns.ts";
import { UnixLines } from "./unix-lines.ts";
import type { UnixNetEntry, UnixOptions } from "./unix-row.ts";
import { type UnixFilter, unixFilter } from "./unix-where.ts";

/** Makes a row of the columns just read and the whole path. */
type Build = (columns: UnixColumns, path: Uint8Array | undefined) => UnixNetEntry;

/** Reads `unix`: each row is held back until the next one begins, since its path may hold newlines. */
export class UnixScanner extends UnixLines implements Scanner<UnixNetEntry> {
  private readonly filter: UnixFilter;
  private readonly build: Build;
  private rows: UnixNetEntry[] = [];
  private held = new UnixColumns();
  private wanted = false;
  /** The lines of the path; absent when the socket has no name. */
  private path: Uint8Array[] | undefined;

  constructor(build: Build, options: UnixOptions) {
    super(options);
    this.build = build;
    this.filter = unixFilter(options.where);
  }

  scan(bytes: Uint8Array, start: number, end: number, rows: UnixNetEntry[]): boolean {
    this.rows = rows;
    this.lines(bytes, start, end);
    return true;
  }

  finish(rows: UnixNetEntry[], cut: boolean): void {
    this.rows = rows;
    if (cut && this.noteCut()) this.path?.pop();
    this.flush();
  }

  protected override begin(): void {
    const { line, columns } = this;
    this.flush();
    this.columns = this.held;
    this.held = columns;
    this.wanted = this.filter?.(columns) ?? true;
    this.path = columns.pathStart < 0 || !this.wanted ? undefined : [line.bytes.slice(columns.pathStart, line.end)];
  }

  protected override goOn(): void {
    const { line } = this;
    this.path?.push(line.bytes.slice(line.start, line.end));
  }

  private flush(): void {
    if (this.wanted) this.rows.push(this.build(this.held, this.path && joined(this.path)));
    this.wanted = false;
  }
}

function joined(lines: readonly Uint8Array[]): Uint8Array {
  if (lines.length === 1) return lines[0]!;
  const whole = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, -1));
  let at = 0;
  for (const line of lines) {
    if (at > 0) whole[at - 1] = NEWLINE;
    whole.set(line, at);
    at += line.length + 1;
  }
  return whole;
}
