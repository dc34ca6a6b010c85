/** Which rows of a long list are drawn. */
export interface RowWindow {
  /** The first one, from 0. */
  readonly first: number;
  /** How many from there on. */
  readonly count: number;
}

/** What a {@link RowWindow} is found from. */
export interface RowWindowOptions {
  /** How many rows there are. */
  readonly total: number;
  /** How many there is room for. */
  readonly room: number;
  /** The row that was the first one so far. */
  readonly first: number;
  /** A row that has to be seen; absent where none has to. */
  readonly selected?: number | undefined;
  /** How many more are drawn above and below, where room does not matter: 0 by default. */
  readonly beyond?: number | undefined;
}

/**
 * Which rows are drawn, so that as little moves as possible: the first row stays, unless the list became shorter or the selected row
 * would be out of sight.
 *
 * @example
 * ```ts
 * import { rowWindow } from "procnet/view";
 * rowWindow({ total: 100_000, room: 20, first: 0, selected: 30 }); // { first: 11, count: 20 }
 * ```
 */
export function rowWindow({ total, room, first, selected, beyond = 0 }: RowWindowOptions): RowWindow {
  const shown = Math.max(0, Math.floor(room));
  let start = Math.min(Math.max(0, Math.floor(first)), Math.max(0, total - shown));
  if (selected !== undefined && selected >= 0 && selected < total && shown > 0) {
    if (selected < start) start = selected;
    else if (selected >= start + shown) start = selected - shown + 1;
  }
  const from = Math.max(0, start - beyond);
  return { first: from, count: Math.max(0, Math.min(total, start + shown + beyond) - from) };
}
