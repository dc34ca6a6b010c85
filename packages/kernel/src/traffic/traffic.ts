import { setTimeout as sleep } from "node:timers/promises";
import { baseProcFs, SocketEngine, type SocketSource, type TcpSocket } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import { inetSockets } from "../diag/inet.ts";
import type { DoorName } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { KernelOwners } from "../source/owners.ts";
import { type Moved, TrafficMeter } from "./meter.ts";
import { type KernelTotals, readTotals, totalsBetween } from "./totals.ts";

/** Options of {@link traffic}; all optional. */
export interface TrafficOptions {
  /** Milliseconds from the beginning of a look to that of the next: 1,000 by default. */
  readonly every?: number;
  /** Ends it, without an error. */
  readonly signal?: AbortSignal;
  /** Through which interface of the runtime. */
  readonly door?: DoorName;
}

/** What a connection sent and received between two looks. */
export interface ConnectionTraffic extends Moved {
  /** The connection as it is now, with its owners and figures: `tcpInfo.rtt` is its round-trip time in microseconds. */
  readonly socket: TcpSocket;
  /** Whether the other side opened it, as far as a listener on its port tells. */
  readonly isAccepted: boolean;
}

/** What was seen between two looks. */
export interface TrafficLook {
  /** When the later one began. */
  readonly takenAt: Date;
  /** Seconds between them, by a clock that never goes back. */
  readonly seconds: number;
  /** Connections that sent or received something. */
  readonly connections: readonly ConnectionTraffic[];
  /** How many connections there are, those that did nothing too. */
  readonly open: number;
  /** How many closed since the look before: what they sent and received since then is not seen. */
  readonly closed: number;
  /** What the kernel counted in all: it has what no look sees, as short connections and UDP. */
  readonly totals: KernelTotals | undefined;
}

/**
 * Bytes that TCP connections of this network namespace send and receive, and whose they are, from look to look. The first is yielded after
 * the second look. Connections shorter than the time between two looks are not seen, nor is UDP: `totals` has them.
 *
 * @throws NoDoor, KernelError
 * @example
 * ```ts
 * import { traffic } from "@procnet/kernel";
 * for await (const { connections, seconds } of traffic()) {
 *   for (const { socket, sent, received } of connections)
 *     console.log(socket.owners?.[0]?.program, Math.round(sent / seconds), Math.round(received / seconds));
 *   break;
 * }
 * ```
 */
export async function* traffic(options: TrafficOptions = {}): AsyncGenerator<TrafficLook, void, undefined> {
  const { every = 1000, signal } = options;
  const door = openDoor(options.door);
  const procfs = baseProcFs();
  const owners = new KernelOwners(door);
  const netlink = new NetlinkSocket(door, NETLINK_SOCK_DIAG);
  const engine = new SocketEngine({ procfs });
  try {
    const meter = new TrafficMeter();
    let before: { readonly at: number; readonly totals: KernelTotals | undefined } | undefined;
    while (signal?.aborted !== true) {
      const at = performance.now();
      const takenAt = new Date();
      meter.begin();
      const seen = await lookOnce(netlink, meter);
      const closed = meter.end();
      const totals = readTotals(procfs);
      const last = before;
      before = { at, totals };
      if (last !== undefined) {
        const connections = await owned(engine, owners, seen);
        const seconds = (at - last.at) / 1000;
        const told = totalsBetween(last.totals, totals);
        yield { takenAt, seconds, connections, open: meter.size, closed, totals: told };
      }
      const left = every - (performance.now() - at);
      if (left > 0) await sleep(left, undefined, signal && { signal }).catch(() => {});
    }
  } finally {
    netlink.close();
    owners.close();
    engine.close();
  }
}

interface Seen {
  readonly moved: ReadonlyMap<TcpSocket, Moved>;
  /** Ports that are listened on. */
  readonly listening: ReadonlySet<number>;
}

const LISTEN = 10;

async function lookOnce(netlink: NetlinkSocket, meter: TrafficMeter): Promise<Seen> {
  const moved = new Map<TcpSocket, Moved>();
  const listening = new Set<number>();
  for (const protocol of ["tcp", "tcp6"] as const) {
    const { question, reader } = inetSockets({ protocol });
    const row = reader();
    await netlink.askInTurns(question, (_type, from, to) => {
      const of = netlink.buffer;
      if (of.bytes[from + 1] === LISTEN) {
        listening.add(of.view.getUint16(from + 4));
        return;
      }
      const change = meter.take(of, from, to);
      if (change === undefined) return;
      const made = row(of, from, to);
      if (made !== undefined) moved.set(made, change);
    });
  }
  return { moved, listening };
}

/** The connections with their owners: the library joins them, of which it is told those that moved and no others. */
async function owned(engine: SocketEngine, owners: KernelOwners, seen: Seen): Promise<ConnectionTraffic[]> {
  if (seen.moved.size === 0) return [];
  const source: SocketSource = {
    name: "kernel",
    begin: async () => ({
      sockets: async ({ protocol }) => [...seen.moved.keys()].filter((row) => row.protocol === protocol),
      held: () => owners.held(() => {}),
      notes: [],
      close: () => {},
    }),
  };
  const { sockets } = await engine.sockets({ protocol: ["tcp", "tcp6"], source });
  return sockets.flatMap((socket) => {
    const moved = seen.moved.get(socket);
    return moved === undefined ? [] : { socket, isAccepted: seen.listening.has(socket.localPort), ...moved };
  });
}
