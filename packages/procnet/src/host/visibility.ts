import { latin1 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { MACHINE_ROOT, type ProcContext } from "../read/context.ts";
import { readAll, readLink } from "../read/file.ts";
import { isLive } from "../read/procfs-type.ts";

/** Number of the pid namespace that the machine began with: PROC_PID_INIT_INO, include/linux/proc_ns.h. */
const INITIAL_PID_NAMESPACE = "pid:[4026531836]";

/** Number of the user namespace that the machine began with: PROC_USER_INIT_INO, include/linux/proc_ns.h. */
const INITIAL_USER_NAMESPACE = "user:[4026531837]";

/** Bit of the right to trace any process: CAP_SYS_PTRACE, include/uapi/linux/capability.h. */
const MAY_TRACE = 1n << 19n;

/**
 * Whether procfs is mounted so that it hides the processes of other users from this reader (`hidepid`, proc(5)). Who may
 * trace them sees them all, as root mostly may, but not in a container; and who captured a tree was perhaps somebody else.
 */
export function hidesProcesses(context: ProcContext): boolean {
  const live = isLive(context);
  if (seesAllProcesses(context)) return false;
  // Of a running kernel the reader's own mounts, wherever procfs is mounted; of a captured tree those of process 1.
  const lines = (live ? textOf(MACHINE_ROOT, "self/mountinfo") : textOf(context.root, "1/mountinfo")).split("\n");
  const place = live ? context.root : MACHINE_ROOT;
  // `36 35 0:33 / /proc rw,nosuid shared:13 - proc proc rw,hidepid=invisible`: the last mount on a place is the one seen.
  const mount = lines.findLast((line) => line.includes(" - proc ") && unescaped(line.split(" ")[4]!) === place);
  const options = mount?.slice(mount.lastIndexOf(" ") + 1).split(",") ?? [];
  return options.some((option) => option.startsWith("hidepid=") && option !== "hidepid=0" && option !== "hidepid=off");
}

/** Root of another user namespace has the right over the processes in it alone. */
function mayTrace(): boolean {
  if (!isInInitialUserNamespace()) return false;
  const [, rights] = /^CapEff:\t([0-9a-f]+)$/m.exec(textOf(MACHINE_ROOT, "self/status")) ?? [];
  return rights !== undefined && (BigInt(`0x${rights}`) & MAY_TRACE) !== 0n;
}

function isInInitialUserNamespace(): boolean {
  try {
    return readLink(`${MACHINE_ROOT}/self/ns/user`) === INITIAL_USER_NAMESPACE;
  } catch (error) {
    return isProcfsError(error) && error.code === "ENOENT"; // a kernel without user namespaces
  }
}

/**
 * Whether this reader is shown all that the kernel shows anybody: it may trace every process of the running machine. What
 * refuses it all the same, such as the first process of some virtual machines, refuses everybody.
 */
export function seesAllProcesses(context: ProcContext): boolean {
  return isLive(context) && mayTrace();
}

/** The kernel writes blanks in paths as octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** Whether the processes seen are those of a pid namespace within another one, whose processes cannot be seen. */
export function isNested(context: ProcContext): boolean {
  if (!isLive(context)) return false;
  try {
    return readLink(`${context.root}/${context.own ? "self" : "1"}/ns/pid`) !== INITIAL_PID_NAMESPACE;
  } catch {
    return false; // a kernel without pid namespaces, or a process that may not be looked at
  }
}

/** The path is put together here: bundlers pack files that are named in full. */
function textOf(root: string, name: string): string {
  try {
    const bytes = readAll(`${root}/${name}`);
    return latin1(bytes, 0, bytes.length);
  } catch {
    return ""; // a captured tree need not have it
  }
}

/** Whether the links of a process are refused. */
export function mayNotTrace(directory: string): boolean {
  try {
    readLink(`${directory}/exe`);
    return false;
  } catch (error) {
    return isProcfsError(error) && error.code === "EACCES";
  }
}
