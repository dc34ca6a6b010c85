import { type OnIssue, ProcfsError, type ProcfsErrorCode, type ProcfsIssue } from "../errors.ts";
import { escapeText } from "../text/escape.ts";
import { latin1 } from "../text/strings.ts";

/** How much of a raw line an issue keeps: a hostile line can be a megabyte long. */
const KEPT = 1000;
/** How much of it a message quotes. */
const QUOTED = 160;

/**
 * Thrown by the row readers; the loop around them turns it into an issue or a {@link ProcfsError}. It is no `Error`: the
 * stack of one costs 20 microseconds, and a hostile file can have a bad row in every line.
 */
export class RowError {
  readonly at: number;
  readonly field: string;
  readonly message: string;

  constructor(at: number, field: string, message: string) {
    this.message = message;
    this.at = at;
    this.field = field;
  }
}

/** A line in a buffer, for messages. */
export interface LinePlace {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** Where the issues of one reading go: to the caller's `onIssue`, or thrown. */
export class Issues {
  readonly path: string | undefined;
  private readonly onIssue: OnIssue | undefined;

  constructor(options: { readonly path?: string | undefined; readonly onIssue?: OnIssue | undefined }) {
    this.path = options.path;
    this.onIssue = options.onIssue;
  }

  /** Whether somebody listens: checks that cost memory are left out when nobody does. */
  get wanted(): boolean {
    return this.onIssue !== undefined;
  }

  /** A row that could not be read: reported, or thrown. */
  row(place: LinePlace, error: RowError): void {
    const issue = describe("ERR_PARSE", this.path, place, error);
    if (this.onIssue === undefined) throw new ProcfsError(issue);
    this.onIssue(issue);
  }

  /** Something odd that costs no row: reported, never thrown. */
  note(code: ProcfsErrorCode, place: LinePlace, field: string, message: string): void {
    this.onIssue?.(describe(code, this.path, place, new RowError(place.start, field, message)));
  }

  /** Rows that contradict each other: reported, never thrown. */
  suspect(message: string, paths: readonly (string | undefined)[]): void {
    const named = paths.map((path) => (path === undefined ? "unnamed" : `"${escapeText(path.slice(0, QUOTED))}"`));
    this.onIssue?.({
      code: "ERR_SUSPECT",
      message: `${escapeText(this.path ?? "text")}: ${message} (${named.join(", ")})`,
      path: this.path,
      line: undefined,
      column: undefined,
      field: "Inode",
      text: undefined,
    });
  }
}

function describe(code: ProcfsErrorCode, path: string | undefined, place: LinePlace, error: RowError): ProcfsIssue {
  const { bytes, start, end, number: line } = place;
  const text = latin1(bytes, start, Math.min(end, start + KEPT));
  const column = error.at - start + 1;
  const where = `${escapeText(path ?? "text")}:${line}:${column}`;
  const quoted = escapeText(text.slice(0, QUOTED)) + (end - start > QUOTED ? "…" : "");
  return {
    code,
    message: `${where}: ${error.field}: ${error.message}; the line reads "${quoted}"`,
    path,
    line,
    column,
    field: error.field,
    text,
  };
}
