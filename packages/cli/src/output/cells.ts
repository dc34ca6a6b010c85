import type { Column, Style } from "procnet/view";
import { safe } from "../text/safe.ts";

/** A row as texts, ready to be shown. */
export interface Cells {
  readonly texts: readonly string[];
  readonly styles: readonly (Style | undefined)[];
}

export function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): Cells {
  return {
    texts: columns.map((column) => safe(column.value(row))),
    styles: columns.map((column) => column.style?.(row)),
  };
}
