import type { Column } from "./column.ts";

/** What rows are ordered by. */
export type OrderKey = string | number | bigint | undefined;

/** An order of rows. */
export interface RowOrder<Row> {
  /** What a row is ordered by: to be asked once of each. */
  readonly key: (row: Row) => OrderKey;
  /** Below 0 where the first comes first, above 0 where the second does. */
  readonly compare: (a: OrderKey, b: OrderKey) => number;
}

/**
 * The column of a name: that of its key or its title, in whatever way it is spelt. `local_address`, `LOCAL-ADDRESS` and `localAddress`
 * are one name. `undefined` where there is none.
 *
 * @example
 * ```ts
 * import { columnNamed, SOCKET_COLUMNS } from "procnet/view";
 * columnNamed(SOCKET_COLUMNS, "PEER-PORT")?.key; // "peerport"
 * ```
 */
export function columnNamed<Row>(columns: readonly Column<Row>[], name: string): Column<Row> | undefined {
  const wanted = plain(name);
  return columns.find(({ key }) => plain(key) === wanted) ?? columns.find(({ title }) => plain(title) === wanted);
}

/**
 * The order by a column. What has nothing there comes last, whichever way; numbers in a text count as such: 10.0.0.9 before
 * 10.0.0.10.
 *
 * @example
 * ```ts
 * import { columnNamed, orderOf, SOCKET_COLUMNS, sortedRows } from "procnet/view";
 * const order = orderOf(columnNamed(SOCKET_COLUMNS, "recvq")!, "descending");
 * sortedRows([], order);
 * ```
 */
export function orderOf<Row>(column: Column<Row>, direction: "ascending" | "descending" = "ascending"): RowOrder<Row> {
  const sign = direction === "descending" ? -1 : 1;
  return {
    key: columnKey(column),
    compare: (a, b) => {
      if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b));
      return sign * compare(a, b);
    },
  };
}

/** What rows are ordered by in a column. */
export function columnKey<Row>({ order, value }: Column<Row>): (row: Row) => OrderKey {
  return order ?? ((row) => keyOf(value(row)));
}

/**
 * Rows in an order; those that are equal stay as they were.
 *
 * @example
 * ```ts
 * import { orderOf, sortedRows } from "procnet/view";
 * const size = { key: "size", title: "SIZE", value: (size: number) => size };
 * sortedRows([2, 10, 1], orderOf(size, "descending")); // [10, 2, 1]
 * ```
 */
export function sortedRows<Row>(rows: readonly Row[], { key, compare: order }: RowOrder<Row>): Row[] {
  const keys = rows.map(key);
  const places = Array.from(keys, (_, place) => place).sort((a, b) => order(keys[a], keys[b]));
  return places.map((place) => rows[place]!);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

function keyOf(cell: string | number | bigint | boolean | Uint8Array | undefined): OrderKey {
  if (typeof cell === "boolean") return Number(cell);
  return cell instanceof Uint8Array ? Array.from(cell, (byte) => String.fromCharCode(byte)).join("") : cell;
}

function isNothing(key: OrderKey): key is undefined | "" {
  return key === undefined || key === "";
}

function compare(a: string | number | bigint, b: string | number | bigint): number {
  if (typeof a === "string" || typeof b === "string") {
    collator ??= new Intl.Collator("en", { numeric: true });
    return collator.compare(String(a), String(b));
  }
  return a < b ? -1 : Number(a > b);
}

/** Made with the first texts to compare: it takes 15 ms. */
let collator: Intl.Collator | undefined;
