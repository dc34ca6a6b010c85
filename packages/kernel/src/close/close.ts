import { readlinkSync } from "node:fs";
import { IPPROTO_MPTCP, NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import { allRows } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import { type InetProtocol, isInetProtocol } from "../diag/inet-request.ts";
import { destroyInetSocket, type NamedInetSocket } from "../diag/one.ts";
import { stateMask } from "../diag/states.ts";
import type { DoorName, KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { socketsIn } from "../threads/namespaces.ts";

/** A socket that is to be closed: a row that was asked for with its cookie. */
export interface ClosableSocket extends NamedInetSocket {
  /** Number of its network namespace; absent for the reader's own. */
  readonly namespace?: number | undefined;
}

/** Where namespaces are reached, and through which interface the kernel. */
export interface CloseOptions {
  /** A process in each other network namespace, by the number of that. */
  readonly pids?: ReadonlyMap<number, number>;
  /** Through which interface: the one that this runtime has by default. */
  readonly door?: DoorName;
}

/** What has become of one socket. */
export interface ClosedSocket<One extends ClosableSocket = ClosableSocket> {
  /** The row that was given. */
  readonly socket: One;
  /** `closed`; `gone` where it was not there any more, whatever stands in its place; `refused` by the kernel. */
  readonly outcome: "closed" | "gone" | "refused";
  /**
   * The kernel's word for a refusal: `EPERM` without CAP_NET_ADMIN, `EOPNOTSUPP` without CONFIG_INET_DIAG_DESTROY. `ENOTUNIQ`: it is there, and by
   * its ends the kernel finds another one, as of several listeners that share a port (SO_REUSEPORT), and of raw sockets.
   */
  readonly code?: string;
}

/**
 * Closes sockets, each by its cookie, in whichever network namespace it is: no other can be met, also where it has got the same ends
 * meanwhile. Its program gets an error (ECONNABORTED), the peer of a connection a reset. Of sockets that share their ends the kernel closes but
 * the one that it finds by them; where that one is among those that are given, the others follow.
 *
 * @throws NoDoor
 * @example
 * ```ts
 * import { closeSockets, createKernelSource } from "@procnet/kernel";
 * import { sockets } from "procnet";
 * using source = createKernelSource({ cookie: true });
 * const { sockets: found } = await sockets({ protocol: "tcp", remotePort: 4711, source });
 * for (const { socket, outcome } of await closeSockets(found)) console.log(socket.localPort, outcome);
 * ```
 */
export async function closeSockets<One extends ClosableSocket>(
  sockets: readonly One[],
  { pids = new Map(), door: name }: CloseOptions = {},
): Promise<ClosedSocket<One>[]> {
  const door = openDoor(name);
  const places = new Places(door, pids);
  try {
    await places.enter(new Set(sockets.flatMap(({ namespace }) => namespace ?? [])));
    const closed = sockets.map((socket) => closedBy(socket, places));
    closeHidden(closed, places);
    tellHidden(closed, places);
    return closed;
  } finally {
    places.close();
  }
}

function closedBy<One extends ClosableSocket>(socket: One, places: Places): ClosedSocket<One> {
  const place = places.of(socket.namespace);
  if (typeof place === "string") return { socket, outcome: "refused", code: place };
  try {
    destroyInetSocket(place, socket);
    return { socket, outcome: "closed" };
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    // ESTALE: another cookie stands there (sock_diag_check_cookie).
    if (error.code === "ENOENT" || error.code === "ESTALE") return { socket, outcome: "gone" };
    return { socket, outcome: "refused", code: error.code };
  }
}

/** What the kernel did not find because it found another, it may find when that one is closed. */
function closeHidden<One extends ClosableSocket>(closed: ClosedSocket<One>[], places: Places): void {
  for (let isMore = closed.some(({ outcome }) => outcome === "closed"); isMore; ) {
    isMore = false;
    for (const [at, { socket, outcome }] of closed.entries()) {
      if (outcome !== "gone" || !canShareEnds(socket)) continue;
      closed[at] = closedBy(socket, places);
      isMore ||= closed[at].outcome === "closed";
    }
  }
}

/** Connections of TCP have their ends for themselves. */
function canShareEnds({ protocol, remotePort }: ClosableSocket): boolean {
  return !protocol.startsWith("tcp") || remotePort === 0;
}

/** What is gone, and what is only not found by its ends, is told apart by the table. */
function tellHidden<One extends ClosableSocket>(closed: ClosedSocket<One>[], places: Places): void {
  const tables = new Map<string, ReadonlySet<string | undefined> | KernelError>();
  for (const [at, { socket, outcome }] of closed.entries()) {
    const { namespace, protocol, ipProtocol, cookie } = socket;
    const place = places.of(namespace);
    if (outcome !== "gone" || !canShareEnds(socket) || typeof place === "string" || !isInetProtocol(protocol)) continue;
    const table = `${namespace} ${protocol} ${ipProtocol}`;
    const cookies = tables.get(table) ?? cookiesOf(place, protocol, ipProtocol === IPPROTO_MPTCP);
    tables.set(table, cookies);
    if (cookies instanceof KernelError) closed[at] = { socket, outcome: "refused", code: cookies.code };
    else if (cookies.has(cookie)) closed[at] = { socket, outcome: "refused", code: "ENOTUNIQ" };
  }
}

/** EINTR: no answer was of one moment. */
const INTERRUPTED = 4;

/** Of TCP those that listen; or why they are not told: what was closed before is told all the same. */
function cookiesOf(
  place: NetlinkSocket,
  protocol: InetProtocol,
  isMptcp: boolean,
): Set<string | undefined> | KernelError {
  const states = protocol.startsWith("tcp") ? { states: stateMask(["LISTEN"]) } : {};
  try {
    const { rows, isInterrupted } = allRows(
      place,
      inetSockets({ protocol, isMptcp, info: false, cookie: true, ...states }),
    );
    if (isInterrupted) return new KernelError(`sock_diag of ${protocol}`, INTERRUPTED);
    return new Set(rows.map(({ cookie }) => cookie));
  } catch (error) {
    if (error instanceof KernelError) return error;
    throw error;
  }
}

/** Netlink sockets by the number of the namespace that they are in. */
class Places {
  private readonly door: KernelDoor;
  private readonly pids: ReadonlyMap<number, number>;
  private readonly open = new Map<number | undefined, NetlinkSocket | string>();

  constructor(door: KernelDoor, pids: ReadonlyMap<number, number>) {
    this.door = door;
    this.pids = pids;
  }

  /** Goes into all of these that are not the own. */
  async enter(namespaces: ReadonlySet<number>): Promise<void> {
    const others = [...namespaces].filter((one) => one !== numberOf("self"));
    const reached = others.filter((one) => this.pids.has(one) && numberOf(this.pids.get(one)!) === one);
    for (const one of others) this.open.set(one, "ESRCH");
    if (reached.length === 0) return;
    const numbers = reached.map((one) => this.pids.get(one)!);
    const fds = await socketsIn("/proc", numbers, NETLINK_SOCK_DIAG, this.door.name);
    for (const [at, fd] of fds.entries()) {
      const one = reached[at]!;
      if (fd < 0) this.open.set(one, errnoName(-fd));
      else {
        const socket = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, fd);
        // The number of the process may be another's by now, who is elsewhere.
        if (numberOf(numbers[at]!) === one) this.open.set(one, socket);
        else socket.close();
      }
    }
  }

  /** The socket to ask, or why there is none. */
  of(namespace: number | undefined): NetlinkSocket | string {
    const key = namespace === numberOf("self") ? undefined : namespace;
    const known = this.open.get(key);
    if (known !== undefined) return known;
    const place = key === undefined ? this.own() : "ESRCH";
    this.open.set(key, place);
    return place;
  }

  close(): void {
    for (const place of this.open.values()) if (typeof place !== "string") place.close();
  }

  private own(): NetlinkSocket | string {
    try {
      return new NetlinkSocket(this.door, NETLINK_SOCK_DIAG);
    } catch (error) {
      if (error instanceof KernelError) return error.code;
      throw error;
    }
  }
}

/** The network namespace of a process; `undefined` where it cannot be told. */
function numberOf(pid: number | "self"): number | undefined {
  try {
    return Number(/\[(\d+)\]/.exec(readlinkSync(["", "proc", pid, "ns", "net"].join("/")))?.[1]);
  } catch {
    return undefined;
  }
}
