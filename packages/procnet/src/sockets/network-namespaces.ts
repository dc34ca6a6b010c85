import { checkOptions } from "../check-options.ts";
import { isProcfsError } from "../errors.ts";
import { netIdentity } from "../proc/net-identity.ts";
import type { Process } from "../proc/process.ts";
import { checkProcfs, ProcFs } from "../proc/procfs.ts";

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
export function networkNamespaces(where: ProcFs | { readonly procfs?: ProcFs } = {}): NetworkNamespace[] {
  const procfs = procfsOf(where);
  const groups = new Set<Group>();
  const byInode = new Map<number, Group>();
  const byIdentity = new Map<number, Group>();
  for (const process of procfs.allProcesses()) {
    const identity = netIdentity(`${procfs.root}/${process.pid}`);
    const inode = linkOf(process);
    // Ended, a zombie, or hidden: in no namespace that can be read.
    if (identity === undefined && inode === undefined) continue;
    // The link is right in a captured tree too, where every process may have files of its own.
    const known = (inode && byInode.get(inode)) || (identity && byIdentity.get(identity)) || undefined;
    const group = known ?? { inode: undefined, pids: [] };
    group.inode ??= inode;
    group.pids.push(process.pid);
    groups.add(group);
    if (inode !== undefined) byInode.set(inode, group);
    if (identity !== undefined) byIdentity.set(identity, group);
  }
  const own = currentNamespace(procfs);
  return [...groups]
    .map(({ inode, pids }) => ({
      inode,
      pids,
      current: own === undefined || inode === undefined ? undefined : own === inode,
    }))
    .sort((a, b) => (a.inode ?? Number.POSITIVE_INFINITY) - (b.inode ?? Number.POSITIVE_INFINITY));
}

function procfsOf(where: ProcFs | { readonly procfs?: ProcFs }): ProcFs {
  if (where instanceof ProcFs || "allProcesses" in Object(where)) return where as ProcFs;
  checkOptions("networkNamespaces", where, ["procfs"]);
  const { procfs = new ProcFs() } = where as { readonly procfs?: ProcFs };
  checkProcfs("networkNamespaces", procfs);
  return procfs;
}

interface Group {
  inode: number | undefined;
  readonly pids: number[];
}

function linkOf(process: Process): number | undefined {
  try {
    return process.networkNamespace();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** Number of the reader's own network namespace; `undefined` in a captured tree or where it cannot be read. */
export function currentNamespace(procfs: ProcFs): number | undefined {
  try {
    return procfs.self().networkNamespace();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
