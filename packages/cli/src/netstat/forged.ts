import { isUnixFd, NamesBefore } from "procnet";
import type { Owner } from "./holders.ts";
import type { Page } from "./page.ts";
import type { LocalSocket } from "./unix.ts";

/*
 * The name of a unix socket can hold a whole row, by which anybody can seem to be the owner of a name. netstat prints such
 * rows like all others; here is said which they may be.
 */

/** Inodes that a message names. */
const NAMED = 5;

/** Says which inodes stand in rows that may be forged. */
export function warnOfForged(sockets: readonly LocalSocket[], owners: ReadonlyMap<number, Owner>, page: Page): void {
  const inodes = [...forgedInodes(sockets, owners)];
  if (inodes.length === 0) return;
  const more = inodes.length > NAMED ? ` and ${inodes.length - NAMED} more` : "";
  page.warn(
    `netstat: rows of unix sockets with these inodes may be forged: ${inodes.slice(0, NAMED).join(", ")}${more}`,
  );
}

/** Those of several rows, and those that their owner holds as another kind of socket. */
function forgedInodes(sockets: readonly LocalSocket[], owners: ReadonlyMap<number, Owner>): Set<number> {
  const forged = new Set<number>();
  const first = new Map<number, LocalSocket>();
  const others: number[] = [];
  const names = new NamesBefore();
  let tells = false;
  for (const socket of sockets) {
    const { inode } = socket;
    const mayBeName = names.mayHold(socket);
    if (inode === 0) continue;
    const other = first.get(inode);
    if (other === undefined) first.set(inode, socket);
    else if (owners.has(inode) && !isSame(other, socket)) forged.add(inode);
    const owner = owners.get(inode);
    if (owner === undefined || (tells && !mayBeName)) continue;
    const isUnix = isUnixFd(owner.directory, owner.fd, inode);
    tells ||= isUnix === true;
    if (isUnix === false) others.push(inode);
  }
  // Older kernels tell it of no descriptor.
  if (tells) for (const inode of others) forged.add(inode);
  return forged;
}

/** The kernel can hand out a row twice. */
function isSame(one: LocalSocket, other: LocalSocket): boolean {
  const isSameName = one.path === other.path && String(one.pathBytes) === String(other.pathBytes);
  return isSameName && one.type === other.type && one.flags === other.flags;
}
