import { useMemo, useState } from "preact/hooks";
import { socketKey, type WatchedSocket } from "procnet/live";
import { type Filter, matches } from "procnet/query";
import { type Column, columnNamed, orderOf } from "procnet/view";
import { store } from "./data.ts";
import { Ordered } from "./ordered.ts";
import { useSignal } from "./signal.ts";

type Rows = readonly WatchedSocket[];

/** What is held while nothing may move. */
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
}

/** The rows that are shown, and what holds them. */
export interface ShownRows {
  readonly rows: Rows;
  readonly frozen: Frozen | undefined;
  freeze(isFrozen: boolean): void;
}

/** The sockets in their order, those that pass the filter. */
export function useSocketRows({ columns, sort, filter }: WishedRows): ShownRows {
  const { version, changes } = useSignal(store.state);
  const [frozen, setFrozen] = useState<Frozen>();
  const ordered = useMemo(() => {
    const isDown = sort.startsWith("-");
    const column = sort === "" ? undefined : columnNamed(columns, isDown ? sort.slice(1) : sort);
    const order = column && orderOf(column, isDown ? "descending" : "ascending");
    return new Ordered<WatchedSocket>({ keyOf: socketKey, order });
  }, [columns, sort]);
  const live = useMemo(() => {
    if (frozen !== undefined) return frozen.rows;
    return ordered.take(store.list.rows(performance.now()));
  }, [ordered, version, frozen]);
  const rows = useMemo(
    () => (filter === undefined ? live : live.filter((socket) => matches(filter, socket))),
    [filter, live],
  );
  const freeze = (isFrozen: boolean): void =>
    setFrozen(isFrozen ? { rows: live, at: performance.now(), changes } : undefined);
  return { rows, frozen, freeze };
}
