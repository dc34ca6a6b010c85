/** What is in a cell of a table before it is shown. Bytes are text that need not be UTF-8. */
export type Cell = string | number | bigint | boolean | Uint8Array | undefined;

/** How a cell may be set off, where there are colours. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta";

/** What the layout of a table knows of a column. */
export interface ColumnShape {
  /** Its name, by which people choose it and order rows. */
  readonly key: string;
  /** What stands above it. */
  readonly title: string;
  /** Left by default. */
  readonly align?: "left" | "right";
  /** Place in the order in which columns are dropped where there is little room, 1 first. Without it the column stays. */
  readonly drop?: number;
  /** Width that is enough for most: a longer text is cut before another column is dropped for it. */
  readonly enough?: number;
  /** Shown to people only when a row has something in it. */
  readonly ifAny?: true;
  /** The end of a text that is never cut, such as a port: what is before it is cut in its place. */
  readonly keep?: RegExp;
  /** The text with an end to keep is an address or a path, and is cut between its parts. */
  readonly inParts?: true;
  /** How a text is cut that has a form of its own; the usual way cuts its end. */
  readonly shorten?: (text: string, columns: number) => string;
}

/** A column of a table of rows of one kind. */
export interface Column<Row> extends ColumnShape {
  /** What a row has in it, not escaped: text that others chose has to be made safe where it is shown, by `escapeText`. */
  readonly value: (row: Row) => Cell;
  /** What is for programs where it differs: no placeholders, no units. */
  readonly raw?: (row: Row) => Cell;
  /** What rows are ordered by; `value` by default. */
  readonly order?: (row: Row) => number | string | bigint | undefined;
  /** How the cell of a row stands out; plain by default. */
  readonly style?: (row: Row) => Style | undefined;
  /** Shown only when it is asked for. */
  readonly extra?: true;
}
