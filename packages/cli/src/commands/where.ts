import { statSync } from "node:fs";
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
  if (options.root !== undefined && !isDirectory(options.root)) {
    throw new UsageError(`--root: there is no directory "${options.root}"`);
  }
  return new ProcFs({
    ...(root !== undefined && { root }),
    ...(options.byteOrder && { byteOrder: options.byteOrder }),
  });
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The network files that were asked for: of a process's namespace, of a namespace by its number, or the usual ones. */
export function netOf(options: WhereOptions, procfs: ProcFs): Net {
  const pid = netPid(options, procfs);
  return pid === undefined ? procfs.net : procfs.process(pid).net;
}

/** A process through which the namespace that was asked for can be read; `undefined` for the usual one. */
export function netPid(options: WhereOptions, procfs: ProcFs): number | undefined {
  if (options.netns !== undefined) {
    const found = namespaceOf(procfs, namespaceNumber(options.netns));
    return found.current ? undefined : found.pids[0];
  }
  const [pid, ...others] = options.pid ?? [];
  if (others.length > 0) throw new UsageError("--pid: one process, whose network namespace is meant");
  if (pid !== undefined) procfs.process(pid).stat(); // says that there is no such process, not that a file is missing
  return pid;
}

/** The namespaces in which sockets are to be looked for. */
export function namespacesOf(
  options: WhereOptions & { readonly allNamespaces?: true },
  procfs: ProcFs,
): "current" | "all" | readonly number[] {
  if (options.allNamespaces) return "all";
  if (options.netns !== undefined) return [namespaceNumber(options.netns)];
  if (options.pid === undefined) return "current";
  const numbers = options.pid.map((pid) => numberOf(procfs, pid));
  // One that cannot be told is taken to be the reader's own.
  return numbers.every((number) => number !== undefined) ? [...new Set(numbers)] : "current";
}

function numberOf(procfs: ProcFs, pid: number): number | undefined {
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
  const found = networkNamespaces(procfs).find(({ inode }) => inode === number);
  if (found !== undefined) return found;
  const hint = "a namespace without a process cannot be seen through procfs; procnet namespaces lists the others";
  throw new CommandFailure(`no process is in the network namespace ${number}: ${hint}`, EXIT.failure);
}

const NAMED = "/run/netns/";

/** `4026531840`, `net:[4026531840]`, a name given with `ip netns add`, or a path to a namespace. */
function namespaceNumber(text: string): number {
  const digits = /^(?:net:\[)?(\d{1,15})\]?$/.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  const path = text.includes("/") ? text : NAMED + text;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found.ino;
  throw new UsageError(`--netns: "${text}" is no number of a namespace, and there is no ${path}`);
}
