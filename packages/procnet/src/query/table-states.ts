import { TcpState } from "../codes/tcp-state.ts";
import { nameOf } from "../codes/two-way.ts";
import { UnixState } from "../codes/unix.ts";
import type { SocketProtocol } from "../sockets/types.ts";
import { commonState } from "../view/states.ts";

/** Tables by the states that they have. */
export type StateTable = "inet" | "unix" | "stateless";

export function stateTableOf(protocol: SocketProtocol): StateTable {
  if (protocol === "unix") return "unix";
  return protocol === "netlink" || protocol === "packet" ? "stateless" : "inet";
}

/** What people call a state of a table, where the socket does not listen: see `stateOf`. */
export function plainState(protocol: SocketProtocol, state: string): string {
  if (protocol !== "unix") return commonState(protocol, state);
  return state === "UNCONNECTED" ? "UNCONN" : state;
}

/** All states that a table can have: the kernel prints one byte, and those without a name are kept by their number. */
export function statesOfTable(table: StateTable): readonly string[] {
  if (table === "stateless") return [];
  if (table !== "unix") {
    inet ??= Array.from({ length: 256 }, (_, code) => nameOf(TcpState, code));
    return inet;
  }
  unix ??= Array.from({ length: 256 }, (_, code) => nameOf(UnixState, code));
  return unix;
}

let inet: readonly string[] | undefined;
let unix: readonly string[] | undefined;
