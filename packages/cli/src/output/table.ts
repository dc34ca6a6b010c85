import { type Cell, safe } from "../text/safe.ts";
import { cut, pad, width } from "../text/width.ts";
import type { Paint, Style } from "./style.ts";

/** A column of a table of rows of one kind. */
export interface Column<Row> {
  /** Its name for `--columns` and `--sort`, and in the head of CSV. */
  readonly key: string;
  /** What stands above it. */
  readonly title: string;
  readonly align?: "left" | "right";
  /** What a row has in it, not escaped: that is done for all of them when the table is printed. */
  readonly value: (row: Row) => Cell;
  /** What CSV shows where it differs: no placeholders, no units. */
  readonly raw?: (row: Row) => Cell;
  /** What rows are ordered by; `value` by default. */
  readonly order?: (row: Row) => number | string | bigint | undefined;
  readonly style?: (row: Row) => Style | undefined;
  /** Place in the order in which columns are dropped on a narrow terminal, 1 first. Without it the column stays. */
  readonly drop?: number;
  /** Width that is enough for most: a longer text is cut before another column is dropped for it. */
  readonly enough?: number;
  /** Shown only when it is asked for. */
  readonly extra?: true;
  /** On a terminal, shown only when a row has something in it. */
  readonly ifAny?: true;
}

/** How a table is printed. */
export interface TableLayout {
  /** Columns of the terminal; `undefined` prints everything whole. */
  readonly columns: number | undefined;
  /** Whether columns may be dropped: not when the user chose them. */
  readonly drop: boolean;
  readonly header: boolean;
  readonly paint: Paint;
}

const GAP = 2;
/** No column is cut below this. */
const LEAST = 6;

interface Laid<Row> {
  readonly column: Column<Row>;
  readonly texts: string[];
  readonly natural: number;
  width: number;
}

/** The lines of a table. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[], layout: TableLayout): string[] {
  let laid = columns.map((column) => lay(column, rows));
  if (layout.columns !== undefined) {
    if (layout.drop) laid = dropped(laid, layout.columns);
    if (layout.drop) shrink(laid, layout.columns);
  }
  const lines = rows.map((row, index) => line(laid, index, row, layout.paint));
  // A table of unknown form without rows has no columns, and so no head.
  if (layout.header && laid.length > 0) lines.unshift(headLine(laid, layout.paint));
  return lines;
}

function lay<Row>(column: Column<Row>, rows: readonly Row[]): Laid<Row> {
  const texts = rows.map((row) => safe(column.value(row)));
  let natural = width(column.title);
  for (const text of texts) natural = Math.max(natural, width(text));
  return { column, texts, natural, width: natural };
}

/** Without the columns for which there is no room, nor for those that hold nothing. */
function dropped<Row>(all: Laid<Row>[], room: number): Laid<Row>[] {
  const kept = all.filter(({ column, texts }) => !column.ifAny || texts.some((text) => text !== ""));
  const order = kept.filter(({ column }) => column.drop !== undefined);
  order.sort((a, b) => a.column.drop! - b.column.drop!);
  while (total(kept, comfortable) > room && order.length > 0) kept.splice(kept.indexOf(order.shift()!), 1);
  return kept;
}

function comfortable<Row>({ natural, column }: Laid<Row>): number {
  return Math.min(natural, Math.max(column.enough ?? natural, width(column.title)));
}

function total<Row>(laid: readonly Laid<Row>[], size: (one: Laid<Row>) => number): number {
  return laid.reduce((sum, one) => sum + size(one), GAP * Math.max(0, laid.length - 1));
}

/** Cuts the widest column again and again until all fit: first those beyond what is enough, then any. */
function shrink<Row>(laid: readonly Laid<Row>[], room: number): void {
  const least = (one: Laid<Row>): number => Math.min(one.natural, LEAST);
  for (const floor of [comfortable, least]) {
    let excess = total(laid, (one) => one.width) - room;
    while (excess > 0) {
      const spare = laid.filter((one) => one.width > floor(one));
      if (spare.length === 0) break;
      const widest = spare.reduce((a, b) => (b.width > a.width ? b : a));
      widest.width--;
      excess--;
    }
  }
}

function headLine<Row>(laid: readonly Laid<Row>[], paint: Paint): string {
  const cells = laid.map(({ column, width }) => pad(cut(column.title, width), width, column.align ?? "left"));
  return paint("bold", cells.join(" ".repeat(GAP)).trimEnd());
}

function line<Row>(laid: readonly Laid<Row>[], index: number, row: Row, paint: Paint): string {
  let text = "";
  let blanks = 0;
  for (const { column, texts, width: room } of laid) {
    const shown = cut(texts[index]!, room);
    const missing = room - width(shown);
    const right = column.align === "right";
    if (shown !== "") {
      text += " ".repeat(blanks + (right ? missing : 0));
      const style = column.style?.(row);
      text += style === undefined ? shown : paint(style, shown);
      blanks = right ? 0 : missing;
    } else blanks += missing;
    blanks += GAP;
  }
  return text;
}

/** The lines of a table as CSV (RFC 4180), with LF as Unix tools expect. */
export function* csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<string> {
  yield columns.map((column) => column.key).join(",");
  for (const row of rows) yield columns.map((column) => quoted(safe((column.raw ?? column.value)(row)))).join(",");
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
