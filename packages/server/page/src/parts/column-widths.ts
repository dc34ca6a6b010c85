import { useRef } from "preact/hooks";
import type { Column } from "procnet/view";
import { cellText } from "./cell.tsx";

/** Room beside a text, in characters: 8 px on either side, and an arrow in the head. */
const BESIDE = 3;
const ENOUGH = 32;

/** Width of a character of the tables' type, in px. */
let character: number | undefined;

function characterWidth(): number {
  if (character !== undefined) return character;
  const probe = document.createElement("span");
  probe.className = "probe";
  probe.textContent = "0".repeat(100);
  document.body.append(probe);
  character = probe.getBoundingClientRect().width / 100;
  probe.remove();
  return character;
}

/** Widths of columns in characters, and those in which nothing was so far. */
interface Widths {
  readonly widths: Map<string, number>;
  readonly empty: Set<string>;
}

/**
 * How many characters each column takes: what was drawn so far needs it, so that columns grow, and never jump to and fro. One that is
 * shown only where there is something in it has none before.
 */
export function useWidths<Row>(columns: readonly Column<Row>[], shown: readonly Row[]): Widths {
  const known = useRef<Widths>({ widths: new Map(), empty: new Set() });
  const { widths, empty } = known.current;
  for (const column of columns) {
    const { key, title, enough = ENOUGH, ifAny } = column;
    const longest = shown.reduce((most, row) => Math.max(most, cellText(column, row).length), 0);
    const before = widths.get(key);
    if (ifAny && longest === 0 && before === undefined) continue;
    const width = Math.max(Math.min(longest, enough), title.length) + BESIDE;
    widths.set(key, Math.max(width, before ?? 0));
    if (longest > 0) empty.delete(key);
    else if (before === undefined) empty.add(key);
  }
  return known.current;
}

/** More than there are places in the order in which columns go. */
const EMPTY = 1000;

/** The columns for which there is room: those without anything in them go first, then those that matter least. */
export function fittingColumns<Row>(
  columns: readonly Column<Row>[],
  { widths, empty }: { readonly widths: ReadonlyMap<string, number>; readonly empty: ReadonlySet<string> },
  room: number,
  size: number = characterWidth(),
): readonly Column<Row>[] {
  const needed = (some: readonly Column<Row>[]): number =>
    some.reduce((sum, { key }) => sum + (widths.get(key) ?? 0), 0) * size;
  const rank = ({ key, drop = Number.POSITIVE_INFINITY }: Column<Row>): number => drop - (empty.has(key) ? EMPTY : 0);
  let left = columns.filter(({ key }) => widths.has(key));
  while (needed(left) > room) {
    const least = Math.min(...left.map(rank));
    if (least === Number.POSITIVE_INFINITY) break;
    left = left.filter((column) => rank(column) !== least);
  }
  return left;
}
