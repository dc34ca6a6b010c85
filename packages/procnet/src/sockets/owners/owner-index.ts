import type { OwnerInfo } from "../../host/owner-info.ts";
import type { SocketFds } from "../../host/socket-fds.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import type { SocketOwner } from "../types.ts";
import { ShardedMap } from "./sharded.ts";

/** Sockets changed between two pauses. */
const STEP = 512;

/**
 * The processes that hold each socket, by its inode, ascending. A process can have a million descriptors, so changes are
 * made in steps. Each step changes all that is known of one socket at once: a call that looks between the steps sees each
 * socket as it was or as it is, and what was handed out before stays as it was.
 *
 * Only one change of a process may be under way.
 */
export class OwnerIndex {
  private readonly byInode = new ShardedMap<readonly SocketOwner[]>();

  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.byInode.get(inode);
  }

  /**
   * Takes a reading of a process in place of an earlier one. `info` is of this reading alone: by its list of arguments an
   * owner is known to be of it. Without it, all of the process is forgotten.
   */
  *replace(pid: number, before: SocketFds, info: OwnerInfo | undefined, after: SocketFds): Steps<void> {
    const repeated: number[] = [];
    if (info !== undefined) {
      for (let at = 0; at < after.length; at += 2) {
        if (at % (2 * STEP) === 0 && at > 0) yield;
        if (!this.begin(after[at + 1]!, info, after[at]!)) repeated.push(after[at]!, after[at + 1]!);
      }
      for (const [inode, fds] of yield* fdsByInodeInSteps(repeated)) {
        yield;
        this.put(inode, info, fds);
      }
    }
    for (let at = 0; at < before.length; at += 2) {
      if (at % (2 * STEP) === 0 && at > 0) yield;
      const inode = before[at + 1]!;
      const known = this.byInode.get(inode) ?? [];
      const place = placeOf(known, pid);
      if (known[place]?.pid === pid && known[place].cmdline !== info?.cmdline) this.without(inode, known, place);
    }
  }

  /** Takes what is different between two readings of the same process, both in the order of numbers. */
  *change(info: OwnerInfo, before: SocketFds, after: SocketFds): Steps<void> {
    // What came first: a socket whose number has changed has an owner all the time.
    let changed = 0;
    for (const [inode, fds] of yield* fdsByInodeInSteps(yield* difference(after, before))) {
      if (++changed % STEP === 0) yield;
      this.put(inode, info, fds);
    }
    for (const [inode, fds] of yield* fdsByInodeInSteps(yield* difference(before, after))) {
      if (++changed % STEP === 0) yield;
      this.take(inode, info.pid, fds);
    }
  }

  /** Puts a process in its place with one descriptor; false when it is there already by this reading. */
  private begin(inode: number, info: OwnerInfo, fd: number): boolean {
    const known = this.byInode.get(inode);
    const owner = ownerOf(info, [fd]);
    if (known === undefined) {
      this.byInode.set(inode, [owner]);
      return true;
    }
    const place = placeOf(known, info.pid);
    const own = known[place]?.pid === info.pid ? known[place] : undefined;
    if (own !== undefined && own.cmdline === info.cmdline) return false;
    this.byInode.set(inode, known.toSpliced(place, own === undefined ? 0 : 1, owner));
    return true;
  }

  private put(inode: number, info: OwnerInfo, fds: readonly number[]): void {
    const known = this.byInode.get(inode) ?? [];
    const place = placeOf(known, info.pid);
    const own = known[place]?.pid === info.pid ? known[place] : undefined;
    const all = own === undefined ? fds : merged(own.fds, fds);
    this.byInode.set(inode, known.toSpliced(place, own === undefined ? 0 : 1, ownerOf(info, all)));
  }

  private take(inode: number, pid: number, gone: readonly number[]): void {
    const known = this.byInode.get(inode) ?? [];
    const place = placeOf(known, pid);
    const own = known[place];
    if (own?.pid !== pid) return;
    const fds = missingFrom(gone, own.fds);
    if (fds.length > 0) this.byInode.set(inode, known.toSpliced(place, 1, { ...own, fds }));
    else this.without(inode, known, place);
  }

  private without(inode: number, known: readonly SocketOwner[], place: number): void {
    if (known.length > 1) this.byInode.set(inode, known.toSpliced(place, 1));
    else this.byInode.delete(inode);
  }
}

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

/** The same in steps, as a list. */
function* fdsByInodeInSteps(pairs: readonly number[]): Steps<[inode: number, fds: number[]][]> {
  if (pairs.length <= 2 * STEP) return [...fdsByInode(pairs)];
  const places = yield* sortedInSteps(
    Array.from({ length: pairs.length / 2 }, (_, at) => 2 * at),
    (a, b) => pairs[a + 1]! - pairs[b + 1]!,
  );
  const groups: [number, number[]][] = [];
  for (const [at, place] of places.entries()) {
    if (at % STEP === 0) yield;
    const inode = pairs[place + 1]!;
    const last = groups[groups.length - 1];
    if (last?.[0] === inode) last[1].push(pairs[place]!);
    else groups.push([inode, [pairs[place]!]]);
  }
  return groups;
}

/** Pairs compared between two pauses. */
const COMPARED = 8192;

/** The pairs of one list that the other has not. */
function* difference(list: SocketFds, other: SocketFds): Steps<number[]> {
  const missing: number[] = [];
  let against = 0;
  for (let at = 0; at < list.length; at += 2) {
    if (at % (2 * COMPARED) === 0 && at > 0) yield;
    const fd = list[at]!;
    while (against < other.length && other[against]! < fd) against += 2;
    if (other[against] !== fd || other[against + 1] !== list[at + 1]) missing.push(fd, list[at + 1]!);
  }
  return missing;
}

/** Numbers of the other list that this one has not; both are ascending. */
function missingFrom(list: readonly number[], other: readonly number[]): number[] {
  let against = 0;
  return other.filter((number) => {
    while (against < list.length && list[against]! < number) against++;
    return list[against] !== number;
  });
}

/** Numbers of both lists, which are ascending, in order. */
function merged(one: readonly number[], other: readonly number[]): number[] {
  const all = one.concat(other);
  return one.length === 0 || one[one.length - 1]! < other[0]! ? all : all.sort((a, b) => a - b);
}
