import { setImmediate as nextTurn } from "node:timers/promises";
import type { TcpSocket } from "procnet";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import type { Closings } from "./closings.ts";
import { isNothing, type Moved, sumOf } from "./figures.ts";
import type { Files } from "./files.ts";
import { Listeners } from "./listeners.ts";
import { type Change, TrafficMeter } from "./meter.ts";
import { TrafficTables } from "./tables.ts";
import { type KernelTotals, readTotals, totalsBetween } from "./totals.ts";
import type { Whose } from "./whose.ts";

/** A connection that did something, or that was seen for the first time. */
export interface Found {
  readonly socket: TcpSocket;
  readonly moved: Moved;
  readonly isClosed: boolean;
  /** What is known of it from look to look. */
  readonly connection: Change<Whose>["connection"];
}

/** What a look saw of a namespace. */
export interface NamespaceSeen {
  readonly found: readonly Found[];
  readonly closed: number;
  readonly lost: number;
  readonly isOverrun: boolean;
  readonly totals: KernelTotals | undefined;
}

const NOTHING_SEEN: NamespaceSeen = { found: [], closed: 0, lost: 0, isOverrun: false, totals: undefined };

/** A network namespace as it is looked at. */
export interface NamespaceOptions {
  /** Its number, for rows. */
  readonly inode: number | undefined;
  /** Whether it is the reader's own. */
  readonly isOwn: boolean;
  /** Whose network files are its: those of a process in it, while there is one. */
  readonly files: Files;
  readonly protocols: readonly ("tcp" | "tcp6")[];
  readonly netlink: NetlinkSocket;
  readonly closings: Closings | undefined;
}

/** Turns of the event loop in which a look takes what closed. */
const MOST_TURNS = 100;

const AF_INET6 = 10;

/** Counts what connections of one network namespace do. */
export class NamespaceTraffic {
  readonly inode: number | undefined;
  readonly isOwn: boolean;
  files: Files;
  /** Whether it was closed, which may be while it is looked at. */
  isOver = false;
  readonly listeners: Listeners = new Listeners();
  private readonly netlink: NetlinkSocket;
  private readonly closings: Closings | undefined;
  private readonly meter: TrafficMeter<Whose>;
  private readonly tables: TrafficTables;
  private readonly row4: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly row6: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly isAsked: (family: number) => boolean;
  private heard: Found[] = [];
  private closed = 0;
  private lost = 0;
  private isOverrun = false;
  private look = 0;
  private totals: KernelTotals | undefined;

  constructor({ inode: namespace, isOwn, files, protocols, netlink, closings }: NamespaceOptions) {
    this.inode = namespace;
    this.isOwn = isOwn;
    this.files = files;
    this.netlink = netlink;
    this.closings = closings;
    this.meter = new TrafficMeter({ isHeard: closings !== undefined });
    this.tables = new TrafficTables(netlink, protocols, namespace);
    this.row4 = inetSockets({ protocol: "tcp", namespace }).reader();
    this.row6 = inetSockets({ protocol: "tcp6", namespace }).reader();
    this.isAsked = (family) => protocols.includes(family === AF_INET6 ? "tcp6" : "tcp");
  }

  /** How many connections the last look saw. */
  get open(): number {
    return this.isOver ? 0 : this.meter.size;
  }

  /**
   * Looks at all connections; `note` is told of what was not told.
   *
   * @throws KernelError where nothing is told of it, and will not be
   */
  async seen(note: (why: string) => void): Promise<NamespaceSeen> {
    this.look++;
    this.meter.begin();
    const found: Found[] = [];
    const isWhole = await this.asked(found, note);
    if (isWhole) this.listeners.forget(this.look);
    const { closed, lost } = isWhole ? this.meter.end() : this.meter.endCut();
    const isFirst = this.meter.isFirst;
    await this.hearAll();
    if (isWhole) this.meter.begun();
    const totals = this.counted(note);
    // What closed since the first look is for the second one to tell.
    if (isFirst) return { ...NOTHING_SEEN, found, totals };
    const rest = this.rest(found);
    return { ...rest, closed: rest.closed + closed, lost: rest.lost + lost, totals };
  }

  /** What was heard of connections that closed since the last look, merged with what a look found; it is told once. */
  rest(found: readonly Found[] = []): NamespaceSeen {
    const { heard, closed, lost, isOverrun } = this;
    this.heard = [];
    this.closed = 0;
    this.lost = 0;
    this.isOverrun = false;
    return { ...NOTHING_SEEN, found: merged(found, heard), closed, lost, isOverrun };
  }

  /** Takes what the kernel has told of connections that closed; whether there is more. */
  hear(): boolean {
    if (this.closings === undefined || this.isOver) return false;
    const of = this.closings.buffer;
    const { isMore, isOverrun } = this.closings.hear((from, to) => {
      const family = of.bytes[from]!;
      if (!this.isAsked(family)) return;
      const last = this.meter.last(of, from, to);
      if (last === undefined) return;
      if (!last.isCounted) this.closed++;
      if (last.isLost) this.lost++;
      const { moved, connection } = last;
      if (isNothing(moved)) return;
      const socket = (family === AF_INET6 ? this.row6 : this.row4)(of, from, to);
      if (socket === undefined) return;
      this.heard.push({ socket, moved, connection, isClosed: true });
    });
    if (isOverrun) this.meter.overrun();
    this.isOverrun ||= isOverrun;
    return isMore;
  }

  /** What it heard until now is left, for {@link rest}. */
  close(): void {
    if (this.isOver) return;
    this.hear();
    this.isOver = true;
    this.netlink.close();
    this.closings?.close();
  }

  private async hearAll(): Promise<void> {
    for (let left = MOST_TURNS; left > 0 && this.hear(); left--) await nextTurn();
  }

  /** Asks for all that there are; whether they were told. */
  private asked(found: Found[], note: (why: string) => void): Promise<boolean> {
    const isAllWanted = this.closings !== undefined;
    return this.tables.ask(
      (of, from, to, row) => {
        const change = this.meter.take(of, from, to, isAllWanted);
        if (change === undefined) return;
        const socket = row();
        if (socket !== undefined) found.push({ socket, ...change, isClosed: false });
      },
      (of, from, _to, row) => this.listeners.take(of, from, this.look, row),
      note,
    );
  }

  /** What the kernel counted since it was read before: where it could not be read between, for longer than one look. */
  private counted(note: (why: string) => void): KernelTotals | undefined {
    const now = this.files(readTotals);
    if (now === undefined) {
      const where = this.inode === undefined ? "this network namespace" : `the network namespace ${this.inode}`;
      note(`what the kernel counted in all is not told of ${where} by this look`);
      return undefined;
    }
    const before = this.totals;
    this.totals = now;
    return totalsBetween(before, now);
  }
}

/** A connection that did something and then closed within one look is one. */
function merged(found: readonly Found[], heard: readonly Found[]): readonly Found[] {
  if (heard.length === 0) return found;
  const all = new Map(found.map((one) => [one.connection, one]));
  for (const one of heard) {
    const before = all.get(one.connection);
    all.set(
      one.connection,
      before === undefined ? one : { ...before, isClosed: true, moved: sumOf(before.moved, one.moved) },
    );
  }
  return [...all.values()];
}
