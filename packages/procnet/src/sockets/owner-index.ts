import type { OwnerInfo } from "../proc/owner-info.ts";
import type { SocketFds } from "../proc/socket-fds.ts";
import type { Steps } from "./drive.ts";
import type { SocketOwner } from "./types.ts";

/** Owners made between two pauses. */
const STEP = 1024;

/**
 * The processes that hold each socket, by its inode, ascending. Every change is made at once, so that a call that looks
 * while another one reads never sees half of a process; and what was handed out before stays as it was.
 */
export class OwnerIndex {
  private readonly byInode = new Map<number, readonly SocketOwner[]>();

  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.byInode.get(inode);
  }

  /** Takes all descriptors of a process of which there are none here, and what {@link madeOwners} made of them. */
  add(pairs: SocketFds, made: readonly (readonly [SocketOwner])[]): void {
    for (const [at, alone] of made.entries()) this.put(pairs[2 * at + 1]!, alone);
  }

  /** Takes what is different between two readings of the same process, both in the order of numbers. */
  change(info: OwnerInfo, before: SocketFds, after: SocketFds): void {
    const gone = difference(before, after);
    const come = difference(after, before);
    for (let at = 0; at < gone.length; at += 2) this.take(gone[at + 1]!, info.pid, gone[at]!);
    for (let at = 0; at < come.length; at += 2) this.put(come[at + 1]!, [ownerOf(info, [come[at]!])]);
  }

  /** Forgets all descriptors of a process. */
  remove(pid: number, pairs: SocketFds): void {
    for (let at = 0; at < pairs.length; at += 2) this.take(pairs[at + 1]!, pid, pairs[at]!);
  }

  private put(inode: number, alone: readonly [SocketOwner]): void {
    const known = this.byInode.get(inode);
    this.byInode.set(inode, known === undefined ? alone : withOwner(known, alone[0]));
  }

  private take(inode: number, pid: number, fd: number): void {
    const left = this.byInode.get(inode)?.flatMap((owner) => {
      if (owner.pid !== pid) return [owner];
      const fds = owner.fds.filter((other) => other !== fd);
      return fds.length === 0 ? [] : [{ ...owner, fds }];
    });
    if (left === undefined || left.length === 0) this.byInode.delete(inode);
    else this.byInode.set(inode, left);
  }
}

/** Owners with one descriptor each: making them takes a while, putting them in their places does not. */
export function* madeOwners(info: OwnerInfo, pairs: SocketFds): Steps<[SocketOwner][]> {
  const made: [SocketOwner][] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    made.push([ownerOf(info, [pairs[at]!])]);
    if (made.length % STEP === 0) yield;
  }
  return made;
}

/** An owner, its fields in the order of their documentation. */
export function ownerOf(info: OwnerInfo, fds: readonly number[]): SocketOwner {
  const { pid, startTime, comm, cmdline, exe, uid, cgroup, container, unit } = info;
  return { pid, startTime, comm, cmdline, exe, uid, fds, cgroup, container, unit };
}

/** A process can have several descriptors of one socket. */
function withOwner(known: readonly SocketOwner[], next: SocketOwner): SocketOwner[] {
  const own = known.find((owner) => owner.pid === next.pid);
  const all = own === undefined ? [...known, next] : known.map((owner) => (owner === own ? joined(own, next) : owner));
  return all.sort((a, b) => a.pid - b.pid);
}

function joined(one: SocketOwner, other: SocketOwner): SocketOwner {
  return { ...one, fds: [...one.fds, ...other.fds].sort((a, b) => a - b) };
}

/** The pairs of one list that the other has not. */
function difference(list: SocketFds, other: SocketFds): number[] {
  const missing: number[] = [];
  let against = 0;
  for (let at = 0; at < list.length; at += 2) {
    const fd = list[at]!;
    while (against < other.length && other[against]! < fd) against += 2;
    if (other[against] !== fd || other[against + 1] !== list[at + 1]) missing.push(fd, list[at + 1]!);
  }
  return missing;
}
