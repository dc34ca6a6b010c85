import { type Column, type ColumnShape, columnNamed, jsonText, orderOf } from "procnet/view";
import type { Holder } from "../../commands/kill/kill-plan.ts";
import { type Cells, cellsOf } from "../../output/cells.ts";
import { cut } from "../../text/width.ts";
import type { Order, RowId, TableState, Text, ViewName } from "../state/state.ts";
import type { InSteps } from "./slices.ts";
import { sortedInSteps } from "./sorted-steps.ts";
import type { Asked, ViewSpec } from "./view.ts";

/** The rows of a view in their order, of some kind that does not matter any more. Only those that are drawn are made into text. */
export interface Listing {
  readonly view: ViewName;
  readonly total: number;
  /** All columns there are, and the keys of those that are shown. */
  readonly columns: readonly ColumnShape[];
  readonly shown: readonly string[];
  readonly order: Order | undefined;
  readonly idAt: (place: number) => RowId | undefined;
  /** Where a row is now, looked for from where it was; -1 where it is no more. */
  readonly placeOf: (id: RowId, near: number) => number;
  /** What the shown columns have of a row. */
  readonly cellsAt: (place: number) => Cells;
  readonly isClosedAt: (place: number) => boolean;
  /** Lines about a row, below the table. */
  readonly panelAt: (place: number, room: { readonly columns: number; readonly rows: number }) => readonly string[];
  readonly explainAt: (place: number) => Text | undefined;
  readonly holdersAt: (place: number) => readonly Holder[];
  /** The rows as they are exported, a JSON object each. */
  readonly documents: () => Iterable<string>;
}

/** A view whose rows are of some kind that does not matter any more. */
export interface View {
  readonly name: ViewName;
  readonly list: (asked: Asked, table: TableState) => InSteps<Listing>;
}

export function viewOf<Row extends object>(spec: ViewSpec<Row>): View {
  return { name: spec.name, list: (asked, table) => listed(spec, asked, table) };
}

function* listed<Row extends object>(spec: ViewSpec<Row>, asked: Asked, table: TableState): InSteps<Listing> {
  const columns = spec.columns(asked);
  const order = table.order ?? spec.order;
  const made = spec.rows(asked);
  const found = "next" in made ? yield* made : made;
  const by = order && columnNamed(columns, order.key);
  const rows =
    by === undefined
      ? found
      : yield* sortedInSteps(found, orderOf(by, order!.isDescending ? "descending" : "ascending"));
  const chosen = table.columns?.flatMap((key) => columnNamed(columns, key) ?? []);
  return listingOf(spec, asked, { rows, columns, chosen: chosen ?? columns.filter(({ extra }) => !extra), order });
}

interface Arranged<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly chosen: readonly Column<Row>[];
  readonly order: Order | undefined;
}

function listingOf<Row extends object>(
  { name, idOf, isClosed, panel, explain, holders, documentOf }: ViewSpec<Row>,
  asked: Asked,
  { rows, columns, chosen, order }: Arranged<Row>,
): Listing {
  const at = <Result>(place: number, of: (row: Row) => Result): Result | undefined => {
    const row = rows[place];
    return row === undefined ? undefined : of(row);
  };
  return {
    view: name,
    total: rows.length,
    columns,
    shown: chosen.map(({ key }) => key),
    order,
    idAt: (place) => at(place, idOf),
    placeOf: (id, near) => placeOf(rows, (row) => idOf(row) === id, near),
    cellsAt: (place) => at(place, (row) => cellsOf(chosen, row)) ?? { texts: [], styles: [] },
    isClosedAt: (place) => at(place, (row) => isClosed?.(row, asked)) ?? false,
    panelAt: (place, room) => at(place, (row) => panel && beginningOf(panel(row, asked, room), room)) ?? [],
    explainAt: (place) => at(place, (row) => explain(row, asked)),
    holdersAt: (place) => at(place, (row) => holders?.(row, asked)) ?? [],
    *documents() {
      for (const row of rows) yield jsonText(documentOf === undefined ? row : documentOf(row));
    },
  };
}

/** As much of a text as there is room for; that there is more of it is seen. */
function beginningOf(
  lines: readonly string[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): string[] {
  if (lines.length <= rows) return [...lines];
  const last = lines[rows - 1];
  return last === undefined ? [] : [...lines.slice(0, rows - 1), `${cut(last, columns - 2)} …`];
}

/** From one place to both sides: rows move little from look to look. */
function placeOf<Row>(rows: readonly Row[], isMeant: (row: Row) => boolean, near: number): number {
  const from = Math.max(0, Math.min(near, rows.length - 1));
  for (let away = 0; away < rows.length; away++) {
    const [before, behind] = [from - away, from + away];
    if (before < 0 && behind >= rows.length) break;
    if (before >= 0 && isMeant(rows[before]!)) return before;
    if (behind < rows.length && isMeant(rows[behind]!)) return behind;
  }
  return -1;
}
