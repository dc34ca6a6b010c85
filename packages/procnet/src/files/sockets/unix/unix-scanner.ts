import { NEWLINE } from "../../../bytes/ascii.ts";
import { nameOf } from "../../../codes/two-way.ts";
import { SocketType, UnixFlags, UnixState } from "../../../codes/unix.ts";
import type { Scanner } from "../../../form/scanner.ts";
import type { UnixNetEntry, UnixOptions, UnixWhere } from "./unix.ts";
import { UnixColumns } from "./unix-columns.ts";
import { UnixLines } from "./unix-lines.ts";

/** Makes a row of the columns just read and the whole path. */
type Build = (columns: UnixColumns, path: Uint8Array | undefined) => UnixNetEntry;

/** Reads `unix`: each row is held back until the next one begins, since its path may hold newlines. */
export class UnixScanner extends UnixLines implements Scanner<UnixNetEntry> {
  private readonly where: UnixWhere | undefined;
  private readonly build: Build;
  private rows: UnixNetEntry[] = [];
  private held = new UnixColumns();
  private wanted = false;
  /** The lines of the path; absent when the socket has no name. */
  private path: Uint8Array[] | undefined;

  constructor(build: Build, options: UnixOptions) {
    super(options);
    this.build = build;
    this.where = options.where;
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
    this.wanted = isWanted(columns, this.where);
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

function isWanted(columns: UnixColumns, where: UnixWhere | undefined): boolean {
  if (where === undefined) return true;
  const { listening, inode } = where;
  return (
    (listening === undefined || listening === ((columns.flags & UnixFlags.ACCEPTCON) !== 0)) &&
    (inode === undefined || (typeof inode === "number" ? inode === columns.inode : inode.has(columns.inode))) &&
    isOneOf(where.state, nameOf(UnixState, columns.state)) &&
    isOneOf(where.type, nameOf(SocketType, columns.type))
  );
}

function isOneOf(wanted: string | readonly string[] | undefined, name: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === "string" ? wanted === name : wanted.includes(name);
}
