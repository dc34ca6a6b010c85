import { type RowId, type TopState, tableOf, withTable } from "./state.ts";

/** Where rows are drawn, and how many there are. */
export interface Room {
  /** Rows of the table. */
  readonly total: number;
  /** Lines for them. */
  readonly height: number;
  /** What tells the row at a place from all others. */
  readonly idAt: (place: number) => RowId | undefined;
}

/** What is chosen after a key that moves the selection; the same after any other. */
export function moved(state: TopState, name: string, { total, height, idAt }: Room): TopState {
  const { place } = tableOf(state);
  const to = placeAfter(name, place, total, Math.max(1, height - 1));
  if (to === undefined || total === 0) return state;
  const within = Math.max(0, Math.min(total - 1, to));
  // The first row is whichever is first, until another one was chosen.
  return withTable(state, { place: within, selected: within === 0 ? undefined : idAt(within) });
}

/** Where a key leads. */
export function placeAfter(name: string, place: number, total: number, page: number): number | undefined {
  switch (name) {
    case "up":
      return place - 1;
    case "down":
      return place + 1;
    case "pageup":
      return place - page;
    case "pagedown":
      return place + page;
    case "home":
      return 0;
    case "end":
      return total - 1;
  }
  return undefined;
}

/** What tells where rows are now. */
interface Places {
  readonly total: number;
  readonly idAt: (place: number) => RowId | undefined;
  readonly placeOf: (id: RowId, near: number) => number;
}

/** The selected row stays selected wherever it is now; where it is no more, what stands in its place is. */
export function followed(state: TopState, { total, idAt, placeOf }: Places): TopState {
  const { selected, place } = tableOf(state);
  if (selected === undefined) return state;
  const found = placeOf(selected, place);
  if (found >= 0) return withTable(state, { place: found });
  const next = Math.max(0, Math.min(place, total - 1));
  return withTable(state, { place: next, selected: idAt(next) });
}
