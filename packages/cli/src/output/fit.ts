import type { ColumnShape } from "procnet/view";
import { cut, cutMiddle, type MiddleCut, width } from "../text/width.ts";
import type { Cells } from "./cells.ts";

/*
 * Which columns of a table a terminal has room for, and how wide. What says least in these rows goes first, a column without
 * which rows would look alike goes last, and no port is ever cut.
 */

/** A column with its place among the cells of a row. */
export interface Laid {
  readonly column: ColumnShape;
  readonly at: number;
  /** Its width when nothing is cut. */
  readonly natural: number;
  /** No text is cut below this. */
  readonly least: number;
  width: number;
  cut: MiddleCut;
  /** Other cuts for texts of rows that would look alike otherwise. */
  readonly cuts: Map<string, MiddleCut>;
}

/** Blanks between two columns. */
export const GAP = 2;
/** No column is cut below this. */
const LEAST = 6;
/** Ways to cut an address, of which the one is taken that tells most rows apart. */
const SHARES = [0.5, 0, 1] as const;

export function laid(column: ColumnShape, at: number, rows: readonly Cells[]): Laid {
  let natural = width(column.title);
  let kept = 0;
  for (const { texts } of rows) {
    natural = Math.max(natural, width(texts[at]!));
    if (column.keep !== undefined) kept = Math.max(kept, endOf(column, texts[at]!));
  }
  // A number cut short is another number.
  const least = column.align === "right" ? natural : Math.max(LEAST, kept + 1 + Number(column.inParts ?? 0));
  return {
    column,
    at,
    natural,
    least: Math.min(natural, least),
    width: natural,
    cut: { share: column.inParts ? 0.5 : 1 },
    cuts: new Map(),
  };
}

/** A text as a column has room for it. */
export function shown({ column, width: room, natural, cut: usual, cuts }: Laid, text: string): string {
  if (text.length <= room && room >= natural) return text;
  if (column.shorten !== undefined) return column.shorten(text, room);
  if (column.keep === undefined && !column.inParts) return cut(text, room);
  const seam = column.inParts ? { seam: seamOf(text) } : {};
  return cutMiddle(text, room, endOf(column, text), { ...(cuts.get(text) ?? usual), ...seam });
}

function endOf({ keep }: ColumnShape, text: string): number {
  return keep?.exec(text)?.[0].length ?? 0;
}

/** Between what a text may be cut: members of a list, names of a path, groups of an IPv6 or hardware address, others. */
function seamOf(text: string): string {
  if (text.startsWith("/") || text.startsWith("@")) return "/";
  return text.includes(" ") ? " " : /^\[|:.*:/.test(text) ? ":" : ".";
}

/** The columns that stay, with their widths. */
export function fitted(all: readonly Laid[], rows: readonly Cells[], room: number): Laid[] {
  let kept = all.filter(({ column, at }) => !column.ifAny || rows.some(({ texts }) => texts[at] !== ""));
  const order = kept.filter(({ column }) => column.drop !== undefined);
  order.sort((a, b) => a.column.drop! - b.column.drop!);
  const drop = (isToGo: (one: Laid) => boolean): void => {
    for (const one of order) if (kept.includes(one) && isToGo(one)) kept = without(kept, one);
  };
  for (const saysNothing of [isZero, isSame]) drop((one) => total(kept, wanted) > room && saysNothing(one, rows));
  const differ = distinct(kept, rows, ({ at }, texts) => texts[at]!);
  const tellsNoneApart = (one: Laid): boolean =>
    distinct(without(kept, one), rows, ({ at }, texts) => texts[at]!) === differ;
  // Addresses are rather cut than gone.
  drop((one) => total(kept, comfortable) > room && !one.column.inParts && tellsNoneApart(one));
  drop((one) => total(kept, ({ least }) => least) > room && tellsNoneApart(one));
  drop(() => total(kept, ({ least }) => least) > room);
  shrink(kept, rows, room);
  // What is the same in all rows is cut before what tells them apart, then goes, even if it had no place in that order; addresses last.
  const looks = (): number => distinct(kept, rows, (laid, texts) => shown(laid, texts[laid.at]!));
  if (looks() < differ) shrink(kept, rows, room, tellsNoneApart);
  const last = [...order, ...kept.filter(({ column }) => column.drop === undefined)];
  for (const one of last.sort((a, b) => Number(a.column.inParts ?? 0) - Number(b.column.inParts ?? 0))) {
    if (looks() === differ || tellApart(kept, rows, differ)) break;
    if (kept.includes(one) && tellsNoneApart(one)) {
      kept = without(kept, one);
      shrink(kept, rows, room);
    }
  }
  return kept;
}

function without(kept: readonly Laid[], one: Laid): Laid[] {
  return kept.filter((other) => other !== one);
}

/** Nothing or 0 in every row. */
function isZero({ at }: Laid, rows: readonly Cells[]): boolean {
  return rows.every(({ texts }) => texts[at] === "" || texts[at] === "0");
}

/** The same in every row; that something is not known of any of them is worth saying. */
function isSame({ at }: Laid, rows: readonly Cells[]): boolean {
  return rows.length > 1 && rows[0]!.texts[at] !== "?" && rows.every(({ texts }) => texts[at] === rows[0]!.texts[at]);
}

/** How many rows differ from all others before them. */
function distinct(
  kept: readonly Laid[],
  rows: readonly Cells[],
  text: (one: Laid, texts: readonly string[]) => string,
): number {
  const seen = new Set<string>();
  for (const { texts } of rows) seen.add(kept.map((one) => text(one, texts)).join("\n"));
  return seen.size;
}

/** What a column wants before others go that say nothing: addresses are not cut for those. */
function wanted(one: Laid): number {
  return one.column.inParts ? one.natural : comfortable(one);
}

function comfortable({ natural, column }: Laid): number {
  return Math.min(natural, Math.max(column.enough ?? natural, width(column.title)));
}

function total(all: readonly Laid[], size: (one: Laid) => number): number {
  return all.reduce((sum, one) => sum + size(one), GAP * Math.max(0, all.length - 1));
}

/**
 * Cuts the widest column again and again until all fit: first those beyond what is enough, then any. With `first`, columns
 * of which that is true have given all they can before others are cut.
 */
function shrink(
  all: readonly Laid[],
  rows: readonly Cells[],
  room: number,
  first: (one: Laid) => boolean = () => false,
): void {
  for (const one of all) {
    one.width = one.natural;
    one.cuts.clear();
  }
  const least = ({ least: size }: Laid): number => size;
  const early = all.filter(first);
  for (const [some, floor] of [[early, least] as const, [all, comfortable] as const, [all, least] as const]) {
    let excess = total(all, (one) => one.width) - room;
    while (excess > 0) {
      const spare = some.filter((one) => one.width > floor(one));
      if (spare.length === 0) break;
      const widest = spare.reduce((a, b) => (b.width > a.width ? b : a));
      widest.width--;
      excess--;
    }
  }
  for (const one of all) {
    if (one.column.inParts && one.width < one.natural) one.cut = bestCut(one, rows);
  }
}

/** Rows that are tried to be told apart, at most: the others are of a list that nobody reads line by line. */
const ROUNDS = 64;

/** Cuts texts of rows that look alike so that the part stays in which they differ; whether all rows look different then. */
function tellApart(kept: readonly Laid[], rows: readonly Cells[], differ: number): boolean {
  const cutOnes = kept.filter(({ column, width: size, natural }) => column.inParts && size < natural);
  for (let round = 0; round < ROUNDS; round++) {
    const pair = alike(kept, rows);
    if (pair === undefined) break;
    const one = cutOnes.find(
      ({ at, cuts }) => pair[0][at] !== pair[1][at] && !pair.some((texts) => cuts.has(texts[at]!)),
    );
    if (one === undefined) break;
    const [a, b] = pair.map((texts) => texts[one.at]!) as [string, string];
    const around = firstDifference(a, b);
    for (const text of [a, b]) one.cuts.set(text, { share: around <= text.indexOf(seamOf(text)) ? 1 : 0, around });
  }
  return distinct(kept, rows, (laid, texts) => shown(laid, texts[laid.at]!)) === differ;
}

/** Two rows that differ, and look the same. */
function alike(kept: readonly Laid[], rows: readonly Cells[]): [readonly string[], readonly string[]] | undefined {
  const seen = new Map<string, readonly string[]>();
  for (const { texts } of rows) {
    const look = kept.map((one) => shown(one, texts[one.at]!)).join("\n");
    const other = seen.get(look);
    if (other !== undefined && kept.some(({ at }) => other[at] !== texts[at])) return [other, texts];
    seen.set(look, texts);
  }
  return undefined;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (a[at] === b[at] && at < a.length) at++;
  return at;
}

function bestCut(one: Laid, rows: readonly Cells[]): MiddleCut {
  const cuts = SHARES.map((share) => ({ share }));
  const apart = cuts.map((how) =>
    distinct([one], rows, (laid, texts) => shown({ ...laid, cut: how }, texts[laid.at]!)),
  );
  return cuts[apart.indexOf(Math.max(...apart))]!;
}
