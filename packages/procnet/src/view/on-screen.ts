import type { Column } from "./column.ts";
import { columnKey } from "./order.ts";

/**
 * Columns as screens and pages show them: with numbers that are easier to read, in the same order.
 *
 * @example
 * ```ts
 * import { COUNTER_COLUMNS, onScreen } from "procnet/view";
 * onScreen(COUNTER_COLUMNS).map(({ title }) => title); // ["COUNTER", "OF", ...]
 * ```
 */
export function onScreen<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.map((column) => {
    const { screen, value, raw = value, order = columnKey(column) } = column;
    return screen === undefined ? column : { ...column, value: screen, raw, order };
  });
}
