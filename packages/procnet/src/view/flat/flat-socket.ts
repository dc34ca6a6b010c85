import type { Socket } from "../../sockets/types.ts";
import { hasHiddenOwner } from "../socket-words.ts";
import { stateOf } from "../states.ts";
import { FLAT_VERSION, type FlatEvent, type FlatRow } from "./row.ts";

/** What rows of one look have in common. */
export interface FlatContext {
  /** Name of the machine, as of `machineIdentity`. */
  readonly host: string | undefined;
  /** What tells one boot of the machine from another, likewise. */
  readonly bootId: string | undefined;
  /** When the look began. */
  readonly takenAt: Date;
  /** What the rows tell of. */
  readonly event: FlatEvent;
}

/**
 * A socket as a flat row.
 *
 * @example
 * ```ts
 * import { machineIdentity, sockets } from "procnet";
 * import { flatSocket } from "procnet/view";
 * const { takenAt, sockets: found } = await sockets();
 * const context = { ...machineIdentity(), takenAt, event: "snapshot" } as const;
 * console.table(found.map((socket) => flatSocket(socket, context)));
 * ```
 */
export function flatSocket(socket: Socket, { host, bootId, takenAt, event }: FlatContext): FlatRow {
  const isInternet = "localPort" in socket;
  const [owner] = socket.owners ?? [];
  const { container } = owner ?? {};
  return {
    schema: FLAT_VERSION,
    host: host ?? null,
    boot_id: bootId ?? null,
    taken_at: takenAt.toISOString(),
    event,
    protocol: socket.protocol,
    state: stateOf(socket),
    local_address: localAddressOf(socket),
    local_port: isInternet ? socket.localPort : null,
    remote_address: isInternet ? socket.remoteAddress : null,
    remote_port: isInternet ? socket.remotePort : null,
    uid: userOf(socket),
    inode: inodeOf(socket),
    netns: socket.namespace ?? null,
    pid: owner?.pid ?? null,
    start_time: owner?.startTime ?? null,
    program: owner?.program ?? null,
    owner_count: ownerCountOf(socket),
    container_runtime: container?.runtime ?? null,
    container_id: container?.id ?? null,
    pod_uid: container?.podUid ?? null,
    unit: owner?.unit ?? null,
    rx_queue: receivedOf(socket),
    tx_queue: sentOf(socket),
    retransmits: retransmitsOf(socket),
  };
}

/** Address, or name of a unix socket. */
export function localAddressOf(socket: Socket): string | null {
  if ("localAddress" in socket) return socket.localAddress;
  return socket.protocol === "unix" ? (socket.path ?? null) : null;
}

/** The kernel prints user 0 of what is in TIME_WAIT, whoever opened it: get_timewait4_sock, net/ipv4/tcp_ipv4.c. */
export function userOf(socket: Socket): number | null {
  if (!("uid" in socket) || ("state" in socket && socket.state === "TIME_WAIT")) return null;
  return socket.uid ?? null;
}

/** The kernel prints inode 0 of what no process has. */
export function inodeOf({ inode }: Socket): number | null {
  return inode || null;
}

/** How many hold it; null where nobody looked, or where somebody may who is not seen. */
export function ownerCountOf(socket: Socket): number | null {
  const { owners } = socket;
  if (owners === undefined || (owners.length === 0 && hasHiddenOwner(socket))) return null;
  return owners.length;
}

/** Bytes in the queue of what came. */
export function receivedOf(socket: Socket): number | null {
  if ("rxQueue" in socket) return socket.rxQueue ?? null;
  return "rmem" in socket ? socket.rmem : null;
}

/** Bytes in the queue of what goes. */
export function sentOf(socket: Socket): number | null {
  if ("txQueue" in socket) return socket.txQueue ?? null;
  return "wmem" in socket ? socket.wmem : null;
}

/** Retransmissions of TCP. */
export function retransmitsOf(socket: Socket): number | null {
  return socket.protocol === "tcp" || socket.protocol === "tcp6" ? socket.retransmits : null;
}
