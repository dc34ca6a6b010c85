import type { Socket } from "../../sockets/types.ts";

/*
 * What makes rows of two looks one socket: the inode, which the kernel gives out machine-wide, or, where a row has none (not
 * accepted yet, closed by its process, in time-wait), its table and what it is bound and connected to.
 */

/** What {@link socketKey} gives. */
export type Key = number | string;

/** Namespace, table and both ends: what tells a socket without an inode. */
export function endsOf(socket: Socket): string {
  const { namespace, protocol } = socket;
  switch (socket.protocol) {
    case "unix":
      return `${namespace} ${protocol} ${socket.type} ${socket.path ?? ""}`;
    case "netlink":
      return `${namespace} ${protocol} ${socket.netlinkProtocol} ${socket.portId}`;
    case "packet":
      return `${namespace} ${protocol} ${socket.etherType} ${socket.type} ${socket.ifIndex}`;
    default: {
      const { localAddress, localPort, remoteAddress, remotePort } = socket;
      return `${namespace} ${protocol} ${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
    }
  }
}

/**
 * What tells a socket from all others of its look, and stays the same from look to look: its inode; where it has none, its namespace,
 * table and ends. Only a forged row has that of another.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { socketKey } from "procnet/live";
 * const byKey = new Map((await sockets()).sockets.map((socket) => [socketKey(socket), socket]));
 * ```
 */
export function socketKey(socket: Socket): number | string {
  return socket.inode || endsOf(socket);
}

/** Whether a row is the same socket as one of an earlier look, with the same key. */
export function isSameRow(before: Socket, after: Socket): boolean {
  if (before.inode !== after.inode || !isContinued(before, after)) return false;
  return Boolean(after.inode) || isConnection(after) || endsOf(before) === endsOf(after);
}

/** Whether it is a connection to a unix socket that is not accepted yet: all of one listener look alike. */
export function isAlike(socket: Socket): boolean {
  return socket.protocol === "unix" && !socket.inode;
}

/**
 * Whether two rows of one look with the same key are one socket. The kernel prints a row twice when others move while it is read: of
 * two connections with the same ends there is only one. But a forged row has the inode of another.
 */
export function isRepeated(socket: Socket, other: Socket): boolean {
  return !isAlike(socket) && endsOf(socket) === endsOf(other);
}

/** How far a connection has come: it never goes back, and one that does is another. Listeners stay what they are. */
const STAGES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["SYN_SENT", 0],
  ["SYN_RECV", 0],
  ["NEW_SYN_RECV", 0],
  ["ESTABLISHED", 1],
  ["TIME_WAIT", 3],
  ["LISTEN", 9],
]);

/** `FIN_WAIT1`, `CLOSE_WAIT` and the like. */
const CLOSING = 2;

/** Whether a row with the key of an earlier one, or with its ends, is the same socket and not one that came in its place. */
export function isContinued(before: Socket, after: Socket): boolean {
  if (before.namespace !== after.namespace) return false;
  switch (after.protocol) {
    case "tcp":
    case "tcp6":
      return before.protocol === after.protocol && isSameConnection(before, after);
    case "unix":
      // It gets its name some time after it was made.
      return before.protocol === "unix" && (before.path === undefined || before.path === after.path);
    case "netlink":
      return before.protocol === "netlink" && before.portId === after.portId;
    case "packet":
      return before.protocol === "packet";
    default:
      // connect() gives a datagram socket another peer, and takes it away again: it is the same socket.
      return before.protocol === after.protocol && "localPort" in before && before.localPort === after.localPort;
  }
}

/** A socket of TCP. */
export type Connection = Extract<Socket, { readonly protocol: "tcp" | "tcp6" }>;

/** Whether it is one. */
export function isConnection(socket: Socket): socket is Connection {
  return socket.protocol === "tcp" || socket.protocol === "tcp6";
}

function isSameConnection(before: Connection, after: Connection): boolean {
  const isSameEnds =
    before.localPort === after.localPort &&
    before.remotePort === after.remotePort &&
    before.localAddress === after.localAddress &&
    before.remoteAddress === after.remoteAddress;
  if (!isSameEnds || (before.inode !== 0 && after.inode !== 0 && before.inode !== after.inode)) return false;
  if (before.state === after.state) return true;
  const from = STAGES.get(before.state) ?? CLOSING;
  const to = STAGES.get(after.state) ?? CLOSING;
  return to >= from && from !== 9 && to !== 9;
}
