import { nameOf } from "../net/two-way.ts";
import { SocketType, UnixFlags, UnixState } from "../net/unix.ts";
import { NEWLINE } from "../text/ascii.ts";
import type { Scanner } from "./scanner.ts";
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
  private path: Uint8Array | undefined;
  /** Length of the path without its last line, to take that back when the text turns out to be cut. */
  private before = 0;

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
    if (cut && this.noteCut()) this.path = this.path?.subarray(0, this.before);
    this.flush();
  }

  protected override begin(): void {
    const { line, columns } = this;
    this.flush();
    this.columns = this.held;
    this.held = columns;
    this.wanted = isWanted(columns, this.where);
    this.path = columns.pathStart < 0 || !this.wanted ? undefined : line.bytes.slice(columns.pathStart, line.end);
  }

  protected override goOn(): void {
    const { line, path } = this;
    this.before = path?.length ?? 0;
    if (path !== undefined) this.path = joined(path, line.bytes.subarray(line.start, line.end));
  }

  private flush(): void {
    if (this.wanted) this.rows.push(this.build(this.held, this.path));
    this.wanted = false;
  }
}

function joined(path: Uint8Array, more: Uint8Array): Uint8Array {
  const whole = new Uint8Array(path.length + 1 + more.length);
  whole.set(path);
  whole[path.length] = NEWLINE;
  whole.set(more, path.length + 1);
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
