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

  /**
   * Takes all descriptors of a process of which there are none here, and what {@link madeOwners} made of them. Whatever
   * is here of it meanwhile was made for this call, and nobody else has seen it.
   */
  add(pairs: SocketFds, made: readonly Alone[]): void {
    for (const [at, alone] of made.entries()) {
      const inode = pairs[2 * at + 1]!;
      const known = this.byInode.get(inode);
      if (known === undefined) {
        this.byInode.set(inode, alone);
        continue;
      }
      const place = placeOf(known, alone[0].pid);
      const own = known[place] as Made | undefined;
      if (own?.pid === alone[0].pid) own.fds.push(pairs[2 * at]!);
      else this.byInode.set(inode, known.toSpliced(place, 0, alone[0]));
    }
  }

  /** Takes what is different between two readings of the same process, both in the order of numbers. */
  change(info: OwnerInfo, before: SocketFds, after: SocketFds): void {
    for (const [inode, fds] of fdsByInode(difference(before, after))) this.take(inode, info.pid, new Set(fds));
    for (const [inode, fds] of fdsByInode(difference(after, before))) this.put(inode, info, fds);
  }

  /** Forgets all descriptors of a process. */
  remove(pid: number, pairs: SocketFds): void {
    for (let at = 1; at < pairs.length; at += 2) this.take(pairs[at]!, pid, undefined);
  }

  private put(inode: number, info: OwnerInfo, fds: readonly number[]): void {
    const known = this.byInode.get(inode) ?? [];
    const place = placeOf(known, info.pid);
    const own = known[place]?.pid === info.pid ? known[place] : undefined;
    const all = own === undefined ? fds : [...own.fds, ...fds].sort((a, b) => a - b);
    this.byInode.set(inode, known.toSpliced(place, own === undefined ? 0 : 1, ownerOf(info, all)));
  }

  /** Takes some numbers from a process, or all of them. */
  private take(inode: number, pid: number, gone: ReadonlySet<number> | undefined): void {
    const known = this.byInode.get(inode) ?? [];
    const place = placeOf(known, pid);
    const own = known[place];
    if (own?.pid !== pid) return;
    const fds = gone === undefined ? [] : own.fds.filter((fd) => !gone.has(fd));
    if (fds.length > 0) this.byInode.set(inode, known.toSpliced(place, 1, { ...own, fds }));
    else if (known.length > 1) this.byInode.set(inode, known.toSpliced(place, 1));
    else this.byInode.delete(inode);
  }
}

/** An owner that is not handed out yet. */
type Made = SocketOwner & { readonly fds: number[] };
type Alone = readonly [Made];

/** Where a process is among owners, or would be: many can share a socket. */
function placeOf(owners: readonly SocketOwner[], pid: number): number {
  let low = 0;
  let high = owners.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (owners[middle]!.pid < pid) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Owners with one descriptor each: making them takes a while, putting them in their places does not. */
export function* madeOwners(info: OwnerInfo, pairs: SocketFds): Steps<Alone[]> {
  const made: Alone[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    made.push([ownerOf(info, [pairs[at]!]) as Made]);
    if (made.length % STEP === 0) yield;
  }
  return made;
}

/** An owner, its fields in the order of their documentation. */
export function ownerOf(info: OwnerInfo, fds: readonly number[]): SocketOwner {
  const { pid, startTime, program, comm, cmdline, exe, uid, cgroup, container, unit } = info;
  return { pid, startTime, program, comm, cmdline, exe, uid, fds, cgroup, container, unit };
}

/** Descriptors of each socket: a process can have several for one. */
export function fdsByInode(pairs: ArrayLike<number>): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let at = 0; at < pairs.length; at += 2) {
    const fd = pairs[at]!;
    const inode = pairs[at + 1]!;
    const fds = found.get(inode);
    if (fds === undefined) found.set(inode, [fd]);
    else fds.push(fd);
  }
  return found;
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
