import { isProcfsError } from "../errors.ts";
import type { ProcessStat } from "../parse/process-stat.ts";
import { activityMark } from "../proc/activity.ts";
import { type OwnerInfo, readOwnerInfo } from "../proc/owner-info.ts";
import type { Process } from "../proc/process.ts";
import type { ProcFs } from "../proc/procfs.ts";
import type { SocketFds } from "../proc/socket-fds.ts";
import type { SocketOwner } from "./types.ts";

/** Bit of a process's flags that kernel threads have: PF_KTHREAD, include/linux/sched.h. */
const KERNEL_THREAD = 0x00200000;
const ZOMBIE = "Z";

/** What is known of one process. */
export interface Holder {
  readonly process: Process;
  readonly directory: string;
  readonly startTime: number;
  /** See {@link activityMark}; taken before the descriptors were read. */
  mark: string | undefined;
  pairs: SocketFds;
  info: OwnerInfo | undefined;
}

const NONE: SocketFds = new Float64Array(0);

/**
 * Which processes hold which sockets, kept from one look to the next. A process is known by number and start time; one
 * whose threads have not run since the last look cannot have opened, closed or passed on anything, so it is not looked at
 * again. (Processes that share one table of descriptors without being threads of each other are the exception: clone(2)
 * with CLONE_FILES alone. Each counts as having changed only when itself has run.)
 */
export class Holders {
  private readonly procfs: ProcFs;
  private readonly byPid = new Map<number, Holder>();
  private readonly byInode = new Map<number, readonly SocketOwner[]>();

  constructor(procfs: ProcFs) {
    this.procfs = procfs;
  }

  /** The owners of a socket as of the last look. */
  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.byInode.get(inode);
  }

  /** Lists the processes anew; forgets those that have ended. */
  list(): Process[] {
    const processes = [...this.procfs.allProcesses()];
    const alive = new Set(processes.map((process) => process.pid));
    for (const [pid, holder] of this.byPid) if (!alive.has(pid)) this.forget(holder);
    return processes;
  }

  /**
   * Compares a process with what is known of it. `undefined` when nothing can have changed, or it cannot hold a socket;
   * else the holder whose descriptors are to be read. Throws `ESRCH` when it has ended.
   */
  changed(process: Process): Holder | undefined {
    const stat = process.stat();
    const startTime = stat.starttime;
    let holder = this.byPid.get(process.pid);
    if (holder !== undefined && holder.startTime !== startTime) {
      this.forget(holder);
      holder = undefined;
    }
    if (holdsNothing(stat)) {
      if (holder !== undefined) this.forget(holder);
      return undefined;
    }
    const directory = `${this.procfs.root}/${process.pid}`;
    const mark = activityMark(directory);
    if (holder?.mark !== undefined && holder.mark === mark) return undefined;
    return { process, directory, startTime, mark, pairs: holder?.pairs ?? NONE, info: holder?.info };
  }

  /** Takes what was read of a process's descriptors. */
  apply(holder: Holder, pairs: SocketFds): void {
    const old = this.byPid.get(holder.process.pid);
    if (pairs.length === 0) {
      if (old !== undefined) this.remove(old);
      this.byPid.set(holder.process.pid, { ...holder, pairs, info: undefined });
      return;
    }
    let info: OwnerInfo;
    try {
      info = readOwnerInfo(holder.process, holder.directory);
    } catch (error) {
      if (old !== undefined) this.forget(old);
      if (isProcfsError(error)) return; // ended meanwhile
      throw error;
    }
    if (info.startTime !== holder.startTime) {
      if (old !== undefined) this.forget(old);
      return; // ended meanwhile, and another process has its number
    }
    const next: Holder = { ...holder, pairs, info };
    this.byPid.set(holder.process.pid, next);
    if (old !== undefined && isSame(old, next)) {
      next.info = old.info;
      return;
    }
    if (old !== undefined) this.remove(old);
    this.add(next, info);
  }

  /** The process is gone, or can no longer be read. */
  drop(pid: number): void {
    const holder = this.byPid.get(pid);
    if (holder !== undefined) this.forget(holder);
  }

  private forget(holder: Holder): void {
    this.remove(holder);
    this.byPid.delete(holder.process.pid);
  }

  private remove(holder: Holder): void {
    const { pid } = holder.process;
    for (let at = 1; at < holder.pairs.length; at += 2) {
      const inode = holder.pairs[at]!;
      const others = this.byInode.get(inode)?.filter((owner) => owner.pid !== pid);
      if (others === undefined || others.length === 0) this.byInode.delete(inode);
      else this.byInode.set(inode, others);
    }
  }

  private add(holder: Holder, info: OwnerInfo): void {
    const { pairs } = holder;
    for (let at = 0; at < pairs.length; at += 2) {
      const fd = pairs[at]!;
      const inode = pairs[at + 1]!;
      const others = this.byInode.get(inode);
      const own = others?.find((owner) => owner.pid === info.pid);
      // Nobody has seen the list of descriptors yet: it was made in this loop.
      if (own !== undefined) (own.fds as number[]).push(fd);
      else if (others === undefined) this.byInode.set(inode, [ownerOf(info, [fd])]);
      else
        this.byInode.set(
          inode,
          [...others, ownerOf(info, [fd])].sort((a, b) => a.pid - b.pid),
        );
    }
  }
}

/** Whether it has no descriptors at all, though its directory may refuse to be read: a thread of the kernel, a zombie. */
export function holdsNothing({ flags, state, numThreads }: ProcessStat): boolean {
  return (flags & KERNEL_THREAD) !== 0 || (state === ZOMBIE && numThreads <= 1);
}

/** An owner, its fields in the order of their documentation. */
export function ownerOf(info: OwnerInfo, fds: readonly number[]): SocketOwner {
  const { pid, startTime, comm, cmdline, exe, uid, cgroup, container, unit } = info;
  return { pid, startTime, comm, cmdline, exe, uid, fds, cgroup, container, unit };
}

/** Descriptors of each socket: a process can have several for one. */
export function fdsByInode(pairs: SocketFds): Map<number, number[]> {
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

function isSame(a: Holder, b: Holder): boolean {
  return a.pairs.length === b.pairs.length && a.pairs.every((value, at) => value === b.pairs[at]) && sameInfo(a, b);
}

function sameInfo(a: Holder, b: Holder): boolean {
  return JSON.stringify(a.info) === JSON.stringify(b.info);
}
