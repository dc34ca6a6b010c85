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

/**
 * How many characters each column takes: what was drawn so far needs it, so that columns grow, and never jump to and fro. One that is
 * shown only where there is something in it has none before.
 */
export function useWidths<Row>(columns: readonly Column<Row>[], shown: readonly Row[]): ReadonlyMap<string, number> {
  const known = useRef(new Map<string, number>());
  for (const column of columns) {
    const { key, title, enough = ENOUGH, ifAny } = column;
    const longest = shown.reduce((most, row) => Math.max(most, cellText(column, row).length), 0);
    const before = known.current.get(key);
    if (ifAny && longest === 0 && before === undefined) continue;
    const width = Math.max(Math.min(longest, enough), title.length) + BESIDE;
    known.current.set(key, Math.max(width, before ?? 0));
  }
  return known.current;
}

/** The columns for which there is room: those that matter least go first. */
export function fittingColumns<Row>(
  columns: readonly Column<Row>[],
  widths: ReadonlyMap<string, number>,
  room: number,
): readonly Column<Row>[] {
  const needed = (some: readonly Column<Row>[]): number =>
    some.reduce((sum, { key }) => sum + (widths.get(key) ?? 0), 0) * characterWidth();
  let left = columns.filter(({ key }) => widths.has(key));
  while (needed(left) > room) {
    const least = Math.min(...left.map(({ drop = Number.POSITIVE_INFINITY }) => drop));
    if (least === Number.POSITIVE_INFINITY) break;
    left = left.filter(({ drop }) => drop !== least);
  }
  return left;
}
