import type { Socket } from "../../sockets/types.ts";
import type { SocketChanges, WatchedSocket } from "./batch.ts";
import { endsOf, type Key, socketKey } from "./identity.ts";

/** How long a closed socket stays in the list unless asked otherwise, milliseconds. */
const KEEP = 10_000;

/** Closed sockets that are kept at most: a burst of short connections is no reason to grow. */
const MOST_CLOSED = 10_000;

/** Options of a {@link SocketList}; all optional. */
export interface SocketListOptions<Kind extends Socket = Socket> {
  /** Milliseconds for which a socket stays that was closed: 10,000 by default. */
  readonly keep?: number;
  /**
   * Told of each row that comes (`before` is `undefined`), leaves (`after` is), or stands in the place of another: for those who keep
   * rows in an order, and would else have to look at all of them after each change. Both are one row where only what
   * {@link SocketList.openedAt} or {@link SocketList.closedAt} says of it is another.
   */
  readonly onRow?: (before: WatchedSocket<Kind> | undefined, after: WatchedSocket<Kind> | undefined) => void;
}

/**
 * The sockets that a watch tells of, in one list, with those that closed lately: for screens and pages, which get the first item and then
 * what is different, from `watch` or over a network. Times are milliseconds of any clock, always the same one.
 *
 * @example
 * ```ts
 * import { SocketList, watch } from "procnet";
 * const list = new SocketList();
 * for await (const item of watch({ protocol: "tcp" })) {
 *   const now = performance.now();
 *   if (item.kind === "snapshot") list.begin(item.sockets);
 *   else list.apply(item, now);
 *   console.log(list.rows(now).length, "rows");
 *   break;
 * }
 * ```
 */
export class SocketList<Kind extends Socket = Socket> {
  private readonly keep: number;
  private readonly tell: NonNullable<SocketListOptions<Kind>["onRow"]>;
  /** One socket, or those with the same inode or the same ends: rows that are forged, or of connections not accepted yet. */
  private readonly open = new Map<Key, WatchedSocket<Kind> | WatchedSocket<Kind>[]>();
  private readonly gone = new Map<WatchedSocket<Kind>, number>();
  private readonly opened = new Map<WatchedSocket<Kind>, number>();
  private count = 0;

  /** Begins with nothing. */
  constructor({ keep = KEEP, onRow = () => {} }: SocketListOptions<Kind> = {}) {
    this.keep = keep;
    this.tell = onRow;
  }

  /** How many sockets there are, without those that closed. */
  get size(): number {
    return this.count;
  }

  /** How many that closed are still in the list. */
  get closed(): number {
    return this.gone.size;
  }

  /** Takes all that is there; what was there before is forgotten. */
  begin(sockets: Iterable<WatchedSocket<Kind>>): void {
    const before = this.all();
    this.open.clear();
    this.gone.clear();
    this.opened.clear();
    this.count = 0;
    for (const row of before) this.tell(row, undefined);
    this.more(sockets);
  }

  /** Takes more of what is there, where it comes in parts. */
  more(sockets: Iterable<WatchedSocket<Kind>>): void {
    for (const socket of sockets) {
      this.add(socket);
      this.tell(undefined, socket);
    }
  }

  /** Takes away what is still there but not asked for any more: it is not closed, and leaves at once. */
  less(sockets: Iterable<WatchedSocket<Kind>>): void {
    for (const socket of sockets) {
      const known = this.remove(socket);
      if (known !== undefined) this.tell(known, undefined);
    }
  }

  /** Takes what is different. */
  apply({ opened, closed, changed, traces }: SocketChanges<Kind>, now: number): void {
    this.forget(now);
    for (const socket of closed) {
      const known = this.remove(socket);
      this.gone.set(socket, now);
      this.tell(known, socket);
    }
    for (const { before, after } of changed) this.replace(before, after);
    for (const socket of [...opened, ...traces]) {
      this.add(socket);
      this.opened.set(socket, now);
      this.tell(undefined, socket);
    }
    while (this.gone.size > MOST_CLOSED) {
      const oldest = this.gone.keys().next().value!;
      this.gone.delete(oldest);
      this.tell(oldest, undefined);
    }
  }

  /** All that are there, and behind them those that closed lately. */
  rows(now: number): WatchedSocket<Kind>[] {
    this.forget(now);
    return this.all();
  }

  /** Those that are there, by what {@link socketKey} gives: one, but for rows that are forged, or of connections not accepted yet. */
  withKey(key: number | string): readonly WatchedSocket<Kind>[] {
    const known = this.open.get(key) ?? [];
    return Array.isArray(known) ? known : [known];
  }

  /** When a socket of the list was closed; `undefined` of one that is there. */
  closedAt(socket: WatchedSocket<Kind>): number | undefined {
    return this.gone.get(socket);
  }

  /** When a socket was opened, if that was lately. */
  openedAt(socket: WatchedSocket<Kind>): number | undefined {
    return this.opened.get(socket);
  }

  private all(): WatchedSocket<Kind>[] {
    const rows: WatchedSocket<Kind>[] = [];
    for (const one of this.open.values()) {
      if (Array.isArray(one)) rows.push(...one);
      else rows.push(one);
    }
    for (const socket of this.gone.keys()) rows.push(socket);
    return rows;
  }

  private forget(now: number): void {
    for (const marks of [this.gone, this.opened]) {
      // In the order in which they were set.
      for (const [socket, at] of marks) {
        if (now - at < this.keep) break;
        marks.delete(socket);
        this.tell(socket, marks === this.gone ? undefined : socket);
      }
    }
  }

  private add(socket: WatchedSocket<Kind>): void {
    const key = socketKey(socket);
    const known = this.open.get(key);
    this.count++;
    if (known === undefined) this.open.set(key, socket);
    else if (Array.isArray(known)) known.push(socket);
    else this.open.set(key, [known, socket]);
  }

  /** The row that stood for it; `undefined` where there is none. */
  private remove(socket: WatchedSocket<Kind>): WatchedSocket<Kind> | undefined {
    const key = socketKey(socket);
    const known = this.open.get(key);
    if (known === undefined) return undefined;
    this.count--;
    if (!Array.isArray(known)) {
      this.opened.delete(known);
      this.open.delete(key);
      return known;
    }
    const [removed] = known.splice(placeOf(known, socket), 1);
    this.opened.delete(removed!);
    if (known.length === 1) this.open.set(key, known[0]!);
    return removed;
  }

  /** In its place, where it is still known by the same. */
  private replace(before: WatchedSocket<Kind>, after: WatchedSocket<Kind>): void {
    const key = socketKey(before);
    const known = this.open.get(key);
    if (known === undefined || Array.isArray(known) || socketKey(after) !== key) {
      const removed = this.remove(before);
      this.add(after);
      this.tell(removed, after);
      return;
    }
    const at = this.opened.get(known);
    if (at !== undefined) {
      this.opened.delete(known);
      this.opened.set(after, at);
    }
    this.open.set(key, after);
    this.tell(known, after);
  }
}

/** Which of several with one key is meant: the one with the same ends, else the first. */
function placeOf(known: readonly WatchedSocket[], socket: WatchedSocket): number {
  const ends = endsOf(socket);
  return Math.max(
    0,
    known.findIndex((one) => endsOf(one) === ends),
  );
}
