import type { UnixSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { foreign } from "../text/printf.ts";
import { shutdownOf } from "./details.ts";
import { memoryOf } from "./memory.ts";
import { NO_CONTEXT } from "./no-context.ts";
import type { Table } from "./selection.ts";
import { usersOf, type View } from "./view.ts";
import { queue, stateWord, UNKNOWN, unixCode } from "./words.ts";

/*
 * A row for each unix socket.
 */

/** A socket, as a table of procfs or another source tells it. */
export type UnixRow = Omit<UnixSocket, keyof typeof NO_CONTEXT | "protocol">;

const TYPES: Readonly<Record<string, readonly [table: Table, netid: string]>> = {
  STREAM: ["unix_stream", "u_str"],
  SEQPACKET: ["unix_seqpacket", "u_seq"],
  DGRAM: ["unix_dgram", "u_dgr"],
};

export function printUnix(row: UnixRow, view: View): void {
  // One that nobody has accepted yet has no number, and netlink tells of none such.
  if (row.inode === 0) return;
  const { selection, columns, passes, on } = view;
  const code = unixCode(row);
  const [table, netid] = TYPES[row.type] ?? [undefined, "u_dgr"];
  if (!selection.hasState(code) || (table !== undefined && !selection.tables.has(table))) return;
  if (passes !== undefined && !passes({ ...row, protocol: "unix", ...NO_CONTEXT })) return;
  columns.row({
    netid,
    state: stateWord(code),
    recvQ: queue(row.rxQueue),
    sendQ: queue(row.txQueue),
    local: `${nameOf(row)} `,
    port: String(row.inode),
    peer: "* ",
    peerPort: peerOf(code, row, view),
    more:
      usersOf(row.inode, view) +
      (on.has("m") ? memoryOf(row.skMem, view) : "") +
      (on.has("e") ? extended(row, view) : ""),
  });
  if (row.rxQueue === undefined) view.notes.lacks("unixQueues");
}

function nameOf({ path, pathBytes }: UnixRow): string {
  const name = pathBytes ?? path;
  return name === undefined ? "*" : foreign(name);
}

/** Inode of the socket at the other end. Without a connection there is none. */
function peerOf(code: number, { peer }: UnixRow, { notes }: View): string {
  if (peer !== undefined) return String(peer);
  if (code !== TcpState.ESTABLISHED) return "0";
  notes.lacks("unixPeers");
  return UNKNOWN;
}

function extended({ shutdown, vfs, icons }: UnixRow, { notes }: View): string {
  if (shutdown === undefined) notes.lacks("unixDetails");
  let text = shutdownOf(shutdown);
  if (vfs !== undefined) text += ` ino:${vfs.inode} dev:${major(vfs.dev)}/${minor(vfs.dev)}`;
  return icons === undefined ? text : `${text} peers:${icons.map((inode) => ` ${inode}`).join("")}`;
}

/** Numbers of a device as the kernel packs them for programs: 12 bits of the one between 20 of the other. */
function major(device: number): number {
  return (device >>> 8) & 0xfff;
}

function minor(device: number): number {
  return (device & 0xff) | ((device >>> 12) & 0xfff00);
}
