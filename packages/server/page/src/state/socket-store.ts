import { type ChangedSocket, type SocketChanges, SocketList, type WatchCount, type WatchedSocket } from "procnet/live";
import type { TrafficRates } from "procnet/view";
import { asRead } from "./as-read.ts";
import type { Ask, Feed } from "./feed.ts";
import { Ordered, type OrderedOptions } from "./ordered.ts";
import { Signal } from "./signal.ts";

/** How much a server tells. */
export type Expose = "minimal" | "owners" | "full";

/** What a snapshot says besides its rows. */
export interface SnapshotHead {
  readonly expose: Expose;
  readonly matched: number;
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

/** What the view of sockets needs to know; another object with each change. */
export interface Sockets {
  readonly head: SnapshotHead | undefined;
  /** The question that the rows answer. */
  readonly asked: Ask | undefined;
  readonly matched: number;
  /** Whether all rows came; `false` while parts of them are still on their way. */
  readonly isWhole: boolean;
  /** Grows with each change of the rows. */
  readonly version: number;
  /** Sockets that opened, closed or changed so far. */
  readonly changes: number;
}

/** What a connection does, by the inode of its socket. */
export interface SocketRates extends TrafficRates {
  readonly inode: number;
}

/** While parts come, what has come is shown so often, milliseconds. */
const SHOWN_EVERY = 250;

/** The sockets of the stream, as they are now. */
export class SocketStore {
  readonly list: SocketList = new SocketList({ onRow: (before, after) => this.ordered?.take(before, after) });
  readonly state: Signal<Sockets> = new Signal<Sockets>({
    head: undefined,
    asked: undefined,
    matched: 0,
    isWhole: false,
    version: 0,
    changes: 0,
  });
  private ordered: Ordered<WatchedSocket> | undefined;
  private readonly closed = new WeakSet<WatchedSocket>();
  private rates: ReadonlyMap<number, TrafficRates> = new Map();
  private shownAt = Number.NEGATIVE_INFINITY;
  private readonly feed: Pick<Feed, "listen" | "asked">;

  constructor(feed: Pick<Feed, "listen" | "asked">) {
    this.feed = feed;
    feed.listen((data, event) => {
      if (event === "snapshot") this.begin(data as SnapshotHead & RowsData);
      else if (event === "diff" || event === "rows") this.take(data as RowsData);
    });
  }

  /** Whether a row is of a socket that closed, for as long as anybody has it. */
  isClosed(socket: WatchedSocket): boolean {
    return this.closed.has(socket);
  }

  /** What a socket sends and receives a second; `undefined` where nothing was counted, as of all that is not TCP. */
  ratesOf(socket: WatchedSocket): TrafficRates | undefined {
    const isCounted = (socket.protocol === "tcp" || socket.protocol === "tcp6") && !this.isClosed(socket);
    return isCounted ? this.rates.get(socket.inode) : undefined;
  }

  /** Takes what all that do something do now. Where rows are in an order by it, those alone are moved that did something, or did before. */
  takeRates(told: readonly SocketRates[]): void {
    // Of those without an inode it is not told which row they are.
    const rates = new Map(told.flatMap((one) => (one.inode === 0 ? [] : [[one.inode, one] as const])));
    const inodes = new Set([...this.rates.keys(), ...rates.keys()]);
    this.rates = rates;
    for (const inode of inodes) for (const row of this.list.withKey(inode)) this.ordered?.take(row, row);
  }

  /** All rows in an order, which is kept until others are asked for, or these are let go. */
  inOrder(order: OrderedOptions<WatchedSocket>["order"]): Ordered<WatchedSocket> {
    const ordered = new Ordered<WatchedSocket>({ order, isApart: (socket) => this.isClosed(socket) });
    for (const socket of this.list.rows(performance.now())) ordered.take(undefined, socket);
    this.ordered = ordered;
    return ordered;
  }

  /** Nobody looks at them any more. */
  letGo(ordered: Ordered<WatchedSocket>): void {
    if (this.ordered === ordered) this.ordered = undefined;
  }

  private begin({ sockets = [], more, ...head }: SnapshotHead & RowsData): void {
    this.list.begin(sockets.map(asRead));
    this.shownAt = performance.now();
    const { matched } = head;
    this.changed({ head, asked: this.feed.asked, matched, isWhole: more === undefined });
  }

  private take(data: RowsData): void {
    const { sockets = [], opened = [], closed = [], changed = [], traces = [], entered = [], left = [] } = data;
    const now = performance.now();
    const gone = closed.map(asRead);
    for (const socket of gone) this.closed.add(socket);
    this.list.more(sockets.map(asRead));
    const both = changed.map((one) => ({ ...one, before: asRead(one.before), after: asRead(one.after) }));
    this.list.apply({ opened: opened.map(asRead), closed: gone, changed: both, traces }, now);
    this.list.more(entered.map(asRead));
    this.list.less(left);
    this.ordered?.settle();
    const isWhole = data.more === undefined;
    if (!isWhole && now - this.shownAt < SHOWN_EVERY) return;
    this.shownAt = now;
    const { matched, changes } = this.state.value;
    const count = opened.length + closed.length + changed.length + traces.length + entered.length + left.length;
    this.changed({ matched: data.matched ?? matched, isWhole, changes: changes + count });
  }

  private changed(change: Partial<Sockets>): void {
    const { value } = this.state;
    this.state.set({ ...value, ...change, version: value.version + 1 });
  }
}
