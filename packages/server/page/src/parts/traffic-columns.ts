import { type Column, TRAFFIC_COLUMNS, type TrafficRow } from "procnet/view";
import type { TrafficTold } from "../state/use-traffic.ts";

const RATES = TRAFFIC_COLUMNS.filter(({ key }) => key === "sentrate" || key === "receivedrate");

/** Whether what is sent and received a second is among the columns that were chosen, or the usual ones. */
export function showsTraffic(chosen: readonly string[] | undefined): boolean {
  return chosen === undefined || RATES.some(({ key }) => chosen.includes(key));
}

/** Traffic of processes, by their numbers: what groups of kind `pid` are called ends with them. */
export function byProcess({ told }: TrafficTold): ReadonlyMap<number, TrafficRow> {
  return new Map((told?.traffic ?? []).map((row) => [Number(/\[(\d+)\]$/.exec(row.name ?? "")?.[1]), row]));
}

/**
 * What is sent and received a second, behind a column: nothing where the server refuses to tell it, and not among the usual ones before
 * it has told. A row of which the kernel has counted nothing has nothing in them.
 */
export function withTraffic<Row>(
  columns: readonly Column<Row>[],
  behind: string,
  { told, why }: TrafficTold,
  of: (row: Row) => TrafficRow | undefined,
): readonly Column<Row>[] {
  if (told === undefined && why !== undefined) return columns;
  const rates = RATES.map(({ value, raw, order, key, title, align = "left" }): Column<Row> => {
    const from =
      <Found>(get: ((row: TrafficRow) => Found) | undefined) =>
      (row: Row): Found | undefined => {
        const found = of(row);
        return found && get?.(found);
      };
    const gets = { value: from(value), raw: from(raw), order: from(order) };
    return { key, title, align, ...gets, drop: 9, ...(told === undefined && { extra: true }) };
  });
  return columns.flatMap((column) => (column.key === behind ? [column, ...rates] : [column]));
}
