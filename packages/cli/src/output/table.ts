import type { Column, ColumnShape } from "procnet/view";
import { safe } from "../text/safe.ts";
import { cut, pad, width } from "../text/width.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { fitted, GAP, type Laid, laid, shown } from "./fit.ts";
import type { Paint } from "./style.ts";

export type { Column, ColumnShape } from "procnet/view";

/** How a table is printed. */
export interface TableLayout {
  /** Columns of the terminal; `undefined` prints everything whole. */
  readonly columns: number | undefined;
  /** Whether columns may be dropped: not when the user chose them. */
  readonly drop: boolean;
  readonly header: boolean;
  readonly paint: Paint;
  /** Texts of each column that there is to be room for, besides those of the first rows. */
  readonly widest?: readonly string[];
}

/** The lines of a table. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[], layout: TableLayout): string[] {
  const cells = rows.map((row) => cellsOf(columns, row));
  const form = new TableForm(columns, cells, layout);
  return [...form.head(), ...cells.map((row) => form.line(row))];
}

/** Columns with their widths, found from the first rows of a table: later ones may come in any number. */
export class TableForm {
  private readonly columns: readonly Laid[];
  private readonly layout: TableLayout;

  constructor(columns: readonly ColumnShape[], first: readonly Cells[], layout: TableLayout) {
    const { widest } = layout;
    const measured = widest === undefined ? first : [...first, { texts: widest, styles: [] }];
    const all = columns.map((column, at) => laid(column, at, measured));
    const isFitted = layout.columns !== undefined && layout.drop;
    this.columns = isFitted ? fitted(all, first, layout.columns!) : all;
    this.layout = layout;
  }

  /** Keys of the columns that there are, in their order. */
  get keys(): string[] {
    return this.columns.map(({ column }) => column.key);
  }

  /** The line above the table, if there is to be one. A table of unknown form without rows has no columns, and so none. */
  head(): string[] {
    if (!this.layout.header || this.columns.length === 0) return [];
    const cells = this.columns.map(({ column, width: room }) =>
      pad(cut(column.title, room), room, column.align ?? "left"),
    );
    return [this.layout.paint("bold", cells.join(" ".repeat(GAP)).trimEnd())];
  }

  /** Makes columns as wide as later rows need them, where nothing is cut. */
  widen(rows: readonly Cells[]): void {
    if (this.layout.columns !== undefined && this.layout.drop) return;
    for (const one of this.columns) {
      for (const { texts } of rows) one.width = Math.max(one.width, width(texts[one.at]!));
    }
  }

  line({ texts, styles }: Cells): string {
    let text = "";
    let blanks = 0;
    for (const one of this.columns) {
      const { at, column, width: room } = one;
      const cell = shown(one, texts[at]!);
      const missing = Math.max(0, room - width(cell));
      const right = column.align === "right";
      if (cell !== "") {
        text += " ".repeat(blanks + (right ? missing : 0));
        const style = styles[at];
        text += style === undefined ? cell : this.layout.paint(style, cell);
        blanks = right ? 0 : missing;
      } else blanks += missing;
      blanks += GAP;
    }
    return text;
  }
}

/** The head of a table as CSV (RFC 4180), with LF as Unix tools expect. */
export function csvHead(columns: readonly ColumnShape[]): string {
  return columns.map((column) => column.key).join(",");
}

/** A row as CSV. */
export function csvLine<Row>(columns: readonly Column<Row>[], row: Row): string {
  return columns.map((column) => quoted(safe((column.raw ?? column.value)(row)))).join(",");
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
