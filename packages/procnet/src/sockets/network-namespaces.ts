import { checkOptions } from "../check-options.ts";
import { isProcfsError } from "../errors.ts";
import { directoryIdentity, netIdentity } from "../host/net-identity.ts";
import type { BaseProcess } from "../host/process.ts";
import { BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { checkSignal } from "../option-values.ts";
import { isLive } from "../read/procfs-type.ts";
import { sortedInSteps } from "../read/sorted.ts";
import { runAsync, runSync, type Steps } from "./drive.ts";

/** A network namespace, and the processes in it. */
export interface NetworkNamespace {
  /** N of `net:[N]`; `undefined` when no process in it lets its link be read. */
  readonly inode: number | undefined;
  /** Processes whose main thread is in it, ascending. */
  readonly pids: readonly number[];
  /** Whether it is this process's own; `undefined` when that cannot be told, as for a captured tree. */
  readonly current: boolean | undefined;
}

/**
 * Every network namespace in which a process lives, by number. Processes that do not let their link be read (which takes
 * the right to trace them) are told apart by another number that the kernel shows to everybody.
 *
 * Namespaces that are only kept by a mount or a descriptor (`ip netns add`) have no process, and procfs shows none of
 * their tables.
 *
 * Of another procfs: `networkNamespaces({ procfs })`, or the procfs itself.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for an unknown option; when the processes cannot be listed
 * @example
 * ```ts
 * import { networkNamespaces } from "procnet";
 * for (const { inode, pids } of networkNamespaces()) console.log(inode, pids.length);
 * ```
 */
export function networkNamespaces(where: BaseProcFs | { readonly procfs?: BaseProcFs } = {}): NetworkNamespace[] {
  return runSync(namespacesInSteps(procfsOf("networkNamespaces", where)));
}

/**
 * The same without holding the event loop, for hosts with very many processes. `signal` ends it early.
 *
 * @throws `ProcfsError` as `networkNamespaces` does
 * @example
 * ```ts
 * import { networkNamespacesAsync } from "procnet";
 * const namespaces = await networkNamespacesAsync();
 * ```
 */
export async function networkNamespacesAsync(
  options: { readonly procfs?: BaseProcFs; readonly signal?: AbortSignal } = {},
): Promise<NetworkNamespace[]> {
  const procfs = procfsOf("networkNamespacesAsync", options, ["procfs", "signal"]);
  checkSignal("networkNamespacesAsync: signal", options.signal);
  return runAsync(namespacesInSteps(procfs), options.signal);
}

/** Yields after each process. */
export function* namespacesInSteps(procfs: BaseProcFs): Steps<NetworkNamespace[]> {
  const groups: Group[] = [];
  const byInode = new Map<number, Group>();
  const byIdentity = new Map<number, Group>();
  for (const process of yield* procfs.allProcessesInSteps()) {
    yield;
    const inode = linkOf(process);
    const identity = identityOf(procfs, process.pid);
    // Ended, a zombie, or hidden: in no namespace that can be read.
    if (identity === undefined && inode === undefined) continue;
    // The link is right in a captured tree too, where every process may have files of its own.
    const found = identity === undefined ? undefined : byIdentity.get(identity);
    // A process that moves meanwhile has a link of one and files of another: those of two numbers are never one.
    const known =
      inode === undefined ? found : (byInode.get(inode) ?? (found?.inode === undefined ? found : undefined));
    const group = known ?? { inode: undefined, pids: [] };
    if (known === undefined) groups.push(group);
    group.inode ??= inode;
    group.pids.push(process.pid);
    if (inode !== undefined) byInode.set(inode, group);
    if (identity !== undefined) byIdentity.set(identity, group);
  }
  const own = currentNamespace(procfs);
  const place = ({ inode }: Group): number => inode ?? Number.POSITIVE_INFINITY;
  const sorted = yield* sortedInSteps(groups, (a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))));
  return sorted.map(({ inode, pids }) => ({
    inode,
    pids,
    current: own === undefined || inode === undefined ? undefined : own === inode,
  }));
}

function procfsOf(what: string, where: BaseProcFs | { readonly procfs?: BaseProcFs }, known = ["procfs"]): BaseProcFs {
  if (where instanceof BaseProcFs || "allProcesses" in Object(where)) return where as BaseProcFs;
  checkOptions(what, where, known);
  const { procfs = baseProcFs() } = where as { readonly procfs?: BaseProcFs };
  checkProcfs(what, procfs);
  return procfs;
}

/** Of a captured tree it is the directory where it has not the file: whoever made it chose what to take. */
function identityOf({ root, context }: BaseProcFs, pid: number): number | undefined {
  const directory = `${root}/${pid}`;
  return netIdentity(directory) ?? (isLive(context) ? undefined : directoryIdentity(`${directory}/net`));
}

interface Group {
  inode: number | undefined;
  readonly pids: number[];
}

function linkOf(process: BaseProcess): number | undefined {
  try {
    return process.networkNamespace();
  } catch {
    return undefined; // whatever it is, it costs this link only
  }
}

/** Number of the reader's own network namespace; `undefined` in a captured tree or where it cannot be read. */
export function currentNamespace(procfs: BaseProcFs): number | undefined {
  try {
    return procfs.self().networkNamespace();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
