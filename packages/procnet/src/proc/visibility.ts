import { latin1 } from "../text/strings.ts";
import type { ProcContext } from "./context.ts";
import { isProcfs } from "./procfs-type.ts";
import { readAll, readLink } from "./read.ts";

/** Number of the pid namespace that the machine began with: PROC_PID_INIT_INO, include/linux/proc_ns.h. */
const INITIAL_PID_NAMESPACE = "pid:[4026531836]";

/**
 * Whether procfs is mounted so that it hides the processes of other users from this reader (`hidepid`, proc(5)). Root sees
 * them all, but who captured a tree was perhaps somebody else.
 */
export function hidesProcesses(context: ProcContext): boolean {
  if (process.geteuid?.() === 0 && isLive(context)) return false;
  const lines = textOf(`${context.root}/${context.own ? "self" : "1"}/mountinfo`).split("\n");
  // `36 35 0:33 / /proc rw,nosuid shared:13 - proc proc rw,hidepid=invisible`: the last mount on a place is the one seen.
  const mount = lines.findLast((line) => line.split(" ")[4] === "/proc" && line.includes(" - proc "));
  const options = mount?.slice(mount.lastIndexOf(" ") + 1).split(",") ?? [];
  return options.some((option) => option.startsWith("hidepid=") && option !== "hidepid=0" && option !== "hidepid=off");
}

/** Whether this process is in a pid namespace within another one, whose processes it cannot see. */
export function isNested(context: ProcContext): boolean {
  if (!context.own) return false;
  try {
    return readLink(`${context.root}/self/ns/pid`) !== INITIAL_PID_NAMESPACE;
  } catch {
    return false; // a kernel without pid namespaces
  }
}

/** Whether it is a procfs of a running kernel, and no captured tree. */
export function isLive({ own, root }: ProcContext): boolean {
  if (own) return true;
  try {
    return isProcfs(root);
  } catch {
    return false;
  }
}

function textOf(path: string): string {
  try {
    const bytes = readAll(path);
    return latin1(bytes, 0, bytes.length);
  } catch {
    return ""; // a captured tree need not have it
  }
}
