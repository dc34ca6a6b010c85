import { readFileSync, statSync } from "node:fs";

const OWN = "/proc";

/**
 * Why the kernel, asked from here, tells of something else than a procfs that is not the reader's own: of another network namespace, with
 * other process ids; `undefined` where it is the same. Network files of such a procfs are those of its process 1.
 */
export function otherProcfs(root: string): string | undefined {
  if (root === OWN) return undefined;
  if (!isOfOwnProcesses(root)) return `${root} has processes of another pid namespace`;
  const [there, here] = [inodeOf(`${root}/1/net/dev`), inodeOf(`${OWN}/self/net/dev`)];
  return there !== undefined && there === here ? undefined : `${root} has the files of another network namespace`;
}

/** Of each pid namespace down from that of the procfs the reader has a number, proc_pid_status of fs/proc/array.c. */
function isOfOwnProcesses(root: string): boolean {
  try {
    return /^NSpid:\t\d+$/m.test(readFileSync(`${root}/self/status`, "latin1"));
  } catch {
    return false; // the reader is not in it
  }
}

/** Each network namespace has files of its own, whose numbers everybody can read. */
function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}
