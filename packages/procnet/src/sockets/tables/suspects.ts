import { issueOf, type OnIssue, shown } from "../../errors.ts";
import type { Steps } from "../drive.ts";
import { ShardedMap } from "../owners/sharded.ts";
import type { Socket, UnixSocket } from "../types.ts";
import { markSuspect } from "./socket.ts";

/*
 * The name of a unix socket can hold a newline and then a whole row, which nothing in the text tells from a true one: any
 * user can give a name of their choice to the inode of another process's socket, and so to its owner. But the true row of
 * that socket stands in its own table. So a row is suspect where a row of a unix socket shares its inode.
 *
 * Rows that cannot be forged may share one among themselves: the kernel hands some out twice, and all connections of an MPTCP
 * socket have the inode of that socket.
 */

/** Sockets looked at between two pauses. */
const STEP = 2048;

/** Marks all rows that share their inode with one of a unix socket, and reports each such inode once. */
export function* markSuspects(sockets: readonly Socket[], onIssue: OnIssue | undefined): Steps<void> {
  const unix = new ShardedMap<UnixSocket>();
  let found = 0;
  for (const [at, socket] of sockets.entries()) {
    if (at % STEP === 0) yield;
    if (socket.protocol !== "unix" || socket.inode === 0) continue;
    const other = unix.get(socket.inode);
    if (other === undefined) unix.set(socket.inode, socket);
    else if (!isSame(other, socket)) mark(other, socket, onIssue);
    found++;
  }
  if (found === 0) return;
  for (const [at, socket] of sockets.entries()) {
    if (at % STEP === 0) yield;
    const other = socket.protocol === "unix" || !socket.inode ? undefined : unix.get(socket.inode);
    if (other !== undefined) mark(other, socket, onIssue);
  }
}

function mark(one: Socket, other: Socket, onIssue: OnIssue | undefined): void {
  const isNew = one.suspect === undefined || other.suspect === undefined;
  markSuspect(one);
  markSuspect(other);
  if (isNew) reportSuspect(one.inode!, onIssue, [one, other]);
}

/** Tells of rows that share their inode; nobody is told twice of the same two. */
export function reportSuspect(inode: number, onIssue: OnIssue | undefined, rows: readonly Socket[]): void {
  if (onIssue === undefined) return;
  const message = `rows of several sockets have the inode ${inode}, so one may be forged (${rows.map(nameOf).join(", ")})`;
  onIssue(issueOf({ code: "ERR_SUSPECT", message, field: "Inode" }));
}

/** Tells of a row whose socket is none of those that its table lists. */
export function reportForged(row: UnixSocket, onIssue: OnIssue | undefined): void {
  const message = `the inode ${row.inode} is that of no unix socket, so its row is forged (${nameOf(row)})`;
  onIssue?.(issueOf({ code: "ERR_SUSPECT", message, field: "Inode" }));
}

/** Whether it is one row handed out twice: who forges a row that says the same has said nothing. */
export function isSame(one: UnixSocket, other: UnixSocket): boolean {
  const isSameName = one.path === other.path && String(one.pathBytes) === String(other.pathBytes);
  return isSameName && one.type === other.type && one.listening === other.listening;
}

const LONGEST_NAME = 160;

function nameOf(socket: Socket): string {
  if (socket.protocol === "unix") return `unix "${shown(socket.path ?? "", LONGEST_NAME)}"`;
  if (!("localAddress" in socket)) return socket.protocol;
  const { localAddress: address, localPort: port } = socket;
  return `${socket.protocol} ${address.includes(":") ? `[${address}]` : address}:${port}`;
}
