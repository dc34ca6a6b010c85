import type { Socket } from "../sockets/types.ts";

/**
 * The state as people know it: a unix socket listens too, and a datagram socket without a peer is not closed but
 * unconnected, `UNCONN` as in `ss(8)`. So are netlink and packet sockets, whose tables have no state.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { stateOf } from "procnet/view";
 * for (const socket of (await sockets({ protocols: "all", owners: false })).sockets) console.log(stateOf(socket));
 * ```
 */
export function stateOf(socket: Socket): string {
  switch (socket.protocol) {
    case "tcp":
    case "tcp6":
      return socket.state;
    case "unix":
      if (socket.listening) return "LISTEN";
      return socket.state === "UNCONNECTED" ? "UNCONN" : socket.state;
    case "netlink":
    case "packet":
      return "UNCONN";
    default:
      return socket.state === "CLOSE" ? "UNCONN" : socket.state;
  }
}

/** Whether a socket waits for others: connections, datagrams, frames. */
export function isListening(socket: Socket): boolean {
  const state = stateOf(socket);
  return socket.protocol === "unix" ? socket.listening : state === "LISTEN" || state === "UNCONN";
}
