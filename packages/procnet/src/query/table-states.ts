import { TcpState } from "../codes/tcp-state.ts";
import { nameOf } from "../codes/two-way.ts";
import { UnixState } from "../codes/unix.ts";
import type { SocketProtocol } from "../sockets/types.ts";

/** Tables that call their states otherwise than people do: see `stateOf`. */
export type StateTable = "tcp" | "datagram" | "unix" | "stateless";

export function stateTableOf(protocol: SocketProtocol): StateTable {
  if (protocol === "tcp" || protocol === "tcp6") return "tcp";
  if (protocol === "unix") return "unix";
  return protocol === "netlink" || protocol === "packet" ? "stateless" : "datagram";
}

/** What people call a state of a table, where the socket does not listen. */
export function plainState(table: StateTable, state: string): string {
  if (table === "datagram" && state === "CLOSE") return "UNCONN";
  return table === "unix" && state === "UNCONNECTED" ? "UNCONN" : state;
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
