import type { JSX } from "preact";
import { type Column, columnNamed, orderOf, sortedRows } from "procnet/view";

interface SortHeadsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

const SORTED = { "": undefined, up: "ascending", down: "descending" } as const;

/** The heads of a table: each is a button by which its rows are ordered. */
export function SortHeads<Row>({ columns, sort, onSort }: SortHeadsProps<Row>): JSX.Element {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ key, title, align }) => {
          const way = sort === key ? "up" : sort === `-${key}` ? "down" : "";
          return (
            <th key={key} scope="col" class={align === "right" ? "right" : ""} aria-sort={SORTED[way]}>
              <button type="button" onClick={() => onSort(nextSort(key, way, align))}>
                {title}
                <span aria-hidden="true">{way === "up" ? " ↑" : way === "down" ? " ↓" : ""}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Numbers begin with the largest, texts with the first of the alphabet; then the other way, then as they came. */
function nextSort(key: string, way: "" | "up" | "down", align: "left" | "right" = "left"): string {
  const [first, second] = align === "right" ? ["down", "up"] : ["up", "down"];
  const next = way === "" ? first : way === first ? second : "";
  return next === "" ? "" : next === "up" ? key : `-${key}`;
}

/** Rows in the order of a place. */
export function inOrder<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): readonly Row[] {
  const isDown = sort.startsWith("-");
  const column = sort === "" ? undefined : columnNamed(columns, isDown ? sort.slice(1) : sort);
  return column === undefined ? rows : sortedRows(rows, orderOf(column, isDown ? "descending" : "ascending"));
}
