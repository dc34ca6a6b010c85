import type { Socket } from "../sockets/types.ts";

/**
 * The state as people know it: a unix socket listens too, and a datagram socket without a peer is not closed but
 * unconnected, `UNCONN` as in `ss(8)`. So are netlink and packet sockets, whose tables have no state.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { stateOf } from "procnet/view";
 * for (const socket of (await sockets({ protocol: "all", owners: false })).sockets) console.log(stateOf(socket));
 * ```
 */
export function stateOf(socket: Socket): string {
  switch (socket.protocol) {
    case "unix":
      if (socket.listening) return "LISTEN";
      return socket.state === "UNCONNECTED" ? "UNCONN" : socket.state;
    case "netlink":
    case "packet":
      return "UNCONN";
    default:
      return commonState(socket.protocol, socket.state);
  }
}

/**
 * The same word for the state that a table of an internet protocol has: of those without connections `CLOSE` is `UNCONN`.
 *
 * @example
 * ```ts
 * import { commonState } from "procnet/view";
 * commonState("udp", "CLOSE"); // "UNCONN"
 * ```
 */
export function commonState(protocol: string, state: string): string {
  return state === "CLOSE" && protocol !== "tcp" && protocol !== "tcp6" ? "UNCONN" : state;
}

/**
 * The kernel's own word for a state, where it is another one than {@link stateOf} gives; `undefined` where it is the same.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { kernelState } from "procnet/view";
 * const answer = await sockets({ protocol: "udp", owners: false });
 * console.log(answer.sockets.map(kernelState));
 * ```
 */
export function kernelState(socket: Socket): string | undefined {
  return "state" in socket && socket.state !== stateOf(socket) ? socket.state : undefined;
}

/**
 * Whether a socket waits for others: connections, datagrams, frames.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { isListening } from "procnet/view";
 * const servers = (await sockets({ protocol: "all" })).sockets.filter(isListening);
 * ```
 */
export function isListening(socket: Socket): boolean {
  const state = stateOf(socket);
  return socket.protocol === "unix" ? socket.listening : state === "LISTEN" || state === "UNCONN";
}
