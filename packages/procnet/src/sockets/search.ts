import { isProcfsError, type ProcfsError } from "../errors.ts";
import type { Process } from "../proc/process.ts";
import { type SocketFds, socketFds } from "../proc/socket-fds.ts";
import type { Steps } from "./drive.ts";
import type { Holder, Holders } from "./holders.ts";
import type { Plan } from "./plan.ts";
import type { LinkReaders } from "./pool.ts";
import type { Skipped } from "./types.ts";

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
  const queue: Sized[] = [];
  for (const process of holders.list()) {
    yield;
    const holder = attempt(process, outcome, holders, () => holders.changed(process));
    if (holder !== undefined) queue.push({ holder, size: sizeOf(holder) });
  }
  // The largest first to the other threads, the smallest first here: all end at about the same time.
  queue.sort((a, b) => b.size - a.size);
  let left = budget.descriptors;
  const isOver = (size: number) => size > left || performance.now() - began > budget.milliseconds;

  const total = queue.reduce((sum, { size }) => sum + size, 0);
  const pending = new Set<Promise<void>>();
  const read: Read[] = [];
  // What a thread could not read. Given to a thread again, it would go to and fro for ever.
  const refused: Sized[] = [];
  if (readers !== undefined && total > WORTH_A_THREAD && budget === UNLIMITED) {
    const pool = readers();
    const feed = (): void => {
      const next = pool.idle > 0 ? queue.shift() : undefined;
      if (next === undefined) return;
      const { holder } = next;
      const job = pool.read(holder.directory).then((pairs) => {
        pending.delete(job);
        if (pairs !== undefined) read.push({ holder, pairs });
        else refused.push(next);
        feed();
      });
      pending.add(job);
      feed();
    };
    feed();
  }

  for (;;) {
    const done = read.pop();
    if (done !== undefined) {
      yield* holders.apply(done.holder, done.pairs);
      continue;
    }
    const next = refused.pop() ?? queue.pop();
    if (next === undefined) {
      if (pending.size === 0) break;
      yield Promise.race(pending);
      continue;
    }
    if (isOver(next.size)) {
      outcome.overBudget = true;
      break;
    }
    const { holder } = next;
    const pairs = yield* readHere(holder, outcome, holders);
    if (pairs !== undefined) yield* holders.apply(holder, pairs);
    left -= next.size;
  }
  return outcome;
}

interface Sized {
  readonly holder: Holder;
  readonly size: number;
}

/** What a thread has read. */
interface Read {
  readonly holder: Holder;
  readonly pairs: SocketFds;
}

function sizeOf(holder: Holder): number {
  try {
    return holder.process.fdCount();
  } catch {
    return 0; // whoever reads the descriptors says why
  }
}

function* readHere(holder: Holder, outcome: Outcome, holders: Holders): Steps<SocketFds | undefined> {
  const { process, directory } = holder;
  try {
    return yield* socketFds(directory, { processDirectory: directory, right: RIGHT });
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    note(process, error, outcome);
    holders.drop(process.pid);
    return undefined;
  }
}

function attempt<Value>(process: Process, outcome: Outcome, holders: Holders, read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    note(process, error, outcome);
    holders.drop(process.pid);
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
