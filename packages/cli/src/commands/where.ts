import { readdirSync, type Stats, statSync } from "node:fs";
import {
  type BaseProcFs,
  baseProcFs,
  isProcfsError,
  type Located,
  type NetworkNamespace,
  networkNamespaces,
} from "procnet";
import { CommandFailure, UsageError } from "../errors.ts";
import type { EVERYWHERE, NAMESPACE, PROCESS, ROOT, SOURCE } from "../flags/shared.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT, type Io } from "../io.ts";
import { isCapture } from "./is-capture.ts";

/** Options that say which machine is meant. */
export type RootOptions = OptionsOf<typeof ROOT>;

/** Options that say which machine and which namespace is meant. */
export type WhereOptions = RootOptions & OptionsOf<typeof PROCESS> & OptionsOf<typeof NAMESPACE>;

/** Options that say who is asked. */
export type SourceOptions = OptionsOf<typeof SOURCE>;

/** The same where all namespaces at once can be meant. */
export type AnywhereOptions = WhereOptions & OptionsOf<typeof EVERYWHERE>;

/** The procfs that was asked for, without its tables by name: most commands read a few. */
export function procfsOf(options: RootOptions, io: Io): BaseProcFs {
  const root = options.root ?? io.root;
  if (options.root !== undefined) {
    if (!isDirectory(options.root, "--root")) throw new UsageError(`--root: there is no directory "${options.root}"`);
    if (!hasProcesses(options.root)) {
      throw new UsageError(`--root: there is neither a process nor a directory net in "${options.root}", so no procfs`);
    }
  }
  return baseProcFs({
    ...(root !== undefined && { root }),
    ...(options.byteOrder && { byteOrder: options.byteOrder }),
  });
}

function isDirectory(path: string, option: string): boolean {
  return statusOf(path, option)?.isDirectory() ?? false;
}

/** What is at a path that the user gave; `undefined` for nothing. */
function statusOf(path: string, option: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new CommandFailure(`${option}: ${(error as Error).message}`, EXIT.failure);
  }
}

/** A procfs has a directory for each process, a captured one at least a namespace, and an empty mount point has none. */
function hasProcesses(root: string): boolean {
  if (["1", "self", "net"].some((name) => isDirectory(`${root}/${name}`, "--root"))) return true;
  try {
    return readdirSync(root).some((name) => /^\d+$/.test(name));
  } catch (error) {
    throw new CommandFailure(`--root: ${(error as Error).message}`, EXIT.failure);
  }
}

/** The network files that were asked for: of a process's namespace, of a namespace by its number, or the usual ones. */
export function netOf(options: WhereOptions, procfs: BaseProcFs): Located {
  const pid = netPid(options, procfs);
  return pid === undefined ? procfs : procfs.process(pid);
}

/** A process through which the namespace that was asked for can be read; `undefined` for the usual one. */
export function netPid(options: WhereOptions, procfs: BaseProcFs): number | undefined {
  if (options.netns !== undefined && options.pid !== undefined) {
    throw new UsageError("--pid and --netns both say which network namespace is meant: give one of them");
  }
  if (options.netns !== undefined) {
    const process = processOf(options.netns);
    if (process !== undefined) {
      checkProcess(procfs, process);
      return process;
    }
    const found = namespaceOf(procfs, namespaceNumber(options.netns));
    return found.current ? undefined : found.pids[0];
  }
  const [pid, ...others] = options.pid ?? [];
  if (others.length > 0) throw new UsageError("--pid: one process, whose network namespace is meant");
  if (pid !== undefined) checkProcess(procfs, pid);
  return pid;
}

/** Says that there is no such process, not that a file is missing. A captured one need not have this file. */
function checkProcess(procfs: BaseProcFs, pid: number): void {
  try {
    procfs.process(pid).stat();
  } catch (error) {
    if (!isProcfsError(error) || error.code !== "ENOENT") throw error;
  }
}

/** A flag of a process that is ending: do_exit() takes its namespaces from it before it becomes a zombie. */
const PF_EXITING = 0x4;

/** Whether a process is gone, is ending, or only waits for its parent to ask how it ended: it is in no namespace then. */
export function hasEnded(pid: number, procfs: BaseProcFs): boolean {
  try {
    const { state, flags } = procfs.process(pid).stat();
    return state === "Z" || state === "X" || (flags & PF_EXITING) !== 0;
  } catch (error) {
    if (isProcfsError(error)) return error.code === "ESRCH" || error.code === "ENOENT";
    throw error;
  }
}

/** A process in a network namespace, other than the one that has ended. */
export function processIn(procfs: BaseProcFs, namespace: number, ended: number): number | undefined {
  const found = networkNamespaces(procfs).find(({ inode }) => inode === namespace);
  return found?.pids.find((pid) => pid !== ended);
}

/** Namespaces in which sockets are looked for. */
export interface Namespaces {
  readonly read: "current" | "all" | readonly number[];
  /** Whether their number tells rows apart. */
  readonly several: boolean;
  /** Those of the processes that were asked for: what these hold in others is shown too, as far as it can be seen. */
  readonly own?: readonly number[];
}

/** The namespaces in which sockets are to be looked for. A process may hold some of another than the one it is in. */
export function namespacesHeldIn(options: AnywhereOptions, procfs: BaseProcFs): Namespaces {
  if (options.allNamespaces && options.netns !== undefined) {
    throw new UsageError("--netns cannot be used with --all-namespaces");
  }
  if (options.allNamespaces) return { read: "all", several: true };
  if (options.netns !== undefined) return inOne(options.netns, procfs);
  if (options.pid === undefined) return { read: "current", several: false };
  const numbers = options.pid.map((pid) => numberOf(procfs, pid));
  if (!numbers.every((number) => number !== undefined)) {
    for (const pid of options.pid) checkIsCurrent(procfs, pid);
    return { read: "current", several: false };
  }
  const own = [...new Set(numbers)];
  const seen = networkNamespaces(procfs).flatMap(({ inode }) => inode ?? []);
  const read = [...new Set([...own, ...seen])];
  return { read, several: read.length > 1, own };
}

/** The namespace that `--netns` names. */
function inOne(text: string, procfs: BaseProcFs): Namespaces {
  const pid = processOf(text);
  if (pid === undefined) return { read: [namespaceNumber(text)], several: false };
  const number = numberOf(procfs, pid);
  if (number === undefined) checkIsCurrent(procfs, pid);
  return { read: number === undefined ? "current" : [number], several: false };
}

/** The namespace of a process that cannot be told is taken to be the usual one, unless its files are others. */
function checkIsCurrent(procfs: BaseProcFs, pid: number): void {
  const usual = filesOf(procfs);
  const own = filesOf(procfs.process(pid));
  if (usual === undefined || own === undefined || (own.ino === usual.ino && own.dev === usual.dev)) return;
  const message = `nothing says which network namespace process ${pid} is in, and its files are not those of ${procfs.place.directory}`;
  throw new CommandFailure(message, EXIT.failure);
}

/** What is the same for all processes of a namespace: in procfs a file, in a captured tree mostly their directory. */
function filesOf({ place: { directory } }: Located): Stats | undefined {
  return statusOf(`${directory}/dev`, "--pid") ?? statusOf(directory, "--pid");
}

/** The number of a process's network namespace; `undefined` when it cannot be told. */
export function numberOf(procfs: BaseProcFs, pid: number): number | undefined {
  const process = procfs.process(pid);
  checkProcess(procfs, pid);
  try {
    return process.networkNamespace();
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return networkNamespaces(procfs).find(({ pids }) => pids.includes(pid))?.inode;
  }
}

function namespaceOf(procfs: BaseProcFs, number: number): NetworkNamespace {
  const all = networkNamespaces(procfs);
  const found = all.find(({ inode }) => inode === number);
  if (found !== undefined) return found;
  if (all.some(({ inode }) => inode === undefined)) {
    const help = isCapture(procfs.root)
      ? "the capture does not say of all which one they are in"
      : "some may not be looked into; root sees them, or the capability CAP_SYS_PTRACE";
    throw new CommandFailure(`no process is seen in the network namespace ${number}: ${help}`, EXIT.failure);
  }
  const hint = "a namespace without a process cannot be seen through procfs; procnet namespaces lists the others";
  throw new CommandFailure(`no process is in the network namespace ${number}: ${hint}`, EXIT.failure);
}

const NAMED = "/run/netns/";

/** `pid:7`: the process whose network namespace is meant. */
function processOf(text: string): number | undefined {
  const digits = /^pid:(.*)$/s.exec(text)?.[1];
  if (digits === undefined) return undefined;
  if (!/^[1-9]\d{0,9}$/.test(digits)) throw new UsageError(`--netns: "${digits}" is no process id`);
  return Number(digits);
}

/** `4026531840`, `net:[4026531840]`, a name given with `ip netns add`, or a path to a namespace. */
function namespaceNumber(text: string): number {
  const digits = /^(?:net:\[)?(\d{1,15})\]?$/.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  const path = text.includes("/") ? text : NAMED + text;
  const found = statusOf(path, "--netns");
  // All namespaces are on one file system of their own: another file's number would mean nothing.
  const own = statSync("/proc/self/ns/net", { throwIfNoEntry: false });
  if (found !== undefined && own !== undefined && found.dev !== own.dev) {
    throw new UsageError(`--netns: "${path}" is no network namespace`);
  }
  if (found !== undefined) return found.ino;
  throw new UsageError(`--netns: "${text}" is no number of a namespace, and there is no ${path}`);
}
