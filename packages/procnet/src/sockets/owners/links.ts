import { countInSteps } from "../../host/fd-count.ts";
import type { SocketFds } from "../../host/socket-fds.ts";
import type { Steps } from "../drive.ts";
import { Others, type Readable, type Sized } from "./others.ts";
import type { LinkReaders } from "./pool.ts";

/** With more descriptors than this to read, other threads take part: one starts in the time of 10,000 links, and two at once take longer for each. */
const WORTH_A_THREAD = 40_000;

/** What is done with each process of a queue. */
export interface LinkWork<One> {
  /** Reads its descriptors on this thread. */
  readonly here: (sized: Sized<One>) => Steps<unknown>;
  /** Takes what another thread has read. */
  readonly there: (one: One, pairs: SocketFds) => Steps<unknown>;
  /** Whether so many descriptors more are too many. */
  readonly isOver?: (size: number) => boolean;
}

/**
 * Reads the descriptors of all processes of a queue that is sorted, the largest first: those are for other threads; the smallest
 * last, which are read here. All end at about the same time so. False when it was over before the end.
 */
export function* readLinks<One extends Readable>(
  queue: Sized<One>[],
  readers: (() => LinkReaders) | undefined,
  live: boolean,
  { here, there, isOver }: LinkWork<One>,
): Steps<boolean> {
  const total = queue.reduce((sum, { size }) => sum + size, 0);
  const others = readers !== undefined && total > WORTH_A_THREAD ? new Others(readers(), queue, live) : undefined;
  others?.feed();
  for (;;) {
    yield;
    const done = others?.read.pop();
    if (done !== undefined) {
      yield* there(done.holder, done.pairs);
      continue;
    }
    const next = others?.refused.pop() ?? queue.pop();
    if (next === undefined) {
      if (others === undefined || others.pending.size === 0) return true;
      yield Promise.race(others.pending);
      continue;
    }
    if (isOver?.(next.size)) return false;
    yield* here(next);
  }
}

/** How many descriptors a process has, as far as that can be told. */
export function* sizeOf({ directory }: Readable, live: boolean): Steps<number> {
  try {
    return yield* countInSteps(`${directory}/fd`, { live });
  } catch {
    return 0; // whoever reads the descriptors says why
  }
}
