import type { RowForm } from "./forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "./header-form.ts";
import type { ParseOptions } from "./options.ts";

/*
 * The files of /proc/net/stat share one shape: a line of names, then a line of values for each possible CPU, those that
 * are offline included, without its number. Columns came, went and changed their names, so each is found by its name.
 */

/** Columns of a file under `/proc/net/stat`, by the kernel's names. */
export interface StatColumns<Value> {
  /** How the header begins. */
  readonly header: string;
  /** Columns that every kernel prints: a header without one is an error. */
  readonly always: readonly string[];
  /** Columns of some kernels: `undefined` on the others. */
  readonly sometimes: readonly string[];
  /** Reads a column. */
  readonly read: (cells: Cells, column: string, options: ParseOptions) => Value;
}

/** The table of a file under `/proc/net/stat`: `Row` has the columns in camel case, and those nobody knows as text. */
/* @__NO_SIDE_EFFECTS__ */
export function statForm<Row extends UnknownColumns, Value>(columns: StatColumns<Value>): RowForm<Row> {
  const always = columns.always.map((column) => [column, camelCase(column)] as const);
  const sometimes = columns.sometimes.map((column) => [column, camelCase(column)] as const);
  return headerForm(columns.header, (cells, options) => {
    const row: [string, Value | undefined][] = [];
    for (const [column, field] of always) row.push([field, columns.read(cells, column, options)]);
    for (const [column, field] of sometimes) {
      row.push([field, cells.has(column) ? columns.read(cells, column, options) : undefined]);
    }
    return { ...Object.fromEntries(row), ...cells.rest() } as Row;
  });
}

/** `hash_grows` as `hashGrows`. */
function camelCase(column: string): string {
  const [first = "", ...others] = column.split("_");
  return first + others.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}
