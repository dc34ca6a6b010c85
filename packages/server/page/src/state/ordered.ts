import type { OrderKey, RowOrder } from "procnet/view";

/** How rows are put in order. */
export interface OrderedOptions<Row extends object> {
  /** `undefined` for the order in which rows came. */
  readonly order: RowOrder<Row> | undefined;
  /** Which rows are shown, by what is in them: all without it. */
  readonly passes?: ((row: Row) => boolean) | undefined;
  /** Which rows are counted by themselves, too; also by what is in them. */
  readonly isApart?: (row: Row) => boolean;
}

/** A row and where it stands: by its key, and among those with the same key by its place. */
interface Entry<Row> {
  row: Row;
  key: OrderKey;
  readonly place: number;
  passes: boolean;
  isApart: boolean;
  isGone: boolean;
}

/**
 * Rows in an order that is kept as they come and go. It is told of each row that is another, so that of 100,000 rows only those few are
 * compared with others. All that is done to all rows is to copy them, once for any number of changes.
 */
export class Ordered<Row extends object> {
  private readonly order: RowOrder<Row> | undefined;
  private readonly isApart: (row: Row) => boolean;
  private passes: (row: Row) => boolean;
  private readonly known = new Map<Row, Entry<Row>>();
  /** In their order; those that are gone are among them until the next copy, and those that came are not. */
  private entries: readonly Entry<Row>[] = [];
  private readonly came = new Set<Entry<Row>>();
  private shown: readonly Row[] = [];
  private shownApart = 0;
  private isShownOld = false;
  private isSettled = true;
  private places = 0;

  constructor({ order, passes = () => true, isApart = () => false }: OrderedOptions<Row>) {
    this.order = order;
    this.passes = passes;
    this.isApart = isApart;
  }

  /** A row came (`before` is `undefined`), left (`after` is), or stands in the place of another: there it stays, where it may. */
  take(before: Row | undefined, after: Row | undefined): void {
    const entry = before && this.known.get(before);
    const key = after && this.order?.key(after);
    // Many rows cease to be new at a time, which mostly moves none.
    if (entry !== undefined && before === after && this.compareKeys(entry.key, key) === 0) return;
    if (before !== undefined) this.known.delete(before);
    if (after === undefined) {
      if (entry !== undefined) this.drop(entry);
      return;
    }
    const [passes, isApart] = [this.passes(after), this.isApart(after)];
    if (passes || entry?.passes) this.isShownOld = true;
    if (entry !== undefined && this.compareKeys(entry.key, key) === 0) {
      Object.assign(entry, { row: after, key, passes, isApart });
      this.known.set(after, entry);
      return;
    }
    if (entry !== undefined) this.drop(entry);
    const fresh = { row: after, key, place: entry?.place ?? this.places++, passes, isApart, isGone: false };
    this.known.set(after, fresh);
    this.came.add(fresh);
    this.isSettled = false;
  }

  /** Shows other rows of those that there are. */
  filter(passes: (row: Row) => boolean = () => true): void {
    this.passes = passes;
    for (const entry of this.known.values()) entry.passes = passes(entry.row);
    this.isShownOld = true;
  }

  /** Those that are shown, in their order; the same list as before where nothing changed, so that nothing is drawn. */
  rows(): readonly Row[] {
    if (!this.isShownOld) return this.shown;
    this.settle();
    const shown = new Array<Row>(this.entries.length);
    let to = 0;
    this.shownApart = 0;
    for (const { row, passes, isApart } of this.entries) {
      if (!passes) continue;
      shown[to++] = row;
      if (isApart) this.shownApart++;
    }
    shown.length = to;
    this.shown = shown;
    this.isShownOld = false;
    return shown;
  }

  /** How many of `rows` are counted by themselves. */
  get apart(): number {
    this.rows();
    return this.shownApart;
  }

  /** All, in their order. */
  all(): readonly Row[] {
    this.settle();
    return this.entries.map(({ row }) => row);
  }

  /** Puts those that came into their places: work that need not wait until rows are shown. */
  settle(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    const came = [...this.came].sort((a, b) => this.compare(a, b));
    this.came.clear();
    const before = this.entries;
    const entries = new Array<Entry<Row>>(this.known.size);
    let [at, to] = [0, 0];
    const keepUpTo = (end: number): void => {
      for (; at < end; at++) {
        const entry = before[at]!;
        if (!entry.isGone) entries[to++] = entry;
      }
    };
    for (const entry of came) {
      keepUpTo(this.placeOf(entry, at));
      entries[to++] = entry;
    }
    keepUpTo(before.length);
    this.entries = entries;
  }

  private drop(entry: Entry<Row>): void {
    if (entry.passes) this.isShownOld = true;
    if (!this.came.delete(entry)) entry.isGone = true;
    this.isSettled = false;
  }

  /** The first place from `from` on whose row comes after this one. It is near where many came, so steps begin small. */
  private placeOf(entry: Entry<Row>, from: number): number {
    const { length } = this.entries;
    let low = from;
    let step = 1;
    while (low + step <= length && this.compare(this.entries[low + step - 1]!, entry) < 0) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.entries[middle]!, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compare(a: Entry<Row>, b: Entry<Row>): number {
    return this.compareKeys(a.key, b.key) || a.place - b.place;
  }

  private compareKeys(a: OrderKey, b: OrderKey): number {
    return a === b || this.order === undefined ? 0 : this.order.compare(a, b);
  }
}
