import { setImmediate as nextTurn } from "node:timers/promises";
import type { Located, TcpSocket } from "procnet";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import { stateMask } from "../diag/states.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import type { Closings } from "./closings.ts";
import { Listeners } from "./listeners.ts";
import { type Change, isNothing, type Moved, TrafficMeter } from "./meter.ts";
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

/** Reads network files of a namespace; `undefined` where nobody is there to read them through. */
export type Files = <Value>(read: (of: Located) => Value) => Value | undefined;

/** What the kernel may not have at the moment: EINTR, EAGAIN, ENOMEM, EBUSY, ENOBUFS. */
const PASSING: readonly number[] = [4, 11, 12, 16, 105];
/** Looks in a row after which that is taken to stay. */
const MOST_FAILED = 10;

/** Turns of the event loop in which a look takes what closed. */
const MOST_TURNS = 100;

const LISTEN = 10;
const AF_INET6 = 10;

/** Those that have sent or received. TIME_WAIT and requests for a connection have no figures. */
const CONNECTED = /* @__PURE__ */ stateMask([
  ...(["ESTABLISHED", "SYN_SENT", "FIN_WAIT1", "FIN_WAIT2"] as const),
  ...(["CLOSE_WAIT", "LAST_ACK", "CLOSING"] as const),
]);
const LISTENING = /* @__PURE__ */ stateMask(["LISTEN"]);

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
  private readonly tables: readonly { readonly protocol: "tcp" | "tcp6"; readonly dumps: readonly Dump<TcpSocket>[] }[];
  private readonly row4: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly row6: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly isAsked: (family: number) => boolean;
  /** Tables that this kernel does not tell. */
  private readonly unanswered = new Map<string, KernelError>();
  /** How often in a row a table could not be told. */
  private readonly failed = new Map<string, number>();
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
    this.tables = protocols.map((protocol) => ({
      protocol,
      dumps: [
        inetSockets({ protocol, states: CONNECTED, namespace }),
        // With figures the kernel tells keys of TCP-MD5, of which a listener may have more than a message takes: nothing follows it.
        inetSockets({ protocol, states: LISTENING, info: false, namespace }),
      ],
    }));
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

  /** Asks for all tables; whether all that there are were told. */
  private async asked(found: Found[], note: (why: string) => void): Promise<boolean> {
    let isWhole = true;
    for (const { protocol, dumps } of this.tables) {
      const why = this.unanswered.get(protocol);
      if (why !== undefined) {
        note(why.message);
        continue;
      }
      try {
        for (const dump of dumps) await this.dumped(dump, found);
        this.failed.delete(protocol);
      } catch (error) {
        if (!(error instanceof KernelError) || this.isOver) throw error;
        isWhole = false;
        this.refused(protocol, error, note);
      }
    }
    return isWhole;
  }

  private refused(protocol: string, error: KernelError, note: (why: string) => void): void {
    const times = (this.failed.get(protocol) ?? 0) + 1;
    this.failed.set(protocol, times);
    const isPassing = PASSING.includes(error.errno) && times < MOST_FAILED;
    note(isPassing ? `${error.message}: not told by this look` : error.message);
    if (isPassing) return;
    this.unanswered.set(protocol, error);
    if (this.unanswered.size === this.tables.length) throw error;
  }

  private async dumped({ question, reader }: Dump<TcpSocket>, found: Found[]): Promise<void> {
    const row = reader();
    const isAllWanted = this.closings !== undefined;
    await this.netlink.askInTurns(question, (_type, from, to) => {
      const of = this.netlink.buffer;
      if (of.bytes[from + 1] === LISTEN) {
        this.listeners.take(of, from, this.look, () => row(of, from, to));
        return;
      }
      const change = this.meter.take(of, from, to, isAllWanted);
      if (change === undefined) return;
      const socket = row(of, from, to);
      if (socket !== undefined) found.push({ socket, ...change, isClosed: false });
    });
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
    all.set(one.connection, before === undefined ? one : { ...before, isClosed: true, moved: sumOf(before, one) });
  }
  return [...all.values()];
}

function sumOf({ moved: one }: Found, { moved: other }: Found): Moved {
  return {
    sent: one.sent + other.sent,
    received: one.received + other.received,
    retransmitted: one.retransmitted + other.retransmitted,
    segmentsOut: one.segmentsOut + other.segmentsOut,
    segmentsIn: one.segmentsIn + other.segmentsIn,
  };
}
