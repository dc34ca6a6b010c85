import type { ComponentChildren, JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { type Column, countText } from "procnet/view";
import { go, place } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";
import { ColumnChoice } from "./column-choice.tsx";
import { shownColumns } from "./columns.ts";
import { Downloads } from "./downloads.tsx";
import { Drawer } from "./drawer.tsx";
import { rowsWith } from "./search.ts";
import { SearchBox } from "./search-box.tsx";
import { inOrder } from "./sort.tsx";
import { Table } from "./table.tsx";

/** A view of rows that a server told all of, or the first ones. */
export interface GroupViewProps<Row> {
  readonly title: string;
  /** `undefined` before the first data. */
  readonly rows: readonly Row[] | undefined;
  /** How many there are, told or not. */
  readonly total: number;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What a row is called in the head of its drawer. */
  readonly nameOf: (row: Row) => string;
  /** Said where there is none. */
  readonly empty: string;
  /** What a row is, where that is less than the title says. */
  readonly what?: string;
  /** The order in which they come, as `sort` of a place has it. */
  readonly usual?: string;
  /** Beside the search. */
  readonly tools?: ComponentChildren;
  /** Between the search and the table: what could not be seen. */
  readonly note?: ComponentChildren;
  /** All there is to know of a row. */
  readonly details: (row: Row) => ComponentChildren;
}

/** Rows with search, order and columns, all of which stand in the address, and a drawer for one of them. */
export function GroupView<Row>(props: GroupViewProps<Row>): JSX.Element {
  const { title, rows = NONE, total, columns, keyOf, nameOf, empty, what, usual, tools, note, details } = props;
  const { sort, filter, columns: chosen, open } = useSignal(place);
  const shown = useMemo(() => shownColumns(columns, chosen), [columns, chosen]);
  const found = useMemo(() => rowsWith(rows, shown, filter), [rows, shown, filter]);
  const ordered = useMemo(() => inOrder(found, columns, sort), [found, columns, sort]);
  const nothing = props.rows === undefined ? WAITING : rows.length === 0 ? empty : nothingWith(filter, what);
  return (
    <>
      <div class="bar">
        <h1>{title}</h1>
        <SearchBox name={`Search ${title.toLowerCase()}`} />
        {tools}
        <ColumnChoice
          columns={columns}
          shown={shown.map(({ key }) => key)}
          onChoice={(keys) => go({ columns: keys })}
        />
        <Downloads name={title.toLowerCase()} rows={ordered} columns={shown} />
        <span class="dim">{countedText(props.rows === undefined ? undefined : found.length, rows.length, total)}</span>
      </div>
      {note}
      <div class="beside">
        <Table
          name={title}
          rows={ordered}
          columns={shown}
          isChosen={chosen !== undefined}
          keyOf={keyOf}
          sort={sort}
          usual={usual}
          onSort={(sort) => go({ sort })}
          onOpen={(row) => go({ open: keyOf(row) })}
          empty={nothing}
        />
        {open !== "" && <RowDrawer rows={rows} open={open} keyOf={keyOf} nameOf={nameOf} details={details} />}
      </div>
    </>
  );
}

const NONE: readonly never[] = [];
const WAITING = "Not known yet: the first look is on its way.";

function nothingWith(filter: string, what: string | undefined): string {
  return `${what === undefined ? "Nothing here" : `No ${what}`} has "${filter}" in it.`;
}

/** How many rows there are, and of how many. */
function countedText(found: number | undefined, told: number, total: number): string {
  if (found === undefined) return "";
  const of = found < told ? ` of ${countText(told)}` : "";
  const first = told < total ? `; the first ${countText(told)} of ${countText(total)} are told` : "";
  return `${countText(found)}${of} ${told === 1 ? "row" : "rows"}${first}`;
}

type RowDrawerProps<Row> = Pick<GroupViewProps<Row>, "keyOf" | "nameOf" | "details"> & {
  readonly rows: readonly Row[];
  readonly open: string;
};

/** The row that is open; what was known of it last where it is gone. */
function RowDrawer<Row>({ rows, open, keyOf, nameOf, details }: RowDrawerProps<Row>): JSX.Element {
  const last = useRef<Row>();
  const now = rows.find((row) => keyOf(row) === open);
  if (now !== undefined) last.current = now;
  const known = now ?? (last.current !== undefined && keyOf(last.current) === open ? last.current : undefined);
  return (
    <Drawer title={known === undefined ? "Not here" : nameOf(known)} onClose={() => go({ open: "" })}>
      {now === undefined && (
        <p class="notice">
          {known === undefined ? "There is no such row now." : "It is gone. This is what was known of it last."}
        </p>
      )}
      {known !== undefined && details(known)}
    </Drawer>
  );
}
