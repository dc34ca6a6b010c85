import { digestSockets, type SocketDigest } from "../../../packages/procnet/src/live/digest.ts";
import type { SocketOwner, TcpSocket } from "../../../packages/procnet/src/sockets/types.ts";
import { tcpSockets } from "./sample.ts";

/** A row of `tcp`; what is not given is that of a listener on 127.0.0.1:80. */
export interface Row {
  readonly local?: string;
  readonly remote?: string;
  /** In hexadecimal, as in the table. */
  readonly state?: string;
  readonly rx?: number;
  readonly tx?: number;
  readonly timer?: number;
  readonly retransmits?: number;
  readonly inode?: number;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

function end(text: string): string {
  const [address = "", port = ""] = text.split(":");
  const bytes = address
    .split(".")
    .reverse()
    .map((byte) => hex(Number(byte), 2));
  return `${bytes.join("")}:${hex(Number(port), 4)}`;
}

/** The row as the kernel writes it on a little-endian machine. */
export function rowText({
  local = "127.0.0.1:80",
  remote = "0.0.0.0:0",
  state = "0A",
  rx = 0,
  tx = 0,
  timer = 0,
  retransmits = 0,
  inode = 1,
}: Row): string {
  const queues = `${hex(tx, 8)}:${hex(rx, 8)} 0${timer}:00000000 ${hex(retransmits, 8)}`;
  return `   0: ${end(local)} ${end(remote)} ${state} ${queues}     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;
}

/** Sockets of rows, all with the same owners. */
export function rows(owners: readonly SocketOwner[], ...all: readonly Row[]): TcpSocket[] {
  return tcpSockets(all.map(rowText).join(""), owners);
}

/** What a look at these rows gives. */
export function looked(owners: readonly SocketOwner[], ...all: readonly Row[]): { readonly sockets: SocketDigest } {
  return { sockets: digestSockets(rows(owners, ...all)) };
}

/** So many, each with its number. */
export function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
