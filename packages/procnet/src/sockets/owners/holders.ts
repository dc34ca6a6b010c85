import { isProcfsError } from "../../errors.ts";
import { activityMark, isRunning, schedulerMark } from "../../host/activity.ts";
import { countAndUser } from "../../host/fd-count.ts";
import { hasThreads, liveThread } from "../../host/live-thread.ts";
import { monotonicNow } from "../../host/monotonic.ts";
import { type OwnerInfo, readOwnerInfo } from "../../host/owner-info.ts";
import type { BaseProcess } from "../../host/process.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { NO_FDS, type SocketFds } from "../../host/socket-fds.ts";
import { mayNotTrace } from "../../host/visibility.ts";
import type { BriefStat } from "../../process/brief-stat.ts";
import { isLive } from "../../read/procfs-type.ts";
import type { Steps } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import type { SocketOwner } from "../types.ts";
import { OwnerIndex } from "./owner-index.ts";
import { ShardedSet } from "./sharded.ts";

/** Bit of a process's flags that kernel threads have: PF_KTHREAD, include/linux/sched.h. */
const KERNEL_THREAD = 0x00200000;
const ZOMBIE = "Z";

/** What is known of one process. */
export interface Holder {
  readonly process: BaseProcess;
  /** Where its descriptors are: those of another thread when the main one has ended. */
  readonly directory: string;
  readonly startTime: number;
  /** What its threads had done before the descriptors were read, where that was looked at: see {@link activityMark}. */
  mark: string | undefined;
  /** When that was, by {@link monotonicNow}. */
  readonly markedAt: number;
  /** Whether it had one thread: then the mark is that of {@link schedulerMark}, where the kernel has it. */
  readonly isSingle: boolean;
  pairs: SocketFds;
  info: OwnerInfo | undefined;
  /** As a source told of it, where it did. */
  readonly told?: HeldSockets;
}

/**
 * Which processes hold which sockets, kept from one look to the next. A process is known by number and start time; one
 * whose threads have not run since the last look cannot have opened, closed or passed on anything, so it is not looked at
 * again. (Processes that share one table of descriptors without being threads of each other are the exception: clone(2)
 * with CLONE_FILES alone. Each counts as having changed only when itself has run.)
 */
export class Holders {
  private readonly procfs: BaseProcFs;
  private readonly byPid = new Map<number, Holder>();
  private readonly index = new OwnerIndex();
  /**
   * Whether some processes are expected to refuse: then sockets will seem to have no owner, a second look follows, and a mark of
   * those of one thread spares it their links.
   */
  private readonly refused: boolean;
  /** Whether the kernel is known to say how many descriptors a process has. */
  private counts = false;
  /** Changes of the index under way. Who needs to change the same process first ends what another call has begun. */
  private readonly changes = new Map<number, Steps<void>>();

  constructor(procfs: BaseProcFs) {
    this.procfs = procfs;
    this.refused = isLive(procfs.context) && mayNotTrace(`${procfs.root}/1`);
  }

  /** The owners of a socket as of the last look. */
  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.index.owners(inode);
  }

  /** Lists the processes anew; forgets those that have ended. */
  *list(): Steps<BaseProcess[]> {
    const processes = yield* this.procfs.allProcessesInSteps();
    const alive = new ShardedSet();
    for (const [at, { pid }] of processes.entries()) {
      if (at % STEP === 0) yield;
      alive.add(pid);
    }
    let seen = 0;
    for (const pid of this.byPid.keys()) {
      if (++seen % STEP === 0) yield;
      if (!alive.has(pid)) yield* this.drop(pid);
    }
    return processes;
  }

  /**
   * How many descriptors a process has that was not known, and whose they are, where the kernel says so by one call (since Linux 6.2,
   * which the first process tells that has some). 0 for those that have none, as threads of the kernel: on many hosts half of all.
   */
  firstCount({ pid }: BaseProcess): { readonly count: number; readonly uid: number } | undefined {
    if (!this.isLive || this.byPid.has(pid)) return undefined;
    const directory = `${this.procfs.root}/${pid}`;
    try {
      const first = countAndUser(`${directory}/fd`);
      this.counts ||= first.count > 0;
      // A process whose main thread has ended has them at another one.
      return first.count > 0 || (this.counts && !hasThreads(directory)) ? first : undefined;
    } catch {
      return undefined; // whoever reads more of it says why it cannot be read
    }
  }

  /**
   * Compares a process with what is known of it. `undefined` when nothing can have changed, or it cannot hold a socket;
   * else the holder whose descriptors are to be read. Throws `ESRCH` when it has ended.
   */
  *changed(process: BaseProcess): Steps<Holder | undefined> {
    const known = this.byPid.get(process.pid);
    const whole = `${this.procfs.root}/${process.pid}`;
    // Whoever asks once needs no mark: one is taken of what is seen again. The state is read after it, see schedulerMark.
    const isAsked = known === undefined ? this.refused : known.isSingle;
    const scheduled = isAsked ? schedulerMark(whole, this.isLive) : undefined;
    if (this.isLive && known !== undefined && scheduled !== undefined && hasSlept(known, scheduled)) return undefined;
    const stat = process.briefStat();
    const startTime = stat.starttime;
    const isOther = known !== undefined && known.startTime !== startTime;
    if (isOther || holdsNothing(stat)) yield* this.drop(process.pid);
    if (holdsNothing(stat)) return undefined;
    const holder = isOther ? undefined : known;
    const isNew = holder === undefined;
    const mark = isNew ? briefMark(stat, scheduled) : markOf(whole, stat, scheduled);
    if (holder?.mark !== undefined && holder.mark === mark) return undefined;
    const isSingle = stat.numThreads === 1;
    const markedAt = monotonicNow();
    const directory = stat.state === ZOMBIE ? liveThread(whole) : whole;
    const { pairs = NO_FDS, info } = holder ?? {};
    return { process, directory, startTime, mark, markedAt, isSingle, pairs, info };
  }

  /** Marks a process as it is now, where that can be done. */
  markNow(holder: Holder): void {
    const { process, directory } = holder;
    const scheduled = schedulerMark(directory, this.isLive);
    try {
      holder.mark = markOf(directory, process.briefStat(), scheduled);
    } catch {
      // Whoever reads its descriptors says why it cannot be read.
    }
  }

  /** Whether the processes are those of a running kernel. */
  get isLive(): boolean {
    return isLive(this.procfs.context);
  }

  /** Takes what was read of a process's descriptors. */
  *apply(holder: Holder, pairs: SocketFds): Steps<void> {
    const { pid } = holder.process;
    const info = pairs.length === 0 ? undefined : infoOf(holder);
    if (pairs.length > 0 && info === undefined) {
      yield* this.drop(pid); // ended meanwhile
      return;
    }
    yield* this.settle(pid);
    const old = this.byPid.get(pid);
    if (old?.info !== undefined && info !== undefined && isSame(old.info, info)) {
      this.byPid.set(pid, { ...holder, pairs, info: old.info });
      if (pairs === old.pairs) return;
      this.changes.set(pid, this.index.change(old.info, old.pairs, pairs));
    } else {
      this.byPid.set(pid, { ...holder, pairs, info });
      this.changes.set(pid, this.index.replace(pid, old?.pairs ?? NO_FDS, info, pairs));
    }
    yield* this.settle(pid);
  }

  /**
   * Takes what a source tells of a process; `false` when it has ended, and perhaps another one has its number. Of one that holds what it
   * held, what it is called is read anew where links would be: a process writes over its arguments, which no source sees.
   */
  *told(told: HeldSockets): Steps<boolean> {
    const { pid, pairs } = told;
    const process = this.procfs.process(pid);
    const changed = yield* this.changed(process);
    const holder = changed ?? this.byPid.get(pid);
    if (holder !== undefined && holder.startTime !== told.start) yield* this.drop(pid);
    if (holder?.startTime !== told.start) return false;
    if (changed !== undefined || holder.told !== told) yield* this.apply({ ...holder, told }, pairs);
    return this.byPid.has(pid);
  }

  /** Forgets all processes but these. */
  *keepOnly(pids: Pick<ReadonlySet<number>, "has">): Steps<void> {
    let seen = 0;
    for (const pid of [...this.byPid.keys()]) {
      if (++seen % STEP === 0) yield;
      if (!pids.has(pid)) yield* this.drop(pid);
    }
  }

  /** The process is gone, or can no longer be read. */
  *drop(pid: number): Steps<void> {
    yield* this.settle(pid);
    const holder = this.byPid.get(pid);
    if (holder === undefined) return;
    this.byPid.delete(pid);
    this.changes.set(pid, this.index.replace(pid, holder.pairs, undefined, NO_FDS));
    yield* this.settle(pid);
  }

  /** Ends the change of a process that is under way, this call's or another's. */
  private *settle(pid: number): Steps<void> {
    for (let change = this.changes.get(pid); change !== undefined; change = this.changes.get(pid)) {
      if (change.next().done) this.changes.delete(pid);
      else yield;
    }
  }
}

/** Processes looked at between two pauses where little is done with each. */
const STEP = 512;

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

/** `scheduled` is what {@link schedulerMark} gave before the state was read. */
function markOf(directory: string, stat: BriefStat, scheduled: string | undefined): string | undefined {
  const isBrief = stat.numThreads === 1 && scheduled !== undefined;
  return isBrief ? briefMark(stat, scheduled) : activityMark(directory, stat.numThreads);
}

/** The mark of a process of one thread. */
function briefMark({ numThreads, state }: BriefStat, scheduled: string | undefined): string | undefined {
  return numThreads === 1 && !isRunning(state) ? scheduled : undefined;
}

/**
 * A thread says that it sleeps some time before it leaves the processor, and may then go on after all, without being put there anew. But
 * how long it has run is written down at each tick, and once a second on a processor without ticks (`sched_tick_remote`,
 * kernel/sched/core.c): so old a mark tells of it.
 */
const OLD = 2000;

/** Whether the only thread has done nothing since its mark was taken, so that it is the same process, and sleeps still. */
function hasSlept({ mark, markedAt }: Holder, scheduled: string): boolean {
  return mark === scheduled && monotonicNow() - markedAt > OLD;
}

/** Whether it has no descriptors at all, though its directory may refuse to be read: a thread of the kernel, a zombie. */
export function holdsNothing({ flags, state, numThreads }: BriefStat): boolean {
  return (flags & KERNEL_THREAD) !== 0 || (state === ZOMBIE && numThreads <= 1);
}

function isSame(a: OwnerInfo, b: OwnerInfo): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
