import type { Cell, Column } from "./column.ts";
import { countText, perSecondText } from "./number-texts.ts";
import { columnKey } from "./order.ts";

/** Columns of numbers of things. Those of ports, inodes and ids are names: their digits stay as they are. */
const COUNTS: ReadonlySet<string> = /* @__PURE__ */ new Set(["recvq", "sendq", "drops", "delta", "value"]);

/**
 * Columns as screens and pages show them: with numbers that are easier to read, in the same order. Tables are read by programs, too,
 * so that these have the digits alone.
 *
 * @example
 * ```ts
 * import { COUNTER_COLUMNS, onScreen } from "procnet/view";
 * onScreen(COUNTER_COLUMNS).map(({ title }) => title); // ["COUNTER", "OF", ...]
 * ```
 */
export function onScreen<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.map((column) => {
    const { key, value, raw = value, order = columnKey(column) } = column;
    if (COUNTS.has(key)) return { ...column, value: (row) => textOf(value(row), countText), raw, order };
    if (key === "persecond") return { ...column, value: (row) => textOf(raw(row), perSecondText), raw, order };
    return column;
  });
}

function textOf(cell: Cell, write: (value: number) => string): Cell {
  return typeof cell === "number" ? write(cell) : cell;
}
