import { countInSteps } from "../../host/fd-count.ts";
import type { BaseProcess } from "../../host/process.ts";
import { socketFds } from "../../host/socket-fds.ts";
import { asProcfsError } from "../../read/failure.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import { type Budget, UNLIMITED } from "./budget.ts";
import { note, nothingUnseen, type OwnersFound, type Unseen } from "./found.ts";
import type { Holder, Holders } from "./holders.ts";
import { Others, type Sized } from "./others.ts";
import type { LinkReaders } from "./pool.ts";

/** With more descriptors than this to read, other threads take part: starting one costs what 5,000 links cost. */
const WORTH_A_THREAD = 20_000;

/**
 * A process with more descriptors than this is marked at the first look: to read them again costs more. Of one with fewer, which is
 * most of them, the second look does so.
 */
const WORTH_A_MARK = 64;

/** Which rights show the descriptors of another process. */
const RIGHT = "the process's own user, root or CAP_SYS_PTRACE";

/**
 * Looks at all processes: brings what is known of them up to date, so that the owners of every socket are known. `readers` may
 * take part.
 */
export function* searchAll(
  holders: Holders,
  budget: Budget,
  readers: (() => LinkReaders) | undefined,
): Steps<OwnersFound> {
  const began = performance.now();
  const unseen = nothingUnseen();
  const queue = yield* changedOnes(holders, unseen);
  let left = budget.descriptors;
  const isOver = (size: number): boolean => size > left || performance.now() - began > budget.milliseconds;
  const total = queue.reduce((sum, { size }) => sum + size, 0);
  const others =
    readers !== undefined && total > WORTH_A_THREAD && budget === UNLIMITED
      ? new Others(readers(), queue, holders.isLive)
      : undefined;
  others?.feed();
  for (;;) {
    yield;
    const done = others?.read.pop();
    if (done !== undefined) {
      yield* guarded(done.holder.process, unseen, holders, () => holders.apply(done.holder, done.pairs));
      continue;
    }
    const next = others?.refused.pop() ?? queue.pop();
    if (next === undefined) {
      if (others === undefined || others.pending.size === 0) break;
      yield Promise.race(others.pending);
      continue;
    }
    if (isOver(next.size)) {
      unseen.overBudget = true;
      break;
    }
    yield* guarded(next.holder.process, unseen, holders, () => readHere(next, holders));
    left -= next.size;
  }
  return { owners: (inode) => holders.owners(inode), unseen, whole: !unseen.overBudget };
}

/**
 * The processes whose descriptors are to be read: the largest first, which are for other threads; the smallest last, which
 * are read here. All end at about the same time so.
 */
function* changedOnes(holders: Holders, unseen: Unseen): Steps<Sized[]> {
  const found: Sized[] = [];
  for (const process of yield* holders.list()) {
    yield;
    const holder = yield* guarded(process, unseen, holders, () => holders.changed(process));
    if (holder === undefined) continue;
    const size = yield* sizeOf(holder, holders.isLive);
    if (size > WORTH_A_MARK && holder.mark === undefined) holders.markNow(holder);
    found.push({ holder, size });
  }
  return yield* sortedInSteps(found, (a, b) => b.size - a.size);
}

function* sizeOf({ directory }: Holder, live: boolean): Steps<number> {
  try {
    return yield* countInSteps(`${directory}/fd`, { live });
  } catch {
    return 0; // whoever reads the descriptors says why
  }
}

function* readHere({ holder, size }: Sized, holders: Holders): Steps<void> {
  const { directory } = holder;
  const context = { processDirectory: directory, right: RIGHT, live: holders.isLive };
  const pairs = yield* socketFds(directory, context, { size });
  yield* holders.apply(holder, pairs);
}

/** Does something about one process. What goes wrong costs the answer that process only: it is forgotten, and told of. */
function* guarded<Value>(
  process: BaseProcess,
  unseen: Unseen,
  holders: Holders,
  act: () => Steps<Value>,
): Steps<Value | undefined> {
  try {
    return yield* act();
  } catch (error) {
    note(process.pid, asProcfsError(error, `${process.pid}`), unseen);
    yield* holders.drop(process.pid);
    return undefined;
  }
}
