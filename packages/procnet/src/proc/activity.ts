import { readdirSync, statSync } from "node:fs";
import { latin1 } from "../text/strings.ts";
import { fsPath } from "./fs-path.ts";
import { readAll } from "./read.ts";

/** With more threads than this, one has hardly ever not run; and reading what each says takes longer than what it would spare. */
const MOST_THREADS = 64;

/** Links of a directory beside those of the directories in it. */
export const OWN_LINKS = 2;

/** A thread that runs, or is about to: what it holds may change while it is looked at. */
const RUNNING = "R";

/**
 * A mark of what the threads of a process have done: state and context switches of each. As long as it stays the same, no
 * thread has run, and so nothing the process holds has changed. `undefined` when that cannot be said: a thread is running,
 * there are very many of them, or the marks cannot be read.
 *
 * A thread that sleeps can only run and sleep again by a context switch, which `proc_pid_status` (fs/proc/array.c) counts.
 */
export function activityMark(directory: string): string | undefined {
  try {
    if (statSync(fsPath(`${directory}/task`)).nlink > MOST_THREADS + OWN_LINKS) return undefined;
    let mark = "";
    for (const thread of readdirSync(fsPath(`${directory}/task`), "latin1")) {
      const status = readAll(`${directory}/task/${thread}/status`);
      const text = latin1(status, 0, status.length);
      const state = fieldOf(text, "State:\t").charAt(0);
      if (state === RUNNING || state === "") return undefined;
      const voluntary = fieldOf(text, "voluntary_ctxt_switches:\t");
      if (voluntary === "") return undefined; // a kernel that does not count, as gVisor: the mark would never change
      mark += `${thread}${state}${voluntary}/${fieldOf(text, "nonvoluntary_ctxt_switches:\t")} `;
    }
    return mark === "" ? undefined : mark;
  } catch {
    return undefined; // ended, or not for this reader's eyes: whoever reads its descriptors says which
  }
}

/** The value behind a name that begins a line; the kernel escapes newlines in the one field that others choose. */
export function fieldOf(status: string, name: string): string {
  const at = status.indexOf(`\n${name}`);
  if (at < 0) return "";
  const start = at + 1 + name.length;
  return status.slice(start, status.indexOf("\n", start));
}
