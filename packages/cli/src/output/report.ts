import { columnNamed, orderOf, type RowOrder, sortedRows } from "procnet/view";
import { UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import { suggestion } from "../text/suggest.ts";
import type { FlowColumns } from "./rows.ts";
import { type Column, csvHead, csvLine, type TableLayout, tableLines } from "./table.ts";

/** What a command found, before anybody decided how it is shown. */
export interface Report {
  /** The document that `--json` prints, without its version. */
  readonly document: { readonly kind: string; readonly [field: string]: unknown };
  /** What `--ndjson` prints, one a line. */
  readonly items: readonly object[];
  readonly table: Table;
  /** Lines that people read in place of the table. */
  readonly text?: readonly string[];
  /** Lines for stderr. */
  readonly notes?: readonly string[];
  readonly exitCode?: number;
}

/** A table whose rows are of some kind that does not matter any more. */
export interface Table {
  readonly lines: (layout: Omit<TableLayout, "drop">) => string[];
  readonly csv: () => Iterable<string>;
}

/** Rows with their columns. `chosen` are keys of columns; CSV has all columns unless some were chosen. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], chosen?: readonly string[]): Table {
  const picked = chosen?.map((key) => columnOf(columns, key, "--columns"));
  const usual = columns.filter((column) => !column.extra);
  return {
    lines: (layout) => tableLines(picked ?? usual, rows, { ...layout, drop: picked === undefined }),
    csv: () => csvLines(picked ?? columns, rows),
  };
}

function* csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<string> {
  yield csvHead(columns);
  for (const row of rows) yield csvLine(columns, row);
}

/** How rows that are all there are wanted. */
export interface Choice {
  readonly columns?: readonly string[];
  readonly sort?: string;
}

/** Rows that are all there, in the order and with the columns that were asked for. */
export function rowsReport<Row extends object>(
  { kind, field = kind }: { readonly kind: string; readonly field?: string },
  columns: readonly Column<Row>[],
  found: readonly Row[],
  choice: Choice,
  end: Pick<Report, "notes" | "exitCode" | "text"> = {},
): Report {
  const rows = ordered(columns, found, choice);
  return {
    document: { kind, takenAt: new Date(), [field]: rows },
    items: rows,
    table: tableOf(columns, rows, choice.columns),
    ...end,
  };
}

/** The end of a report that was asked for things by name, of which some are not there: a failure, and no table where none is. */
export function missingNames(wanted: readonly object[], missing: readonly object[]): Pick<Report, "exitCode" | "text"> {
  if (missing.length === 0) return { exitCode: EXIT.ok };
  return { exitCode: EXIT.failure, ...(missing.length === wanted.length && { text: [] }) };
}

/** The table alone, of rows that are not the items of the document. */
export function rowsTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], choice: Choice): Table {
  return tableOf(columns, ordered(columns, rows, choice), choice.columns);
}

/** Complains about columns that there are none of, before the work. */
export function checkChoice<Row>(columns: readonly Column<Row>[], { columns: chosen, sort }: Choice): void {
  columnsOf(columns, chosen);
  if (sort !== undefined) orderBy(columns, sort);
}

/** Rows in the order that was asked for; those that are equal stay as they were. */
function ordered<Row>(columns: readonly Column<Row>[], rows: readonly Row[], { sort }: Choice): readonly Row[] {
  if (sort === undefined) return rows;
  return sortedRows(rows, orderBy(columns, sort));
}

/** Columns for a flow: those that `--columns` names, or the usual ones; CSV has all unless some were chosen. */
export function columnsOf<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
): FlowColumns<Row> {
  const picked = chosen?.map((key) => columnOf(columns, key, "--columns"));
  const usual = columns.filter((column) => !column.extra);
  return { table: picked ?? usual, csv: picked ?? columns, chosen: picked !== undefined };
}

/** The order by a column: `local`, or `-recvq` for the largest first. Rows that are equal stay as they were. */
export function orderBy<Row>(columns: readonly Column<Row>[], by: string): RowOrder<Row> {
  const isDescending = by.startsWith("-");
  const column = columnOf(columns, isDescending ? by.slice(1) : by, "--sort");
  return orderOf(column, isDescending ? "descending" : "ascending");
}

function columnOf<Row>(columns: readonly Column<Row>[], key: string, option: string): Column<Row> {
  const found = columnNamed(columns, key);
  if (found !== undefined) return found;
  const keys = columns.map((column) => column.key);
  const hint = suggestion(key, keys) || `; there are ${keys.join(", ")}`;
  throw new UsageError(`${option}: no column is called "${key}"${hint}`);
}
