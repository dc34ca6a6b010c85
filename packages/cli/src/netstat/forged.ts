import { type HeldByRow, NamesBefore, otherKinds } from "procnet";
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
  for (const socket of sockets) {
    const { inode } = socket;
    const other = first.get(inode);
    if (other === undefined) first.set(inode, socket);
    else if (owners.has(inode) && !isSame(other, socket)) forged.add(inode);
  }
  for (const inode of otherKinds(held(sockets, owners))) forged.add(inode);
  return forged;
}

/** The descriptors of the rows that have an owner; sockets without a file have the inode 0, and none. */
function* held(sockets: readonly LocalSocket[], owners: ReadonlyMap<number, Owner>): Generator<HeldByRow, void> {
  const names = new NamesBefore();
  const descriptors = new Map<Owner, ReadonlyMap<number, number>>();
  for (const socket of sockets) {
    const { inode } = socket;
    const mayBeName = names.mayHold(socket);
    const owner = owners.get(inode);
    if (owner === undefined) continue;
    const byInode = descriptors.get(owner) ?? descriptorsOf(owner);
    descriptors.set(owner, byInode);
    yield { directory: owner.directory, fd: byInode.get(inode)!, inode, mayBeName };
  }
}

/** The first descriptor of a process for each of its sockets, by inode. */
function descriptorsOf({ fds }: Owner): ReadonlyMap<number, number> {
  const byInode = new Map<number, number>();
  for (let at = fds.length - 2; at >= 0; at -= 2) byInode.set(fds[at + 1]!, fds[at]!);
  return byInode;
}

/** The kernel can hand out a row twice. */
function isSame(one: LocalSocket, other: LocalSocket): boolean {
  const isSameName = one.path === other.path && String(one.pathBytes) === String(other.pathBytes);
  return isSameName && one.type === other.type && one.flags === other.flags;
}
