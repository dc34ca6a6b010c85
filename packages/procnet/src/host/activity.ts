import { readdirSync, statSync } from "node:fs";
import { latin1, latin1Bytes } from "../bytes/strings.ts";
import { readAll, readRecord } from "../read/file.ts";
import { fsPath } from "../read/fs-path.ts";

/** With more threads than this, one has hardly ever not run; and reading what each says takes longer than what it would spare. */
const MOST_THREADS = 64;

/** Links of a directory beside those of the directories in it. */
export const OWN_LINKS = 2;

/** A thread that runs, or is about to: what it holds may change while it is looked at. */
const RUNNING = "R";

const STATE = latin1Bytes("\nState:\t");
/** The two counts of context switches are the last that kernels write of a thread; what is behind them does not change. */
const VOLUNTARY = latin1Bytes("\nvoluntary_ctxt_switches:\t");

/**
 * A mark of what the threads of a process have done: state and context switches of each. As long as it stays the same, no
 * thread has run, and so nothing the process holds has changed. `undefined` when that cannot be said: a thread is running,
 * there are very many of them, or the marks cannot be read. `threads` is their number where the caller knows it.
 *
 * A thread that sleeps can only run and sleep again by a context switch, which `proc_pid_status` (fs/proc/array.c) counts.
 */
export function activityMark(directory: string, threads?: number): string | undefined {
  try {
    // Of the only thread that there is, the file of the process is its own: nothing has to be listed.
    if (threads === 1) return markOf(directory);
    threads ??= statSync(fsPath(`${directory}/task`)).nlink - OWN_LINKS;
    if (threads > MOST_THREADS) return undefined;
    let mark = "";
    for (const thread of readdirSync(fsPath(`${directory}/task`), "latin1")) {
      const own = markOf(`${directory}/task/${thread}`);
      if (own === undefined) return undefined;
      mark += `${thread}${own} `;
    }
    return mark === "" ? undefined : mark;
  } catch {
    return undefined; // ended, or not for this reader's eyes: whoever reads its descriptors says which
  }
}

/** The mark of one thread; `undefined` while it runs. */
function markOf(directory: string): string | undefined {
  const status = readAll(`${directory}/status`);
  const state = stateOf(status);
  if (state === "" || state === RUNNING) return undefined;
  const switches = lastBehind(status, VOLUNTARY);
  // A kernel that does not count, as gVisor: the mark would never change.
  return switches < 0 ? undefined : state + latin1(status, switches, status.length);
}

/** What the scheduler writes of a thread that it keeps no account of, or that has never run. */
const NO_ACCOUNT = "0 0 0\n";

/**
 * The same as {@link activityMark} in a third of its time, for a process of one thread: how long it has run and waited, and how
 * often it was put on a processor (`proc_pid_schedstat`, fs/proc/base.c, with CONFIG_SCHED_INFO). It says nothing of a thread
 * that runs on: the caller reads the state after the mark, and drops the mark of one that runs. A thread that slept then and
 * has run since was put on a processor, which is counted at once.
 */
export function schedulerMark(directory: string, live: boolean): string | undefined {
  try {
    const bytes = readRecord(`${directory}/schedstat`, { live });
    const mark = latin1(bytes, 0, bytes.length);
    return mark === NO_ACCOUNT ? undefined : mark;
  } catch {
    return undefined; // a kernel without it, a process that has ended
  }
}

/** Whether a thread in this state, by its letter, runs or is about to. */
export function isRunning(state: string): boolean {
  return state === RUNNING;
}

/*
 * The first and the last line that begin with a name are the kernel's own: it escapes newlines in the one field that others
 * choose.
 */

/** The letter of a thread's state, of its file `status`; empty when that does not say. */
export function stateOf(status: Uint8Array): string {
  for (let at = 0; at + STATE.length < status.length; at++)
    if (isAt(status, at, STATE)) return String.fromCharCode(status[at + STATE.length]!);
  return "";
}

/** Where the value begins behind the last such name; -1 when there is none. */
function lastBehind(text: Uint8Array, name: Uint8Array): number {
  for (let at = text.length - name.length; at >= 0; at--) if (isAt(text, at, name)) return at + name.length;
  return -1;
}

function isAt(text: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let next = 0; next < name.length; next++) if (text[at + next] !== name[next]) return false;
  return true;
}
