import { readdirSync, type Stats, statSync } from "node:fs";
import { type ByteOrder, isProcfsError, type Net, type NetworkNamespace, networkNamespaces, ProcFs } from "procnet";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT, type Io } from "../io.ts";

/** Options that say which machine and which namespace is meant. */
export interface WhereOptions {
  readonly root?: string;
  readonly byteOrder?: ByteOrder;
  readonly pid?: readonly number[];
  readonly netns?: string;
}

/** The procfs that was asked for. */
export function procfsOf(options: WhereOptions, io: Io): ProcFs {
  const root = options.root ?? io.root;
  if (options.root !== undefined) {
    if (!isDirectory(options.root, "--root")) throw new UsageError(`--root: there is no directory "${options.root}"`);
    if (!hasProcesses(options.root))
      throw new UsageError(`--root: there is no process in "${options.root}", so no procfs`);
  }
  return new ProcFs({
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

/** A procfs has a directory for each process, a captured one those that were there, and an empty mount point has none. */
function hasProcesses(root: string): boolean {
  if (isDirectory(`${root}/1`, "--root") || isDirectory(`${root}/self`, "--root")) return true;
  try {
    return readdirSync(root).some((name) => /^\d+$/.test(name));
  } catch (error) {
    throw new CommandFailure(`--root: ${(error as Error).message}`, EXIT.failure);
  }
}

/** The network files that were asked for: of a process's namespace, of a namespace by its number, or the usual ones. */
export function netOf(options: WhereOptions, procfs: ProcFs): Net {
  const pid = netPid(options, procfs);
  return pid === undefined ? procfs.net : procfs.process(pid).net;
}

/** A process through which the namespace that was asked for can be read; `undefined` for the usual one. */
export function netPid(options: WhereOptions, procfs: ProcFs): number | undefined {
  if (options.netns !== undefined && options.pid !== undefined) {
    throw new UsageError("--pid and --netns both say which network namespace is meant: give one of them");
  }
  if (options.netns !== undefined) {
    const found = namespaceOf(procfs, namespaceNumber(options.netns));
    return found.current ? undefined : found.pids[0];
  }
  const [pid, ...others] = options.pid ?? [];
  if (others.length > 0) throw new UsageError("--pid: one process, whose network namespace is meant");
  if (pid !== undefined) procfs.process(pid).stat(); // says that there is no such process, not that a file is missing
  return pid;
}

/** Whether a process is gone, or only waits for its parent to ask how it ended: it is in no namespace then. */
export function hasEnded(pid: number, procfs: ProcFs): boolean {
  try {
    return ["Z", "X"].includes(procfs.process(pid).stat().state);
  } catch (error) {
    if (isProcfsError(error)) return error.code === "ESRCH" || error.code === "ENOENT";
    throw error;
  }
}

/** A process in a network namespace, other than the one that has ended. */
export function processIn(procfs: ProcFs, namespace: number, ended: number): number | undefined {
  const found = networkNamespaces(procfs).find(({ inode }) => inode === namespace);
  return found?.pids.find((pid) => pid !== ended);
}

/** The namespaces in which sockets are to be looked for. */
export function namespacesOf(
  options: WhereOptions & { readonly allNamespaces?: true },
  procfs: ProcFs,
): "current" | "all" | readonly number[] {
  if (options.allNamespaces && options.netns !== undefined) {
    throw new UsageError("--netns cannot be used with --all-namespaces");
  }
  if (options.allNamespaces) return "all";
  if (options.netns !== undefined) return [namespaceNumber(options.netns)];
  if (options.pid === undefined) return "current";
  const numbers = options.pid.map((pid) => numberOf(procfs, pid));
  // One that cannot be told is taken to be the reader's own.
  return numbers.every((number) => number !== undefined) ? [...new Set(numbers)] : "current";
}

/** The number of a process's network namespace; `undefined` when it cannot be told. */
export function numberOf(procfs: ProcFs, pid: number): number | undefined {
  const process = procfs.process(pid);
  process.stat();
  try {
    return process.networkNamespace();
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return networkNamespaces(procfs).find(({ pids }) => pids.includes(pid))?.inode;
  }
}

function namespaceOf(procfs: ProcFs, number: number): NetworkNamespace {
  const all = networkNamespaces(procfs);
  const found = all.find(({ inode }) => inode === number);
  if (found !== undefined) return found;
  if (all.some(({ inode }) => inode === undefined)) {
    const help = "some may not be looked into; root sees them, or the capability CAP_SYS_PTRACE";
    throw new CommandFailure(`no process is seen in the network namespace ${number}: ${help}`, EXIT.failure);
  }
  const hint = "a namespace without a process cannot be seen through procfs; procnet namespaces lists the others";
  throw new CommandFailure(`no process is in the network namespace ${number}: ${hint}`, EXIT.failure);
}

const NAMED = "/run/netns/";

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
