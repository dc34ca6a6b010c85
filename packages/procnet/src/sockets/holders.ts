import { isProcfsError } from "../errors.ts";
import type { ProcessStat } from "../parse/process-stat.ts";
import { activityMark } from "../proc/activity.ts";
import { liveThread } from "../proc/live-thread.ts";
import { type OwnerInfo, readOwnerInfo } from "../proc/owner-info.ts";
import type { Process } from "../proc/process.ts";
import type { ProcFs } from "../proc/procfs.ts";
import type { SocketFds } from "../proc/socket-fds.ts";
import type { Steps } from "./drive.ts";
import { madeOwners, OwnerIndex } from "./owner-index.ts";
import type { SocketOwner } from "./types.ts";

/** Bit of a process's flags that kernel threads have: PF_KTHREAD, include/linux/sched.h. */
const KERNEL_THREAD = 0x00200000;
const ZOMBIE = "Z";

/** What is known of one process. */
export interface Holder {
  readonly process: Process;
  /** Where its descriptors are: those of another thread when the main one has ended. */
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
  private readonly index = new OwnerIndex();

  constructor(procfs: ProcFs) {
    this.procfs = procfs;
  }

  /** The owners of a socket as of the last look. */
  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.index.owners(inode);
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
    const whole = `${this.procfs.root}/${process.pid}`;
    const mark = activityMark(whole);
    if (holder?.mark !== undefined && holder.mark === mark) return undefined;
    const directory = stat.state === ZOMBIE ? liveThread(whole) : whole;
    return { process, directory, startTime, mark, pairs: holder?.pairs ?? NONE, info: holder?.info };
  }

  /** Takes what was read of a process's descriptors. */
  *apply(holder: Holder, pairs: SocketFds): Steps<void> {
    const { pid } = holder.process;
    const info = pairs.length === 0 ? undefined : infoOf(holder);
    if (pairs.length > 0 && info === undefined) {
      this.drop(pid); // ended meanwhile
      return;
    }
    const next: Holder = { ...holder, pairs, info };
    const old = this.byPid.get(pid);
    if (old?.info !== undefined && info !== undefined && isSame(old.info, info)) {
      this.index.change(old.info, old.pairs, pairs);
      this.byPid.set(pid, { ...next, info: old.info });
      return;
    }
    const made = info === undefined ? [] : yield* madeOwners(info, pairs);
    this.drop(pid); // and with it what another call took in a pause of this one
    this.index.add(pairs, made);
    this.byPid.set(pid, next);
  }

  /** The process is gone, or can no longer be read. */
  drop(pid: number): void {
    const holder = this.byPid.get(pid);
    if (holder !== undefined) this.forget(holder);
  }

  private forget(holder: Holder): void {
    this.index.remove(holder.process.pid, holder.pairs);
    this.byPid.delete(holder.process.pid);
  }
}

/** What is told of a process; `undefined` when it has ended, and perhaps another one has its number. */
function infoOf({ process, directory, startTime }: Holder): OwnerInfo | undefined {
  try {
    const info = readOwnerInfo(process, directory);
    return info.startTime === startTime ? info : undefined;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** Whether it has no descriptors at all, though its directory may refuse to be read: a thread of the kernel, a zombie. */
export function holdsNothing({ flags, state, numThreads }: ProcessStat): boolean {
  return (flags & KERNEL_THREAD) !== 0 || (state === ZOMBIE && numThreads <= 1);
}

function isSame(a: OwnerInfo, b: OwnerInfo): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
