import type { Column } from "procnet/view";
import { cellText } from "./cell.tsx";

/** Rows that have all words of a text in one of their cells, whatever the case of letters. */
export function rowsWith<Row>(rows: readonly Row[], columns: readonly Column<Row>[], text: string): readonly Row[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const all = columns
      .map((column) => cellText(column, row))
      .join("\n")
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
