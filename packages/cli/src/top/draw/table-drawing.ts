import type { ColumnShape } from "procnet/view";
import type { Cells } from "../../output/cells.ts";
import { TableForm } from "../../output/table.ts";
import { pad, width } from "../../text/width.ts";
import type { Order } from "../state/state.ts";
import type { Listing } from "../table/listing.ts";
import type { Look } from "./paint.ts";

/** Rows all over the table by which columns are laid out, so that they stay where they are when rows move. */
const SAMPLE = 64;
/** Columns before the table: whether a row is selected, and whether it is there no more. */
const GUTTER = 2;

/** What is drawn of a table. */
export interface DrawnPart {
  readonly first: number;
  readonly rows: number;
  /** Place of the selected row. */
  readonly selected: number;
  readonly columns: number;
}

/** Draws tables. Columns are laid out when another listing is drawn, and wider when a row needs it. */
export class TableDrawing {
  private readonly look: Look;
  private isPlain = false;
  private form: TableForm | undefined;
  private drawn: Listing | undefined;
  private columns = 0;
  /** The widest text of each column since the same table is drawn: so that columns do not move with each look. */
  private widest: string[] = [];
  private key = "";

  constructor(look: Look) {
    this.look = look;
  }

  /** The head of the table, and as many of its rows as are asked for. */
  lines(listing: Listing, { first, rows, selected, columns }: DrawnPart): string[] {
    const count = Math.max(0, Math.min(rows, listing.total - first));
    const cells = Array.from({ length: count }, (_, at) => listing.cellsAt(first + at));
    const form = this.formFor(listing, cells, columns);
    return [
      " ".repeat(GUTTER) + (form.head()[0] ?? ""),
      ...cells.map((row, at) =>
        this.line(form, row, {
          isSelected: first + at === selected,
          isClosed: listing.isClosedAt(first + at),
          columns,
        }),
      ),
    ];
  }

  /** Keys of the columns for which there is room. */
  columnsOf(listing: Listing, columns: number): ReadonlySet<string> {
    return new Set(this.formFor(listing, [], columns).keys);
  }

  private line(
    form: TableForm,
    cells: Cells,
    {
      isSelected,
      isClosed,
      columns,
    }: { readonly isSelected: boolean; readonly isClosed: boolean; readonly columns: number },
  ): string {
    this.isPlain = isSelected || isClosed;
    const text = `${isSelected ? "▸" : " "}${isClosed ? "-" : " "}${form.line(cells)}`;
    this.isPlain = false;
    if (isSelected) return this.look.inverse(pad(text, columns, "left"));
    return isClosed ? this.look.paint("dim", text) : text;
  }

  private formFor(listing: Listing, cells: readonly Cells[], columns: number): TableForm {
    const isSame = this.form !== undefined && this.drawn === listing && this.columns === columns;
    if (isSame && !this.isWider(cells)) return this.form!;
    const shapes = listing.shown.flatMap((key) => listing.columns.find((one) => one.key === key) ?? []);
    const key = JSON.stringify([listing.view, listing.shown, columns]);
    if (key !== this.key) this.widest = [];
    this.key = key;
    const sample = [...cells, ...sampleOf(listing)];
    this.note(sample);
    const paint: Look["paint"] = (style, text) => (this.isPlain ? text : this.look.paint(style, text));
    const marked = shapes.map((shape) => withOrder(shape, listing.order));
    this.form = new TableForm(marked, sample, {
      columns: columns - GUTTER,
      drop: true,
      header: true,
      paint,
      widest: shapes.map((_, at) => this.widest[at] ?? ""),
    });
    this.drawn = listing;
    this.columns = columns;
    return this.form;
  }

  private isWider(rows: readonly Cells[]): boolean {
    return rows.some(({ texts }) => texts.some((text, at) => isWider(text, this.widest[at] ?? "")));
  }

  private note(rows: readonly Cells[]): void {
    for (const { texts } of rows) {
      for (const [at, text] of texts.entries()) if (isWider(text, this.widest[at] ?? "")) this.widest[at] = text;
    }
  }
}

function isWider(text: string, than: string): boolean {
  return text.length > 0 && width(text) > width(than);
}

/** Rows all over a table, the same as long as it has as many. */
function sampleOf(listing: Listing): Cells[] {
  const step = Math.max(1, Math.ceil(listing.total / SAMPLE));
  const rows: Cells[] = [];
  for (let place = 0; place < listing.total; place += step) rows.push(listing.cellsAt(place));
  return rows;
}

/** The column by which rows are sorted says so. */
function withOrder(shape: ColumnShape, order: Order | undefined): ColumnShape {
  if (order?.key !== shape.key) return shape;
  return { ...shape, title: `${shape.title}${order.isDescending ? "↓" : "↑"}` };
}
