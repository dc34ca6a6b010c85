import { lineEnd } from "../bytes/ascii.ts";
import { checkText } from "./check-text.ts";
import { eachLine, type Layout, type RowForm } from "./forms.ts";
import { Issues, RowError } from "./issues.ts";
import { Line } from "./line.ts";
import type { ParseOptions } from "./options.ts";
import { LineScanner } from "./scanner.ts";

/**
 * Rows of several lines each. A subclass takes the lines one by one and pushes a row when its last line is known to be
 * read: at the first line of the next one, or at the end.
 */
export abstract class BlockScanner<Row> extends LineScanner<Row> {
  protected readonly options: ParseOptions;

  constructor(headers: readonly string[], options: ParseOptions) {
    super({ headers, blanks: "usual", row: () => undefined }, options);
    this.options = options;
  }

  /** Takes the current line, or throws a {@link RowError}. */
  protected abstract override take(rows: Row[]): void;
  /** Closes the open row, if there is one. */
  protected abstract close(rows: Row[]): void;

  /** A row that ends too early: reported, or thrown. */
  protected incomplete(field: string): void {
    this.issues.row(this.line, new RowError(this.line.start, field, "missing before this line"));
  }

  override finish(rows: Row[], cut: boolean): void {
    this.close(rows);
    super.finish(rows, cut);
  }
}

/** A table of rows of several lines. */
/* @__NO_SIDE_EFFECTS__ */
export function blockForm<Row>(scanner: (options: ParseOptions) => BlockScanner<Row>): RowForm<Row> {
  return { scanner };
}

/**
 * Reads a text whose lines make one whole: `read` for each line, then `end`, which may throw a {@link RowError} to say what
 * the text lacks. Gives `undefined` for an empty text, and where `end` threw and the issue was reported.
 */
export function readWhole<Result>(
  text: Uint8Array,
  options: ParseOptions,
  read: (line: Line, issues: Issues) => void,
  end: (last: Line) => Result,
  layout: Layout = {},
): Result | undefined {
  checkText(text);
  let last = new Line();
  last.reset(text, 0, lineEnd(text, 0, text.length), 1);
  const take = (line: Line, issues: Issues): void => {
    last = line;
    read(line, issues);
  };
  eachLine(text, options, take, layout);
  if (text.length === 0) return undefined;
  try {
    return end(last);
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    new Issues(options).row(last, error);
    return undefined;
  }
}

/** Reads a text of one line; `undefined` when it is empty, or when the line was reported. */
export function readSingle<Result extends object>(
  text: Uint8Array,
  options: ParseOptions,
  read: (line: Line) => Result,
): Result | undefined {
  let result: Result | undefined;
  eachLine(text, options, (line) => {
    if (result !== undefined) throw new RowError(line.start, "line", "expected one line");
    result = read(line);
  });
  return result;
}
