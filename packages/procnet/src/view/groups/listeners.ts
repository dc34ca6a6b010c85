import { fullAt } from "../../codes/accept-queue.ts";
import type { WatchedOwner, WatchedSocket } from "../../live/watch/batch.ts";
import type { OwnerlessReason } from "../../sockets/types.ts";
import { FindingsAbout, type RowFinding } from "./about.ts";
import type { GroupContext } from "./context.ts";
import { withMost } from "./most.ts";

/** More than a port has connections: what waits counts before these. */
const MANY = 2 ** 24;

/** A socket of TCP, of either family. */
export type TcpConnection = Extract<WatchedSocket, { readonly protocol: "tcp" | "tcp6" }>;

/** A socket of TCP that waits for connections. */
export interface ListenerRow {
  /** The table it is in: `tcp`, `tcp6`. */
  readonly protocol: string;
  /** Address on which it listens; `0.0.0.0` and `::` for all. */
  readonly localAddress: string;
  /** Port on which it listens. */
  readonly localPort: number;
  /** Its inode. */
  readonly inode: number;
  /** Number of its network namespace; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
  /** Who holds it. */
  readonly owners: readonly Partial<WatchedOwner>[] | undefined;
  /** Why no owner is known. */
  readonly ownerless?: OwnerlessReason | undefined;
  /** Whether the inode is also that of another row. */
  readonly suspect?: boolean | undefined;
  /** Connections that are made and that its program has not accepted yet. */
  readonly waiting: number;
  /** With how many of them it is full: its backlog and one, as the kernel tells it; where procfs was read, which does not show it, absent until it is learnt. */
  readonly fullAt?: number | undefined;
  /** Connections of its port. */
  readonly connections: number;
  /** What is wrong with it. */
  readonly findings: readonly RowFinding[];
}

/**
 * Sockets of TCP that listen, with what waits for them and how many connections their port has: for those who cannot go through all
 * at once.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { ListenerGroups } from "procnet/view";
 * const groups = new ListenerGroups();
 * for (const socket of (await sockets()).sockets) groups.take(socket);
 * console.log(groups.rows().map(({ localPort, waiting }) => `${localPort}: ${waiting} wait`));
 * ```
 */
export class ListenerGroups {
  private readonly listeners: TcpConnection[] = [];
  private readonly connections = new PortCounts();
  private readonly about: FindingsAbout;
  private readonly namespace: number | undefined;

  /** Takes what is known besides. */
  constructor({ findings, namespace }: GroupContext = {}) {
    this.about = new FindingsAbout(findings);
    this.namespace = namespace;
  }

  /** Adds a socket; those of other protocols than TCP are passed over. */
  take(socket: WatchedSocket): void {
    if (!isTcp(socket)) return;
    if (socket.state === "LISTEN") this.listeners.push(socket);
    else if (socket.remotePort !== 0) this.connections.add(socket);
  }

  /** How many rows there are. */
  get size(): number {
    return this.listeners.length;
  }

  /** Those for which the most connections wait first, then those with the most connections; at most so many, all by default. */
  rows(most: number = Number.POSITIVE_INFINITY): ListenerRow[] {
    return [...this.each(most)];
  }

  /** The same one after the other, for those who cannot make all at once. */
  *each(most: number = Number.POSITIVE_INFINITY): Generator<ListenerRow, undefined> {
    const rank = (socket: TcpConnection): number => socket.rxQueue * MANY + this.connections.of(socket);
    for (const socket of withMost(this.listeners, rank, most)) yield this.row(socket);
  }

  private row(socket: TcpConnection): ListenerRow {
    const { protocol, localAddress, localPort, inode, namespace, owners, ownerless, suspect, rxQueue } = socket;
    const isJudged = this.namespace === undefined || this.namespace === namespace;
    const where = [protocol, localAddress, localPort] as const;
    const backlog = socket.backlog ?? (isJudged ? this.about.backlog(...where)?.value : undefined);
    return {
      ...{ protocol, localAddress, localPort, inode, namespace, owners, ownerless, suspect },
      waiting: rxQueue,
      ...(backlog !== undefined && { fullAt: fullAt(backlog) }),
      connections: this.connections.of(socket),
      findings: isJudged ? this.about.listener(...where) : [],
    };
  }
}

/**
 * Listeners of TCP with what waits for them, the longest queue first.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { listenerRows } from "procnet/view";
 * const [longest] = listenerRows((await sockets({ protocol: "tcp" })).sockets);
 * console.log(longest?.localPort, longest?.waiting);
 * ```
 */
export function listenerRows(sockets: Iterable<WatchedSocket>, context: GroupContext = {}): ListenerRow[] {
  const groups = new ListenerGroups(context);
  for (const socket of sockets) groups.take(socket);
  return groups.rows();
}

/** Whether it is a socket of TCP. */
export function isTcp(socket: WatchedSocket): socket is TcpConnection {
  return socket.protocol === "tcp" || socket.protocol === "tcp6";
}

/** Numbers by local port, of IPv4 and IPv6 together, as one listener may take both. */
export class PortCounts {
  private readonly namespaces = new Map<number | undefined, Map<number, number>>();

  add({ namespace, localPort }: TcpConnection): void {
    let ports = this.namespaces.get(namespace);
    if (ports === undefined) {
      ports = new Map();
      this.namespaces.set(namespace, ports);
    }
    ports.set(localPort, (ports.get(localPort) ?? 0) + 1);
  }

  of({ namespace, localPort }: TcpConnection): number {
    return this.namespaces.get(namespace)?.get(localPort) ?? 0;
  }
}
