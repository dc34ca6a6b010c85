import { type OrderKey, type RowOrder, sortedRows } from "procnet/view";

/** How rows are put in order. */
export interface OrderedOptions<Row extends object> {
  /** What a row is known by where another object stands for it than before. */
  readonly keyOf: (row: Row) => number | string;
  /** `undefined` for the order in which rows came. */
  readonly order: RowOrder<Row> | undefined;
}

/**
 * Rows in an order that is kept as they come and go: of 100,000 of which a few are others, only those few are put in their places.
 */
export class Ordered<Row extends object> {
  private readonly keyOf: (row: Row) => number | string;
  private readonly order: RowOrder<Row> | undefined;
  private rows: readonly Row[] = [];
  private known = new Set<Row>();
  /** What rows are ordered by, as long as they are there. */
  private keys = new Map<Row, OrderKey>();

  constructor({ keyOf, order }: OrderedOptions<Row>) {
    this.keyOf = keyOf;
    this.order = order;
  }

  /** Takes all rows that there are now, in any order, and gives them in theirs. */
  take(all: readonly Row[]): readonly Row[] {
    const now = new Set(all);
    const fresh = all.filter((row) => !this.known.has(row));
    if (fresh.length === 0 && now.size === this.known.size) return this.rows;
    const isMostlyNew = fresh.length > all.length / 4;
    this.known = now;
    for (const row of this.keys.keys()) if (!now.has(row)) this.keys.delete(row);
    for (const row of fresh) if (this.order !== undefined) this.keys.set(row, this.order.key(row));
    this.rows = isMostlyNew ? this.sorted(all) : this.merged(now, fresh);
    return this.rows;
  }

  /** What stands for a row that was there takes its place, where it may stay there; the others are put in. */
  private merged(now: ReadonlySet<Row>, fresh: readonly Row[]): readonly Row[] {
    const heirs = new Map(fresh.map((row) => [this.keyOf(row), row]));
    const kept: Row[] = [];
    const isPlaced = new Set<Row>();
    for (const row of this.rows) {
      if (now.has(row)) {
        kept.push(row);
        continue;
      }
      const heir = heirs.get(this.keyOf(row));
      if (heir === undefined || isPlaced.has(heir) || !this.mayFollow(kept.at(-1), heir)) continue;
      kept.push(heir);
      isPlaced.add(heir);
    }
    const rest = fresh.filter((row) => !isPlaced.has(row));
    if (this.order === undefined) return kept.concat(rest);
    return isSorted(kept, (a, b) => this.compare(a, b), isPlaced)
      ? this.woven(kept, this.sorted(rest))
      : this.sorted(kept.concat(rest));
  }

  private mayFollow(before: Row | undefined, row: Row): boolean {
    return this.order === undefined || before === undefined || this.compare(before, row) <= 0;
  }

  /** Two lists that are in order, as one. */
  private woven(some: readonly Row[], others: readonly Row[]): readonly Row[] {
    const rows: Row[] = [];
    let at = 0;
    for (const other of others) {
      const end = this.placeOf(some, other, at);
      while (at < end) rows.push(some[at++]!);
      rows.push(other);
    }
    while (at < some.length) rows.push(some[at++]!);
    return rows;
  }

  /** The first place from `from` on whose row comes after this one. */
  private placeOf(rows: readonly Row[], row: Row, from: number): number {
    let [low, high] = [from, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(rows[middle]!, row) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private sorted(rows: readonly Row[]): readonly Row[] {
    if (this.order === undefined) return rows;
    return sortedRows(rows, { key: (row) => this.keys.get(row), compare: this.order.compare });
  }

  private compare(a: Row, b: Row): number {
    return this.order!.compare(this.keys.get(a), this.keys.get(b));
  }
}

/** Whether rows that took the places of others are in order with those behind them; all others are. */
function isSorted<Row>(rows: readonly Row[], compare: (a: Row, b: Row) => number, placed: ReadonlySet<Row>): boolean {
  if (placed.size === 0) return true;
  return rows.every((row, at) => !placed.has(row) || at + 1 === rows.length || compare(row, rows[at + 1]!) <= 0);
}
