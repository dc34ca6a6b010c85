import { statSync } from "node:fs";
import { readAll } from "../read/file.ts";
import { fsPath } from "../read/fs-path.ts";
import { nextName, openNames } from "../read/names.ts";
import { OWN_LINKS, stateOf } from "./activity.ts";

/** States of a thread that has ended. */
const ENDED = "ZX";

/** Threads that are looked at: mostly the second one lives. */
const MOST = 64;

/**
 * A process whose main thread has ended while others live is a zombie by its own files, without descriptors, arguments and
 * program: they are found at a thread that lives. Gives that thread's directory; the process's own when there is none.
 */
export function liveThread(directory: string): string {
  try {
    const threads = openNames(`${directory}/task`);
    try {
      for (let tried = 0; tried < MOST; tried++) {
        const thread = nextName(threads);
        if (thread === undefined) break;
        if (isAlive(`${directory}/task/${thread}`)) return `${directory}/task/${thread}`;
      }
    } finally {
      threads.closeSync();
    }
  } catch {
    // Ended meanwhile, or hidden: whoever reads its descriptors says which.
  }
  return directory;
}

/** One that ended since it was listed has no such file any more; the next may live. */
function isAlive(directory: string): boolean {
  try {
    const state = stateOf(readAll(`${directory}/status`));
    return state !== "" && !ENDED.includes(state);
  } catch {
    return false;
  }
}

/** Whether a process has more threads than one, as far as the kernel says so by the links of a directory. */
export function hasThreads(directory: string): boolean {
  try {
    return statSync(fsPath(`${directory}/task`)).nlink > OWN_LINKS + 1;
  } catch {
    return false;
  }
}
