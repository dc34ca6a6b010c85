import { countInSteps } from "../../host/fd-count.ts";
import { hasThreads, liveThread } from "../../host/live-thread.ts";
import { readOwnerInfo } from "../../host/owner-info.ts";
import type { BaseProcess } from "../../host/process.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { fewSocketFds, MANY, type SocketFds, socketFds } from "../../host/socket-fds.ts";
import { asProcfsError } from "../../read/failure.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import type { SocketOwner } from "../types.ts";
import { note, nothingUnseen, type OwnersFound, type Unseen } from "./found.ts";
import { type Holders, holdsNothing } from "./holders.ts";
import { fdsByInode, ownerOf } from "./owner-index.ts";

/** Servers open their listeners early, so they have low numbers. */
const LOW = 64;

/** A process with at most so many descriptors is read whole at once. */
const FEW = 256;

/** So many more descriptors are read for the sake of a complete answer: about 10 ms. */
const LITTLE = 2048;

/**
 * How far the search goes: to the low descriptors of all processes and no further (`low`), until each socket has an owner
 * (`one`), or so and then to the end where little is left (`cheap`).
 */
export type Effort = "low" | "one" | "cheap";

/**
 * Finds the owners of a few sockets, without looking at everything: first the low descriptors of all processes, those of
 * the sockets' own users and of owners known before in front; the rest as far as the {@link Effort} goes. How many owners
 * there are cannot be known before: the kernel's count of references to a listener is 1, however many processes share it.
 *
 * `wanted` gives the user id of each inode.
 */
export function* searchFew(
  procfs: BaseProcFs,
  holders: Holders,
  wanted: ReadonlyMap<number, number>,
  effort: Effort,
): Steps<OwnersFound> {
  const search: Search = { wanted, found: new Map(), unseen: nothingUnseen(), live: holders.isLive };
  const { found, unseen } = search;
  const asFar = (whole: boolean): OwnersFound => ({ owners: (inode) => found.get(inode), unseen, whole });
  if (wanted.size === 0) return asFar(true);
  const rest: Candidate[] = [];
  for (const candidate of yield* ordered(procfs, holders, search)) {
    yield;
    if (effort === "low" && found.size === wanted.size) return asFar(false);
    const isSmall = candidate.size <= FEW;
    yield* lookAt(candidate, isSmall ? undefined : LOW, undefined, search);
    if (!isSmall) rest.push(candidate);
  }
  if (effort === "low") return asFar(rest.length === 0);
  const left = rest.reduce((sum, { size }) => sum + size, 0);
  const whole = yield* lookFurther(rest, search, effort === "cheap" && left <= LITTLE);
  for (const owners of found.values()) owners.sort((a, b) => a.pid - b.pid);
  return asFar(whole);
}

/** What is looked for, and what was found so far. */
interface Search {
  /** User ids by inode. */
  readonly wanted: ReadonlyMap<number, number>;
  readonly found: Map<number, SocketOwner[]>;
  readonly unseen: Unseen;
  /** Whether the processes are those of a running kernel. */
  readonly live: boolean;
}

/** Reads processes to their end while an owner is missing, or all of them; tells whether it has. */
function* lookFurther(rest: readonly Candidate[], search: Search, toTheEnd: boolean): Steps<boolean> {
  const { wanted, found } = search;
  let whole = true;
  for (const candidate of rest) {
    const missing = new Set([...wanted.keys()].filter((inode) => !found.has(inode)));
    if (missing.size === 0 && !toTheEnd) return false;
    const isEnough = (inode: number): boolean => {
      if (!missing.delete(inode) || missing.size > 0) return false;
      whole = false;
      return true;
    };
    yield* lookAt(candidate, undefined, toTheEnd ? undefined : isEnough, search);
  }
  return whole;
}

interface Candidate {
  readonly process: BaseProcess;
  readonly directory: string;
  readonly size: number;
  readonly rank: number;
}

/** Processes that can hold a socket at all, the likeliest first. */
function* ordered(procfs: BaseProcFs, holders: Holders, { wanted, unseen, live }: Search): Steps<Candidate[]> {
  const known = new Set([...wanted.keys()].flatMap((inode) => holders.owners(inode)?.map(({ pid }) => pid) ?? []));
  const uids = new Set(wanted.values());
  const candidates: Candidate[] = [];
  for (const process of yield* procfs.allProcessesInSteps()) {
    yield;
    const whole = `${procfs.root}/${process.pid}`;
    const first = holders.firstCount(process);
    if (first?.count === 0) continue;
    const size = first?.count ?? (yield* sizeOf(process, whole, unseen, live));
    // A kernel thread, a zombie, or it has ended; unless only the main thread has.
    const isLeft = size === 0 && hasThreads(whole);
    if (size === 0 && !isLeft) continue;
    const rank = known.has(process.pid) ? 0 : uids.has(first?.uid ?? uidOf(process)) ? 1 : 2;
    candidates.push({ process, directory: isLeft ? liveThread(whole) : whole, size, rank });
  }
  return yield* sortedInSteps(candidates, (a, b) => a.rank - b.rank || a.size - b.size);
}

/** Descriptors of the process; 1 when the number is not to be had but some may exist. */
function* sizeOf(process: BaseProcess, directory: string, unseen: Unseen, live: boolean): Steps<number> {
  try {
    return yield* countInSteps(`${directory}/fd`, { processDirectory: directory, live });
  } catch (thrown) {
    const error = asProcfsError(thrown, directory);
    unseen.exited ||= error.code === "ESRCH";
    return error.code === "ESRCH" || isEmpty(process) ? 0 : 1;
  }
}

function isEmpty(process: BaseProcess): boolean {
  try {
    return holdsNothing(process.briefStat());
  } catch {
    return false;
  }
}

function uidOf(process: BaseProcess): number {
  try {
    return process.uid;
  } catch {
    return -1;
  }
}

function* lookAt(
  { process, directory, size }: Candidate,
  upTo: number | undefined,
  isEnough: ((inode: number) => boolean) | undefined,
  search: Search,
): Steps<void> {
  try {
    const context = { processDirectory: directory, live: search.live };
    const few = search.live && size > 0 && size < MANY ? fewSocketFds(directory, context) : undefined;
    const pairs = few ?? (yield* socketFds(directory, context, { upTo, isEnough, size }));
    take(process, directory, pairs, search);
  } catch (error) {
    note(process.pid, asProcfsError(error, directory), search.unseen);
  }
}

function take(process: BaseProcess, directory: string, pairs: SocketFds, { wanted, found }: Search): void {
  const held = [...fdsByInode(pairs)].filter(([inode]) => wanted.has(inode));
  if (held.length === 0) return;
  const info = readOwnerInfo(process, directory);
  for (const [inode, fds] of held) {
    const owners = found.get(inode) ?? [];
    found.set(inode, [...owners.filter(({ pid }) => pid !== info.pid), ownerOf(info, fds)]);
  }
}
