import { readdirSync, statSync } from "node:fs";
import { latin1 } from "../text/strings.ts";
import { fieldOf } from "./activity.ts";
import { readAll } from "./read.ts";

/** States of a thread that has ended. */
const ENDED = "ZX";

/** Links of a directory `task` beside those of its threads. */
const OWN_LINKS = 2;

/**
 * A process whose main thread has ended while others live is a zombie by its own files, without descriptors, arguments and
 * program: they are found at a thread that lives. Gives that thread's directory; the process's own when there is none.
 */
export function liveThread(directory: string): string {
  try {
    for (const thread of readdirSync(`${directory}/task`)) {
      const status = readAll(`${directory}/task/${thread}/status`);
      const state = fieldOf(latin1(status, 0, status.length), "State:\t").charAt(0);
      if (state !== "" && !ENDED.includes(state)) return `${directory}/task/${thread}`;
    }
  } catch {
    // Ended meanwhile, or hidden: whoever reads its descriptors says which.
  }
  return directory;
}

/** Whether a process has more threads than one, as far as the kernel says so by the links of a directory. */
export function hasThreads(directory: string): boolean {
  try {
    return statSync(`${directory}/task`).nlink > OWN_LINKS + 1;
  } catch {
    return false;
  }
}
