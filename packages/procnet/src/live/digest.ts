import type { DatagramSocket, NetlinkSocket, Socket, SocketOwner, TcpSocket, UnixSocket } from "../sockets/types.ts";

/**
 * What findings need of the sockets of one look: rows in which something waits, is lost or stays, and numbers of all others. A host
 * with 100,000 connections in order has a small one.
 */
export interface SocketDigest {
  /** Whether owners were looked for. */
  readonly owners: boolean;
  /** Sockets of each protocol and state: `tcp ESTABLISHED`. */
  readonly counts: ReadonlyMap<string, number>;
  /** TCP sockets that listen. */
  readonly listeners: readonly TcpSocket[];
  /** Connections that are not simply established: in other states, with data that waits, with repeats. Not those in TIME_WAIT. */
  readonly notable: readonly TcpSocket[];
  /** UDP, UDP-Lite, raw and ping sockets that have lost something, or in which something waits. */
  readonly datagrams: readonly DatagramSocket[];
  /** Unix sockets that listen, and connections that wait for them to accept: state `CONNECTING`, inode 0. */
  readonly unix: readonly UnixSocket[];
  /** Netlink sockets that have lost messages. */
  readonly netlink: readonly NetlinkSocket[];
  /** Local ports by where they lead, the most first. */
  readonly destinations: readonly Destination[];
  /** Local ports that are taken, by protocol without family: one bit for each. */
  readonly ports: ReadonlyMap<"tcp" | "udp", Uint8Array>;
}

/** Connections from one local address to one remote address and port: each needs a local port of its own. */
export interface Destination {
  /** The address of this side. */
  readonly localAddress: string;
  /** The address of the other side. */
  readonly remoteAddress: string;
  /** The port of the other side. */
  readonly remotePort: number;
  /** Local ports in use, ascending. */
  readonly localPorts: readonly number[];
  /** Those of them in TIME_WAIT. */
  readonly timeWait: readonly number[];
  /** Processes that hold them, the one with the most first. */
  readonly holders: readonly Holder[];
}

/** A process that holds connections. */
export interface Holder {
  /** The process. */
  readonly owner: SocketOwner;
  /** How many of the connections it holds. */
  readonly sockets: number;
}

/** A destination with fewer connections than this uses up no range of ports. */
export const MANY_PORTS = 50;

const BITS = 8;
const PORTS = 65_536;

/**
 * Makes a {@link SocketDigest} of sockets, which it goes through once.
 *
 * @example
 * ```ts
 * import { digestSockets, socketsSync } from "procnet";
 * const { listeners } = digestSockets(socketsSync({ protocol: "all" }).sockets);
 * console.log(listeners.map(({ localPort, rxQueue }) => `${localPort}: ${rxQueue} wait`));
 * ```
 */
export function digestSockets(sockets: Iterable<Socket>, options: { readonly owners?: boolean } = {}): SocketDigest {
  const digest = new Digest();
  for (const socket of sockets) digest.take(socket);
  return digest.done(options.owners ?? true);
}

/** A {@link SocketDigest} in the making. */
export class Digest {
  private readonly counted = new Counts();
  private readonly listeners: TcpSocket[] = [];
  private readonly notable: TcpSocket[] = [];
  private readonly datagrams: DatagramSocket[] = [];
  private readonly unix: UnixSocket[] = [];
  private readonly netlink: NetlinkSocket[] = [];
  private readonly directions = new Directions();
  private readonly ports = { tcp: new Uint8Array(PORTS / BITS), udp: new Uint8Array(PORTS / BITS) };

  take(socket: Socket): void {
    switch (socket.protocol) {
      case "tcp":
      case "tcp6":
        this.counted.add(socket.protocol, socket.state);
        this.takeTcp(socket);
        break;
      default:
        this.counted.add(socket.protocol, "state" in socket ? socket.state : "");
        this.takeOther(socket);
    }
  }

  private takeOther(socket: Exclude<Socket, TcpSocket>): void {
    switch (socket.protocol) {
      case "unix":
        if (socket.listening || (socket.state === "CONNECTING" && socket.inode === 0)) this.unix.push(socket);
        break;
      case "netlink":
        if ((socket.drops ?? 0) > 0) this.netlink.push(socket);
        break;
      case "packet":
        break;
      default:
        if (socket.protocol === "udp" || socket.protocol === "udp6") mark(this.ports.udp, socket.localPort);
        if ((socket.drops ?? 0) > 0 || socket.rxQueue > 0 || socket.txQueue > 0) this.datagrams.push(socket);
    }
  }

  private takeTcp(socket: TcpSocket): void {
    const { state, localPort, remotePort } = socket;
    mark(this.ports.tcp, localPort);
    if (state === "LISTEN") this.listeners.push(socket);
    else if (state !== "TIME_WAIT" && (state !== "ESTABLISHED" || isWaiting(socket))) this.notable.push(socket);
    if (remotePort !== 0) this.directions.add(socket);
  }

  done(owners: boolean): SocketDigest {
    return {
      owners,
      counts: this.counted.all(),
      listeners: this.listeners,
      notable: this.notable,
      datagrams: this.datagrams,
      unix: this.unix,
      netlink: this.netlink,
      destinations: this.directions.withMany(),
      ports: new Map(Object.entries(this.ports) as ["tcp" | "udp", Uint8Array][]),
    };
  }
}

/** Numbers of each protocol and state. Rows come by table, and most of a table are in one state: a run of them is counted at once. */
class Counts {
  private readonly known = new Map<string, number>();
  private protocol = "";
  private state = "";
  private run = 0;

  add(protocol: string, state: string): void {
    if (protocol !== this.protocol || state !== this.state) {
      this.end();
      this.protocol = protocol;
      this.state = state;
    }
    this.run++;
  }

  all(): ReadonlyMap<string, number> {
    this.end();
    return this.known;
  }

  private end(): void {
    if (this.run === 0) return;
    const kind = `${this.protocol} ${this.state}`.trimEnd();
    this.known.set(kind, (this.known.get(kind) ?? 0) + this.run);
    this.run = 0;
  }
}

/** Where connections lead. */
class Directions {
  /** Connections by the port of the other side: those who were called have nearly as many of these as connections. */
  private readonly byPort = new Uint32Array(PORTS);
  /** Connections to ports that there were few of until then, and those ports: most are never looked at again. */
  private readonly few: TcpSocket[] = [];
  private readonly fewPorts: number[] = [];
  private readonly gathered: Gathered[] = [];
  /** By remote port, remote address and local address. A text of all three would have to be made for each connection. */
  private readonly places = new Map<number, Map<string, Map<string, Gathered>>>();

  add(socket: TcpSocket): void {
    const port = socket.remotePort;
    if (++this.byPort[port]! >= MANY_PORTS) this.gather(socket);
    else {
      this.few.push(socket);
      this.fewPorts.push(port);
    }
  }

  /** Those with many connections, the most first. */
  withMany(): Destination[] {
    for (const [at, port] of this.fewPorts.entries()) {
      if (this.byPort[port]! >= MANY_PORTS) this.gather(this.few[at]!);
    }
    const many = this.gathered.filter(({ ports }) => ports.length >= MANY_PORTS);
    return many.sort((a, b) => b.ports.length - a.ports.length).map(destinationOf);
  }

  private gather(socket: TcpSocket): void {
    const known = this.find(socket);
    known.ports.push(socket.localPort);
    if (socket.state === "TIME_WAIT") known.timeWait.push(socket.localPort);
    if (socket.owners === undefined) return;
    for (const owner of socket.owners) {
      const holder = known.held.get(owner.pid);
      if (holder === undefined) known.held.set(owner.pid, { owner, sockets: 1 });
      else holder.sockets++;
    }
  }

  private find({ localAddress, remoteAddress, remotePort }: TcpSocket): Gathered {
    const locals = inner(inner(this.places, remotePort), remoteAddress);
    let known = locals.get(localAddress);
    if (known === undefined) {
      known = { localAddress, remoteAddress, remotePort, ports: [], timeWait: [], held: new Map() };
      locals.set(localAddress, known);
      this.gathered.push(known);
    }
    return known;
  }
}

/** The map that stands at a key, made where there is none. */
function inner<Outer, Key, Value>(maps: Map<Outer, Map<Key, Value>>, key: Outer): Map<Key, Value> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

/** What is gathered of a destination: of its sockets no more than numbers, as there can be all that a host has. */
interface Gathered extends Pick<TcpSocket, "localAddress" | "remoteAddress" | "remotePort"> {
  readonly ports: number[];
  readonly timeWait: number[];
  /** Connections by process. */
  readonly held: Map<number, { readonly owner: SocketOwner; sockets: number }>;
}

function destinationOf({ ports, timeWait, held, ...where }: Gathered): Destination {
  const holders = [...held.values()].sort((a, b) => b.sockets - a.sockets);
  return { ...where, localPorts: ascending(ports), timeWait: ascending(timeWait), holders };
}

function ascending(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Whether something waits in an established connection, or is sent again. */
function isWaiting({ rxQueue, txQueue, timer, retransmits, probes }: TcpSocket): boolean {
  return rxQueue > 0 || txQueue > 0 || retransmits > 0 || probes > 0 || timer === 1 || timer === 4;
}

function mark(bits: Uint8Array, port: number): void {
  const at = port >> 3;
  if (at < bits.length) bits[at]! |= 1 << (port & 7);
}

/** Whether a port is among those that {@link SocketDigest.ports} has. */
export function hasPort(bits: Uint8Array | undefined, port: number): boolean {
  return bits !== undefined && ((bits[port >> 3] ?? 0) & (1 << (port & 7))) !== 0;
}
