import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Column, rowWindow } from "procnet/view";
import { Cell } from "./cell.tsx";
import { fittingColumns, useWidths } from "./column-widths.ts";
import { SortHeads } from "./sort.tsx";

/** Height of a row and of the heads, as style/tokens.css and style/table.css have them. */
const ROW = 24;
const HEAD = 29;
/** Rows that are drawn above and below those that are seen. */
const BEYOND = 12;

/** What a table is made of. */
export interface TableProps<Row> {
  /** What it is called by who cannot see it. */
  readonly name: string;
  /** In their order, as many as there are: only those that can be seen are drawn. */
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Whether the columns were chosen: then all are shown, however little room there is. */
  readonly isChosen?: boolean;
  /** What tells a row from all others, as long as it is there. */
  readonly keyOf: (row: Row) => number | string;
  /** The column by which rows are ordered, as `Place` has it. */
  readonly sort: string;
  /** The order in which they come, where that is one of a column. */
  readonly usual?: string | undefined;
  readonly onSort: (sort: string) => void;
  /** Opens what there is to know of a row. */
  readonly onOpen?: (row: Row) => void;
  /** Takes another key; `true` where it did something with it. */
  readonly onKey?: (key: string) => boolean;
  readonly rowClass?: (row: Row) => string;
  /** Said where there is no row. */
  readonly empty: string;
}

/** A table of any number of rows of one height. The keyboard moves through it as through a list; Enter opens a row. */
export function Table<Row>(props: TableProps<Row>): JSX.Element {
  const { name, rows, columns, isChosen = false, keyOf, sort, usual, onSort, onOpen, onKey, rowClass, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const [size, setSize] = useState({ width: 1000, height: 600 });
  const [first, setFirst] = useState(0);
  const [selected, setSelected] = useState<{ readonly key: number | string; readonly at: number }>();

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const room = Math.max(1, Math.ceil((size.height - HEAD) / ROW));
  const drawn = rowWindow({ total: rows.length, room, first, beyond: BEYOND });
  const shown = rows.slice(drawn.first, drawn.first + drawn.count);
  const measured = useWidths(columns, shown);
  const { widths } = measured;
  const fitting = isChosen
    ? columns.filter(({ key }) => widths.has(key))
    : fittingColumns(columns, measured, size.width);
  const at = placeOf(rows, selected, keyOf);
  const isDrawn = at !== undefined && at >= drawn.first && at < drawn.first + drawn.count;

  const select = (wanted: number): void => {
    const to = Math.max(0, Math.min(rows.length - 1, wanted));
    const row = rows[to];
    if (row === undefined) return;
    setSelected({ key: keyOf(row), at: to });
    const element = box.current!;
    const top = to * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + element.clientHeight - HEAD)
      element.scrollTop = top + ROW - element.clientHeight + HEAD;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== grid.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, room - 1);
    const here = at ?? -1;
    const moves = new Map([
      ["ArrowDown", here + 1],
      ["ArrowUp", Math.max(0, here - 1)],
      ["PageDown", here + page],
      ["PageUp", here - page],
      ["Home", 0],
      ["End", rows.length - 1],
    ]);
    const to = moves.get(event.key);
    if (to !== undefined) select(to);
    else if (event.key === "Enter" && at !== undefined) onOpen?.(rows[at]!);
    else if (event.key === "/") searchField()?.focus();
    else if (onKey?.(event.key) !== true) return;
    event.preventDefault();
  };
  // It is looked for from where it was last. One that is gone may come back: with another filter, or after all rows were sent anew.
  useEffect(() => {
    if (at === undefined || selected === undefined || at === selected.at) return;
    if (keyOf(rows[at]!) === selected.key) setSelected({ key: selected.key, at });
  }, [rows, at]);
  // A list that became shorter leaves the window beyond its end.
  useEffect(() => {
    const most = Math.max(0, rows.length - room);
    if (first > most) setFirst(most);
  }, [rows.length, room, first]);

  return (
    <div ref={box} class="table" onScroll={() => setFirst(Math.floor(box.current!.scrollTop / ROW))}>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are moved through and opened, as in a grid
        role="grid"
        tabIndex={0}
        aria-label={name}
        aria-rowcount={rows.length + 1}
        aria-colcount={fitting.length}
        aria-activedescendant={isDrawn ? `row-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {fitting.map(({ key }) => (
            <col key={key} style={{ width: `${widths.get(key)}ch` }} />
          ))}
        </colgroup>
        <SortHeads columns={fitting} sort={sort || (usual ?? "")} onSort={onSort} />
        <tbody>
          <Space rows={drawn.first} />
          {shown.map((row, index) => {
            const place = drawn.first + index;
            return (
              // By place: a row that moves is written where it comes to, in place of all being moved.
              <tr
                key={place}
                id={`row-${place}`}
                class={rowClass?.(row)}
                aria-rowindex={place + 2}
                aria-selected={place === at}
                onClick={() => {
                  select(place);
                  // Who has marked text wants to take it along.
                  if (getSelection()?.isCollapsed !== false) onOpen?.(row);
                }}
              >
                {fitting.map((column) => (
                  <Cell key={column.key} column={column} row={row} />
                ))}
              </tr>
            );
          })}
          <Space rows={rows.length - drawn.first - shown.length} />
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{empty}</p>}
    </div>
  );
}

/** Where the view is filtered or searched: `/` leads there, as in `top`. */
function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[type="search"]');
}

/** Room for rows that are not drawn. */
function Space({ rows }: { readonly rows: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return (
    <tr class="space" inert>
      <td style={{ height: `${rows * ROW}px` }} />
    </tr>
  );
}

/** Where the row is that was selected; where it is gone, what came into its place. */
function placeOf<Row>(
  rows: readonly Row[],
  selected: { readonly key: number | string; readonly at: number } | undefined,
  keyOf: (row: Row) => number | string,
): number | undefined {
  if (selected === undefined || rows.length === 0) return undefined;
  const there = rows[selected.at];
  if (there !== undefined && keyOf(there) === selected.key) return selected.at;
  // Most move by a few places only.
  const most = Math.max(selected.at, rows.length - 1 - selected.at);
  for (let far = 1; far <= most; far++) {
    for (const at of [selected.at - far, selected.at + far]) {
      const row = rows[at];
      if (row !== undefined && keyOf(row) === selected.key) return at;
    }
  }
  return Math.min(selected.at, rows.length - 1);
}
