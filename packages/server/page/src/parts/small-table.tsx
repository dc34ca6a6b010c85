import type { ComponentChildren, JSX } from "preact";
import type { Column } from "procnet/view";
import { Cell, cellText } from "./cell.tsx";

interface SmallTableProps<Row> {
  /** What it is called by who cannot see it. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What the first cell of a row is in: a link. */
  readonly first?: (row: Row, text: string) => ComponentChildren;
}

/** A few rows that are all drawn, as high as they are. */
export function SmallTable<Row>({ name, rows, columns: all, keyOf, first }: SmallTableProps<Row>): JSX.Element {
  const columns = all.filter((column) => !column.ifAny || rows.some((row) => cellText(column, row) !== ""));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fields are in it
    <div class="small-table" role="group" tabIndex={0} aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" class={align === "right" ? "right" : ""}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, at) =>
                at === 0 && first !== undefined ? (
                  <th key={column.key} scope="row">
                    {first(row, cellText(column, row))}
                  </th>
                ) : (
                  <Cell key={column.key} column={column} row={row} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
