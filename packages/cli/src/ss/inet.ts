import type { DatagramSocket, TcpSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { compatible } from "../names/addresses.ts";
import { foreign } from "../text/printf.ts";
import { detailsOf } from "./details.ts";
import type { InetKind, InetRow } from "./inet-row.ts";
import { NO_CONTEXT } from "./no-context.ts";
import type { View } from "./view.ts";
import { usersOf } from "./view.ts";
import { codeOf, queue, stateWord } from "./words.ts";

/*
 * A row for each socket of TCP, UDP and raw IP.
 */

/** Whether a socket of IPv6 leaves IPv4 alone, where it does not tell itself. */
export type IsV6Only = (row: InetRow) => boolean;

export function printInet(kind: InetKind, row: InetRow, isV6Only: IsV6Only, view: View): void {
  const code = codeOf(row.state);
  const { selection, columns, passes, closes } = view;
  if (!selection.hasState(code)) return;
  if (passes !== undefined && !passes(socketOf(kind, row))) return;
  if (closes !== undefined && !closes(kind, row)) return;
  const hasV6Only = kind.family === 6 && (code === TcpState.LISTEN || code === TcpState.CLOSE);
  const v6only = hasV6Only && (row.v6only ?? isV6Only(row));
  const device = row.ifIndex === undefined || row.ifIndex === 0 ? "" : `%${view.device(row.ifIndex)}`;
  columns.row({
    netid: netid(kind, row),
    state: stateWord(code),
    recvQ: queue(row.rxQueue),
    sendQ: queue(sendQueue(kind, code, row, view)),
    local: `${hostOf(row.localAddress, v6only, view)}${device}:`,
    port: view.names.port(row.localPort, protocolOf(kind)),
    peer: `${hostOf(row.remoteAddress, v6only, view)}:`,
    peerPort: view.names.port(row.remotePort, protocolOf(kind)),
    more: usersOf(row.inode, view) + detailsOf(kind, code, row, view),
  });
}

/** Ports of MPTCP are those of TCP. */
function protocolOf({ service }: InetKind): "tcp" | "udp" | "raw" {
  return service === "mptcp" ? "tcp" : service;
}

function socketOf(kind: InetKind, row: InetRow): TcpSocket | DatagramSocket {
  const protocol = `${protocolOf(kind)}${kind.family === 6 ? "6" : ""}` as const;
  return { ...row, protocol, ...NO_CONTEXT } as TcpSocket | DatagramSocket;
}

/** Names of protocols, of which raw sockets have any. */
const PROTOCOLS: Readonly<Record<number, string>> = {
  0: "raw",
  6: "tcp",
  17: "udp",
  33: "dccp",
  58: "icmp6",
  132: "sctp",
};

/** Of a raw socket that netlink tells of, ss shows the protocol here, of which it knows few. */
function netid({ service }: InetKind, { localPort, cookie }: InetRow): string {
  if (service !== "raw" || cookie === undefined) return service;
  return PROTOCOLS[localPort & 0xff] ?? "???";
}

/** Of a listener, how many connections may wait, which is not in procfs. */
function sendQueue(kind: InetKind, code: number, row: InetRow, { notes }: View): number | undefined {
  if (protocolOf(kind) !== "tcp" || code !== TcpState.LISTEN) return row.txQueue;
  if (row.backlog === undefined) notes.lacks("backlog");
  return row.backlog;
}

function hostOf(address: string, v6only: boolean, { names }: View): string {
  if (address === "::") return v6only ? "[::]" : "*";
  const name = names.host(address);
  if (name !== undefined) return foreign(name);
  return address.includes(":") ? `[${compatible(address) ?? address}]` : address;
}
