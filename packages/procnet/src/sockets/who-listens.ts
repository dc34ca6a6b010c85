import { isProcfsError, ProcfsError } from "../errors.ts";
import type { InetSocketEntry } from "../parse/inet-row.ts";
import { runAsync, runSync, type Steps } from "./drive.ts";
import type { SocketEngine } from "./engine.ts";
import { findOwners } from "./find-owners.ts";
import { ownerlessReason } from "./ownerless.ts";
import { Repeats } from "./repeats.ts";
import { asSocket } from "./socket.ts";
import { isWithoutTcp6 } from "./tcp6.ts";
import type { DatagramSocket, OwnerlessReason, SocketOwner, TcpSocket } from "./types.ts";

/** What is asked about a port. */
export interface WhoListensOptions {
  /** `tcp`, the default, or `udp`: sockets that receive without being connected. */
  readonly protocol?: "tcp" | "udp";
  /** The process whose network namespace is meant; the reader's own namespace by default. */
  readonly pid?: number;
  readonly signal?: AbortSignal;
}

/** A socket that answers on the port. */
export interface Listener {
  readonly protocol: "tcp" | "tcp6" | "udp" | "udp6";
  /** The address it is bound to; `0.0.0.0` and `::` are all addresses of the family. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly inode: number;
  readonly uid: number;
  /** Connections that wait for `accept`; for UDP always 0. */
  readonly waiting: number;
  /**
   * Whether it answers IPv4. A socket bound to `::` does so unless it has the option IPV6_V6ONLY, which procfs does not
   * show: then this is `"unknown"`.
   */
  readonly answersIpv4: boolean | "unknown";
  readonly owners: readonly SocketOwner[];
  /** Why `owners` is empty. */
  readonly ownerless: OwnerlessReason | undefined;
}

/**
 * Who answers on a port. `owned`: at least one listener has a known owner. `free`: nobody listens there. `unknown`: there
 * is a listener, but its owner cannot be seen; `reasons` say why.
 */
export type WhoListens =
  | { readonly kind: "owned"; readonly port: number; readonly listeners: readonly Listener[] }
  | { readonly kind: "free"; readonly port: number; readonly listeners: readonly [] }
  | {
      readonly kind: "unknown";
      readonly port: number;
      readonly listeners: readonly Listener[];
      readonly reasons: readonly OwnerlessReason[];
    };

export function whoListensOf(engine: SocketEngine, port: number, options: WhoListensOptions): Promise<WhoListens> {
  return runAsync(steps(engine, port, options), options.signal);
}

export function whoListensSyncOf(engine: SocketEngine, port: number, options: WhoListensOptions): WhoListens {
  return runSync(steps(engine, port, options));
}

function* steps(engine: SocketEngine, port: number, options: WhoListensOptions): Steps<WhoListens> {
  const { protocol = "tcp" } = options;
  if (!Number.isInteger(port) || port < 1 || port > 0xffff) throw invalid(`a port is 1 to 65535, not ${String(port)}`);
  if (protocol !== "tcp" && protocol !== "udp")
    throw invalid(`protocol must be "tcp" or "udp", not "${String(protocol)}"`);
  // IPv6 first: a process that has become a zombie has no such table, and then none of IPv4 either, which is an error.
  const ofIpv6 = listening(engine, `${protocol}6`, port, options.pid);
  const sockets = [...listening(engine, protocol, port, options.pid), ...ofIpv6];
  yield;
  if (sockets.length === 0) return { kind: "free", port, listeners: [] };

  const wanted = new Map(sockets.filter((socket) => socket.inode !== 0).map((socket) => [socket.inode, socket.uid]));
  const { found, outcome } = yield* findOwners(engine.procfs, engine.holders, wanted);
  const visibility = engine.visibility();
  const listeners = sockets.map((socket): Listener => {
    const owners = found.get(socket.inode) ?? [];
    return {
      protocol: socket.protocol as Listener["protocol"],
      localAddress: socket.localAddress,
      localPort: socket.localPort,
      inode: socket.inode,
      uid: socket.uid,
      waiting: protocol === "tcp" ? socket.rxQueue : 0,
      answersIpv4: answersIpv4(socket),
      owners,
      ownerless: owners.length > 0 ? undefined : ownerlessReason(socket, outcome, visibility),
    };
  });
  if (listeners.some((listener) => listener.owners.length > 0)) return { kind: "owned", port, listeners };
  const reasons = [...new Set(listeners.map((listener) => listener.ownerless!))];
  return { kind: "unknown", port, listeners, reasons };
}

/** The sockets that answer on the port. Listeners of TCP come first in their file, so its head is read only. */
function listening(
  engine: SocketEngine,
  protocol: Listener["protocol"],
  port: number,
  pid: number | undefined,
): (TcpSocket | DatagramSocket)[] {
  const { procfs } = engine;
  const net = pid === undefined ? procfs.net : procfs.process(pid).net;
  if (protocol === "tcp6" && isWithoutTcp6(net, procfs.context)) return [];
  const isTcp = protocol === "tcp" || protocol === "tcp6";
  // Unconnected UDP sockets are in the state CLOSE; a connected one hears its peer only.
  const where = { state: isTcp ? "LISTEN" : "CLOSE", localPort: port } as const;
  try {
    const rows: Iterable<InetSocketEntry> = net.each(protocol, { where });
    const sockets = Array.from(rows, (row) => asSocket(protocol, row, undefined) as TcpSocket | DatagramSocket);
    const repeats = new Repeats();
    return sockets.filter((socket) => !repeats.isRepeated(socket));
  } catch (error) {
    if (isProcfsError(error) && error.code === "ENOENT" && protocol.endsWith("6")) return []; // no IPv6 here
    throw error;
  }
}

/** What stands beside a socket on `::` settles nothing: devices (SO_BINDTODEVICE) and SO_REUSEADDR can set both apart. */
function answersIpv4({ protocol, localAddress }: TcpSocket | DatagramSocket): boolean | "unknown" {
  if (!protocol.endsWith("6")) return true;
  if (/^::ffff:[0-9.]+$/.test(localAddress)) return true;
  return localAddress === "::" ? "unknown" : false;
}

function invalid(message: string): ProcfsError {
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
