import { useEffect, useMemo, useState } from "preact/hooks";
import type { WatchedSocket } from "procnet/live";
import { type Filter, matches } from "procnet/query";
import { type Column, columnNamed, orderOf } from "procnet/view";
import { store } from "./data.ts";
import { useSignal } from "./signal.ts";
import { type RatesTold, useSocketRates } from "./use-socket-rates.ts";

type Rows = readonly WatchedSocket[];

/** What is held while nothing may move: all rows, also those that do not pass the filter. */
export interface Frozen {
  readonly rows: Rows;
  /** When it was, by `performance.now`. */
  readonly at: number;
  /** Of `Sockets.changes` then. */
  readonly changes: number;
}

/** How rows are wished for. */
export interface WishedRows {
  readonly columns: readonly Column<WatchedSocket>[];
  readonly sort: string;
  readonly filter: Filter | undefined;
  /** Whether what they send and receive is shown. */
  readonly hasRates: boolean;
}

/** The rows that are shown, and what holds them. */
export interface ShownRows {
  readonly rows: Rows;
  /** How many of them closed. */
  readonly closed: number;
  /** What was told last of what they send and receive; another one with each answer. */
  readonly rates: RatesTold | undefined;
  readonly frozen: Frozen | undefined;
  freeze(isFrozen: boolean): void;
}

/** The sockets in their order, those that pass the filter. */
export function useSocketRows({ columns, sort, filter, hasRates }: WishedRows): ShownRows {
  const { changes } = useSignal(store.state);
  const [frozen, setFrozen] = useState<Frozen>();
  const rates = useSocketRates(hasRates, frozen !== undefined);
  const passes = useMemo(() => filter && ((socket: WatchedSocket): boolean => matches(filter, socket)), [filter]);
  const ordered = useMemo(() => {
    const isDown = sort.startsWith("-");
    const column = sort === "" ? undefined : columnNamed(columns, isDown ? sort.slice(1) : sort);
    return store.inOrder(column && orderOf(column, isDown ? "descending" : "ascending"));
  }, [columns, sort]);
  useEffect(() => () => store.letGo(ordered), [ordered]);
  useMemo(() => ordered.filter(passes), [ordered, passes]);
  const held = useMemo(() => frozen && heldOf(frozen, passes), [frozen, passes]);
  const freeze = (isFrozen: boolean): void =>
    setFrozen(isFrozen ? { rows: ordered.all(), at: performance.now(), changes } : undefined);
  return { ...(held ?? { rows: ordered.rows(), closed: ordered.apart }), rates, frozen, freeze };
}

function heldOf(
  { rows }: Frozen,
  passes: (socket: WatchedSocket) => boolean = () => true,
): Pick<ShownRows, "rows" | "closed"> {
  const held = rows.filter(passes);
  return { rows: held, closed: held.filter((socket) => store.isClosed(socket)).length };
}
