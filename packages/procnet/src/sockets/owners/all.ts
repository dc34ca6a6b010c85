import { monotonicNow } from "../../host/monotonic.ts";
import type { BaseProcess } from "../../host/process.ts";
import { fewSocketFds, MANY, socketFds } from "../../host/socket-fds.ts";
import { asProcfsError, traceRight } from "../../read/failure.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import { type Budget, UNLIMITED } from "./budget.ts";
import { note, nothingUnseen, type OwnersFound, type Unseen } from "./found.ts";
import type { Holder, Holders } from "./holders.ts";
import { readLinks, sizeOf } from "./links.ts";
import type { Sized } from "./others.ts";
import type { LinkReaders } from "./pool.ts";

/**
 * A process with more descriptors than this is marked at the first look: to read them again costs more. Of one with fewer, which is
 * most of them, the second look does so.
 */
const WORTH_A_MARK = 64;

/**
 * Looks at all processes: brings what is known of them up to date, so that the owners of every socket are known. `readers` may
 * take part.
 */
export function* searchAll(
  holders: Holders,
  budget: Budget,
  readers: (() => LinkReaders) | undefined,
): Steps<OwnersFound> {
  const began = monotonicNow();
  const unseen = nothingUnseen();
  const queue = yield* changedOnes(holders, unseen);
  let left = budget.descriptors;
  const isOver = (size: number): boolean => size > left || monotonicNow() - began > budget.milliseconds;
  const threads = budget === UNLIMITED ? readers : undefined;
  const isWhole = yield* readLinks(queue, threads, holders.isLive, {
    *here(next) {
      yield* guarded(next.holder.process, unseen, holders, () => readHere(next, holders));
      left -= next.size;
    },
    there: (holder, pairs) => guarded(holder.process, unseen, holders, () => holders.apply(holder, pairs)),
    isOver,
  });
  unseen.overBudget = !isWhole;
  return { owners: (inode) => holders.owners(inode), unseen, whole: isWhole };
}

/** The processes whose descriptors are to be read, the largest first. */
function* changedOnes(holders: Holders, unseen: Unseen): Steps<Sized<Holder>[]> {
  const found: Sized<Holder>[] = [];
  for (const process of yield* holders.list()) {
    yield;
    const count = holders.firstCount(process)?.count;
    if (count === 0) continue;
    const holder = yield* guarded(process, unseen, holders, () => holders.changed(process));
    if (holder === undefined) continue;
    const size = count ?? (yield* sizeOf(holder, holders.isLive));
    if (size > WORTH_A_MARK && holder.mark === undefined) holders.markNow(holder);
    found.push({ holder, size });
  }
  return yield* sortedInSteps(found, (a, b) => b.size - a.size);
}

function* readHere({ holder, size }: Sized<Holder>, holders: Holders): Steps<void> {
  const { directory } = holder;
  const context = { processDirectory: directory, right: traceRight, live: holders.isLive };
  // With few descriptors there is nothing to pause for.
  const few = size > 0 && size < MANY && holders.isLive ? fewSocketFds(directory, context) : undefined;
  const pairs = few ?? (yield* socketFds(directory, context, { size }));
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
