import { bytesText, type Column } from "procnet/view";
import type { Bytes, Traffic } from "../looks/traffic.ts";

/** What is sent and received a second, behind a column; nothing where nobody counts it. */
export function withTraffic<Row>(
  columns: readonly Column<Row>[],
  behind: string,
  traffic: Traffic | undefined,
  of: (traffic: Traffic, row: Row) => Bytes | undefined,
): readonly Column<Row>[] {
  if (traffic === undefined) return columns;
  const more = (["sent", "received"] as const).map((name): Column<Row> => {
    const value = (row: Row): number | undefined => of(traffic, row)?.[name];
    const text = (row: Row): string | undefined => {
      const bytes = value(row);
      return bytes === undefined ? undefined : `${bytesText(bytes)}/s`;
    };
    return {
      key: `${name}rate`,
      title: `${name.toUpperCase()}/S`,
      align: "right",
      value: text,
      raw: value,
      order: value,
      drop: 9,
    };
  });
  return columns.flatMap((column) => (column.key === behind ? [column, ...more] : [column]));
}
