import type { DatagramSocket, TcpSocket } from "procnet";
import type { NO_CONTEXT } from "./no-context.ts";

/** A kind of internet socket. */
export interface InetKind {
  readonly service: "tcp" | "udp" | "raw" | "mptcp";
  readonly family: 4 | 6;
}

type RowOf<Kind extends TcpSocket | DatagramSocket> = Omit<Kind, keyof typeof NO_CONTEXT | "protocol">;
/** A socket, as a table of procfs or another source tells it. */
export type InetRow = RowOf<TcpSocket> | RowOf<DatagramSocket>;
