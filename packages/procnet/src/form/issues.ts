import { latin1 } from "../bytes/strings.ts";
import { issueOf, type OnIssue, ProcfsError, type ProcfsErrorCode, type ProcfsIssue, shown } from "../errors.ts";

/** How much of a raw line an issue keeps: a hostile line can be a megabyte long. */
const KEPT = 1000;
/** How much of it a message quotes. */
export const QUOTED = 160;
/** How long that can become: each byte may be written as `\xNN`. */
const ESCAPED = 4 * QUOTED;
/** How much of a path, a field, and of what is said about it. */
export const NAMED = 400;
const FIELD = 80;
const SAID = 300;

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
}

function describe(code: ProcfsErrorCode, path: string | undefined, place: LinePlace, error: RowError): ProcfsIssue {
  const { bytes, start, end, number: line } = place;
  const text = latin1(bytes, start, Math.min(end, start + KEPT));
  const column = error.at - start + 1;
  const where = `${shown(path ?? "text", NAMED)}:${line}:${column}`;
  const said = `${shown(error.field, FIELD)}: ${shown(error.message, SAID)}`;
  const quoted = shown(text.slice(0, QUOTED), ESCAPED) + (end - start > QUOTED ? "…" : "");
  const message = `${where}: ${said}; the line reads "${quoted}"`;
  return issueOf({ code, message, path, line, column, field: error.field, text });
}
