import type { ProcfsError } from "../../errors.ts";
import { countInSteps } from "../../host/fd-count.ts";
import type { Process } from "../../host/process.ts";
import { socketFds } from "../../host/socket-fds.ts";
import { asProcfsError } from "../../read/failure.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import type { Skipped } from "../types.ts";
import type { Holder, Holders } from "./holders.ts";
import { Others, type Sized } from "./others.ts";
import type { LinkReaders } from "./pool.ts";

/** How much a look may cost. */
export interface Budget {
  readonly descriptors: number;
  readonly milliseconds: number;
}

export const UNLIMITED: Budget = { descriptors: Number.POSITIVE_INFINITY, milliseconds: Number.POSITIVE_INFINITY };

/** That of a plan; {@link UNLIMITED} itself when it has none. */
export function budgetOf(plan: Plan): Budget {
  const { descriptors, milliseconds } = plan;
  if (descriptors === Number.POSITIVE_INFINITY && milliseconds === Number.POSITIVE_INFINITY) return UNLIMITED;
  return { descriptors, milliseconds };
}

/** What a look at the processes could not see. */
export interface Outcome {
  readonly skipped: Skipped[];
  /** A process refused to let its descriptors be read. */
  denied: boolean;
  /** A process ended meanwhile. */
  exited: boolean;
  /** The budget ended the look. */
  overBudget: boolean;
}

/** With more descriptors than this to read, other threads take part: starting one costs what 5,000 links cost. */
const WORTH_A_THREAD = 20_000;

/** Which rights show the descriptors of another process. */
const RIGHT = "the process's own user, root or CAP_SYS_PTRACE";

/** Brings what is known of all processes up to date; `readers` may take part. */
export function* lookAtAll(holders: Holders, budget: Budget, readers: (() => LinkReaders) | undefined): Steps<Outcome> {
  const began = performance.now();
  const outcome: Outcome = { skipped: [], denied: false, exited: false, overBudget: false };
  const queue = yield* changedOnes(holders, outcome);
  let left = budget.descriptors;
  const isOver = (size: number): boolean => size > left || performance.now() - began > budget.milliseconds;
  const total = queue.reduce((sum, { size }) => sum + size, 0);
  const others =
    readers !== undefined && total > WORTH_A_THREAD && budget === UNLIMITED ? new Others(readers(), queue) : undefined;
  others?.feed();
  for (;;) {
    yield;
    const done = others?.read.pop();
    if (done !== undefined) {
      yield* guarded(done.holder.process, outcome, holders, () => holders.apply(done.holder, done.pairs));
      continue;
    }
    const next = others?.refused.pop() ?? queue.pop();
    if (next === undefined) {
      if (others === undefined || others.pending.size === 0) break;
      yield Promise.race(others.pending);
      continue;
    }
    if (isOver(next.size)) {
      outcome.overBudget = true;
      break;
    }
    yield* guarded(next.holder.process, outcome, holders, () => readHere(next.holder, holders));
    left -= next.size;
  }
  return outcome;
}

/**
 * The processes whose descriptors are to be read: the largest first, which are for other threads; the smallest last, which
 * are read here. All end at about the same time so.
 */
function* changedOnes(holders: Holders, outcome: Outcome): Steps<Sized[]> {
  const found: Sized[] = [];
  for (const process of yield* holders.list()) {
    yield;
    const holder = yield* guarded(process, outcome, holders, () => holders.changed(process));
    if (holder !== undefined) found.push({ holder, size: yield* sizeOf(holder) });
  }
  return yield* sortedInSteps(found, (a, b) => b.size - a.size);
}

function* sizeOf({ directory }: Holder): Steps<number> {
  try {
    return yield* countInSteps(`${directory}/fd`, {});
  } catch {
    return 0; // whoever reads the descriptors says why
  }
}

function* readHere(holder: Holder, holders: Holders): Steps<void> {
  const { directory } = holder;
  const pairs = yield* socketFds(directory, { processDirectory: directory, right: RIGHT });
  yield* holders.apply(holder, pairs);
}

/** Does something about one process. What goes wrong costs the answer that process only: it is forgotten, and told of. */
function* guarded<Value>(
  process: Process,
  outcome: Outcome,
  holders: Holders,
  act: () => Steps<Value>,
): Steps<Value | undefined> {
  try {
    return yield* act();
  } catch (error) {
    note(process, asProcfsError(error, `${process.pid}`), outcome);
    yield* holders.drop(process.pid);
    return undefined;
  }
}

/** Remembers why a process could not be looked at. */
export function note(process: Process, error: ProcfsError, outcome: Outcome): void {
  if (error.code === "ESRCH") {
    outcome.exited = true;
    return;
  }
  // Mostly EACCES. A captured tree lacks what its maker was refused (ENOENT), and this process may have no descriptors left
  // (EMFILE): whatever it was, the process may hold any socket.
  outcome.denied = true;
  outcome.skipped.push({ what: "process", pid: process.pid, code: error.code, message: error.message });
}
