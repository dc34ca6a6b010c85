import { type ChangedSocket, type SocketChanges, SocketList, type WatchCount, type WatchedSocket } from "procnet/live";
import type { Feed } from "./feed.ts";
import { Signal } from "./signal.ts";

/** What a snapshot says besides its rows. */
export interface SnapshotHead {
  readonly expose: "minimal" | "owners" | "full";
  readonly matched: number;
  readonly rights: { readonly allProcesses: boolean; readonly uid?: number };
  readonly namespaces: readonly { readonly inode?: number }[];
  readonly skipped: readonly object[];
  readonly aggregated?: true;
  /** Numbers by protocol and state, in place of rows. */
  readonly counts?: readonly WatchCount[];
}

/** Lists that an event of rows has; each may be missing. */
interface RowsData extends Partial<SocketChanges> {
  readonly sockets?: readonly WatchedSocket[];
  readonly entered?: readonly WatchedSocket[];
  readonly left?: readonly WatchedSocket[];
  readonly changed?: readonly ChangedSocket[];
  readonly matched?: number;
  /** More rows come with the next event. */
  readonly more?: true;
}

/** What the views of sockets need to know; another object with each change. */
export interface Sockets {
  readonly head: SnapshotHead | undefined;
  readonly matched: number;
  /** Whether all rows came; `false` while parts of them are still on their way. */
  readonly isWhole: boolean;
  /** Grows with each change of the rows. */
  readonly version: number;
}

/** The sockets of the stream, as they are now. */
export class SocketStore {
  readonly list: SocketList = new SocketList();
  readonly state: Signal<Sockets> = new Signal<Sockets>({ head: undefined, matched: 0, isWhole: false, version: 0 });

  constructor(feed: Pick<Feed, "listen">) {
    feed.listen((data, event) => {
      if (event === "snapshot") this.begin(data as SnapshotHead & RowsData);
      else if (event === "diff" || event === "rows") this.take(data as RowsData);
    });
  }

  private begin(data: SnapshotHead & RowsData): void {
    const { sockets = [], ...head } = data;
    this.list.begin(sockets);
    this.changed({ head, matched: data.matched, isWhole: data.more === undefined });
  }

  private take(data: RowsData): void {
    const { sockets = [], opened = [], closed = [], changed = [], traces = [], entered = [], left = [] } = data;
    this.list.more(sockets);
    this.list.apply({ opened, closed, changed, traces }, performance.now());
    this.list.more(entered);
    this.list.less(left);
    const { matched } = this.state.value;
    this.changed({ matched: data.matched ?? matched, isWhole: data.more === undefined });
  }

  private changed(change: Partial<Sockets>): void {
    const { value } = this.state;
    this.state.set({ ...value, ...change, version: value.version + 1 });
  }
}
