import type { Located, TcpSocket } from "procnet";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import { stateMask } from "../diag/states.ts";
import type { KernelBytes } from "../netlink/bytes.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import type { Closings } from "./closings.ts";
import { type Change, isNothing, type Moved, TrafficMeter } from "./meter.ts";
import { type KernelTotals, NO_TOTALS, readTotals, totalsBetween } from "./totals.ts";
import type { Whose } from "./whose.ts";

/** A connection that did something, or that was seen for the first time. */
export interface Found {
  readonly socket: TcpSocket;
  readonly moved: Moved;
  readonly isClosed: boolean;
  /** What is known of it from look to look. */
  readonly connection: Change<Whose>["connection"];
}

/** A listener, and what is known of it. */
export interface Listener {
  readonly socket: TcpSocket;
  whose: Whose | undefined;
  look: number;
}

/** What a look saw of a namespace. */
export interface NamespaceSeen {
  readonly found: readonly Found[];
  readonly closed: number;
  readonly lost: number;
  readonly isOverrun: boolean;
  readonly totals: KernelTotals | undefined;
}

/** A network namespace as it is looked at. */
export interface NamespaceOptions {
  /** Its number, for rows. */
  readonly inode: number | undefined;
  /** Whose network files are its. */
  readonly files: Located;
  readonly protocols: readonly ("tcp" | "tcp6")[];
  readonly netlink: NetlinkSocket;
  readonly closings: Closings | undefined;
  /** Whether it was made since the looks began, so that all that is in it is new. */
  readonly isNew: boolean;
}

const LISTEN = 10;
const AF_INET6 = 10;

/** Those that have sent or received, and those that wait for others. TIME_WAIT and requests for a connection have no figures. */
const STATES = /* @__PURE__ */ stateMask([
  ...(["ESTABLISHED", "SYN_SENT", "FIN_WAIT1", "FIN_WAIT2"] as const),
  ...(["CLOSE_WAIT", "LAST_ACK", "CLOSING", "LISTEN"] as const),
]);

/** Counts what connections of one network namespace do. */
export class NamespaceTraffic {
  readonly inode: number | undefined;
  files: Located;
  /** Listeners by their port. */
  readonly listeners: Map<number, Listener[]> = new Map();
  private readonly netlink: NetlinkSocket;
  private readonly closings: Closings | undefined;
  private readonly meter: TrafficMeter<Whose>;
  private readonly dumps: readonly { readonly protocol: "tcp" | "tcp6"; readonly dump: Dump<TcpSocket> }[];
  private readonly row4: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly row6: ReturnType<Dump<TcpSocket>["reader"]>;
  private readonly isAsked: (family: number) => boolean;
  private readonly unanswered = new Set<string>();
  private heard: Found[] = [];
  private closed = 0;
  private isOverrun = false;
  private look = 0;
  private totals: KernelTotals | undefined;

  constructor({ inode: namespace, files, protocols, netlink, closings, isNew }: NamespaceOptions) {
    this.inode = namespace;
    this.files = files;
    this.netlink = netlink;
    this.closings = closings;
    this.meter = new TrafficMeter({ isHeard: closings !== undefined, isWhole: isNew });
    this.dumps = protocols.map((protocol) => ({
      protocol,
      dump: inetSockets({ protocol, states: STATES, namespace }),
    }));
    this.row4 = inetSockets({ protocol: "tcp", namespace }).reader();
    this.row6 = inetSockets({ protocol: "tcp6", namespace }).reader();
    if (isNew) this.totals = NO_TOTALS;
    this.isAsked = (family) => protocols.includes(family === AF_INET6 ? "tcp6" : "tcp");
  }

  /** How many connections the last look saw. */
  get open(): number {
    return this.meter.size;
  }

  /** Whether nothing is known of it yet to compare with. */
  get isFirst(): boolean {
    return this.meter.isFirst;
  }

  /** Looks at all connections; `note` is told of tables that this kernel does not tell. */
  async seen(note: (why: string) => void): Promise<NamespaceSeen> {
    this.look++;
    this.meter.begin();
    const isAllWanted = this.closings !== undefined;
    const found: Found[] = [];
    for (const { protocol, dump } of this.dumps) {
      if (this.unanswered.has(protocol)) continue;
      try {
        await this.dumped(dump, isAllWanted, found);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        this.unanswered.add(protocol);
        note(`${protocol}: ${error.message}`);
        if (this.unanswered.size === this.dumps.length) throw error;
      }
    }
    this.forgetListeners();
    const { closed, lost } = this.meter.end();
    // What closed since the first look is for the second one to tell.
    if (!this.isFirst) this.hear();
    const before = this.totals;
    this.totals = readTotals(this.files);
    const seen = {
      found: merged(found, this.heard),
      closed: closed + this.closed,
      lost,
      isOverrun: this.isOverrun,
      totals: totalsBetween(before, this.totals),
    };
    this.heard = [];
    this.closed = 0;
    this.isOverrun = false;
    return seen;
  }

  /** Takes what the kernel has told of connections that closed; whether there is more. */
  hear(): boolean {
    if (this.closings === undefined) return false;
    const of = this.closings.buffer;
    const { isMore, isOverrun } = this.closings.hear((from, to) => {
      const family = of.bytes[from]!;
      if (!this.isAsked(family)) return;
      const last = this.meter.last(of, from, to);
      if (last === undefined) return;
      if (!last.isCounted) this.closed++;
      const { moved, connection } = last;
      if (isNothing(moved)) return;
      const socket = (family === AF_INET6 ? this.row6 : this.row4)(of, from, to);
      if (socket === undefined) return;
      this.heard.push({ socket, moved, connection, isClosed: true });
    });
    this.isOverrun ||= isOverrun;
    return isMore;
  }

  close(): void {
    this.netlink.close();
    this.closings?.close();
  }

  private async dumped({ question, reader }: Dump<TcpSocket>, isAllWanted: boolean, found: Found[]): Promise<void> {
    const row = reader();
    await this.netlink.askInTurns(question, (_type, from, to) => {
      const of = this.netlink.buffer;
      if (of.bytes[from + 1] === LISTEN) {
        this.listens(of, from, () => row(of, from, to));
        return;
      }
      const change = this.meter.take(of, from, to, isAllWanted);
      if (change === undefined) return;
      const socket = row(of, from, to);
      if (socket !== undefined) found.push({ socket, ...change, isClosed: false });
    });
  }

  private listens({ view, littleEndian }: KernelBytes, from: number, row: () => TcpSocket | undefined): void {
    const port = view.getUint16(from + 4);
    const inode = view.getUint32(from + 68, littleEndian);
    const here = this.listeners.get(port) ?? [];
    const known = here.find(({ socket }) => socket.inode === inode);
    if (known !== undefined) {
      known.look = this.look;
      return;
    }
    const socket = row();
    if (socket === undefined) return;
    here.push({ socket, whose: undefined, look: this.look });
    this.listeners.set(port, here);
  }

  private forgetListeners(): void {
    for (const [port, here] of this.listeners) {
      const left = here.filter(({ look }) => look === this.look);
      if (left.length === 0) this.listeners.delete(port);
      else if (left.length < here.length) this.listeners.set(port, left);
    }
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
