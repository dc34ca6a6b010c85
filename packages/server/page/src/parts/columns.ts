import { type Column, columnNamed } from "procnet/view";

/** The columns that are shown: those that were chosen, in that order, or the usual ones. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
): readonly Column<Row>[] {
  const known = chosen?.flatMap((key) => columnNamed(columns, key) ?? []);
  return known !== undefined && known.length > 0 ? known : columns.filter(({ extra }) => !extra);
}
