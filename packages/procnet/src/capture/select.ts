import { isProcfsError } from "../errors.ts";
import { netIdentity } from "../host/net-identity.ts";
import type { BaseProcess } from "../host/process.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import { type SocketFds, socketFds } from "../host/socket-fds.ts";
import type { Net } from "../net.ts";

/** Bit of a process's flags that kernel threads have: PF_KTHREAD, include/linux/sched.h. */
const KERNEL_THREAD = 0x00200000;

/** Tables whose rows have inodes of sockets. */
const TABLES = [
  ...(["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"] as const),
  ...(["unix", "netlink", "packet"] as const),
];

/** A process, and the sockets it holds. */
export interface SocketHolder {
  readonly pid: number;
  /** Number of its network namespace, see {@link netIdentity}. */
  readonly identity: number | undefined;
  /** `undefined` when it does not let its descriptors be read. */
  readonly inodes: readonly number[] | undefined;
}

/** What a process holds; `undefined` for a kernel thread, which holds nothing, and one that has ended. */
export function socketHolder(procfs: BaseProcFs, process: BaseProcess): SocketHolder | undefined {
  const directory = `${procfs.root}/${process.pid}`;
  try {
    if (process.pid !== 1 && isKernelThread(process)) return undefined;
    return { pid: process.pid, identity: netIdentity(directory), inodes: inodesOf(directory) };
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return undefined;
  }
}

/** Inodes of the sockets in the tables of a namespace. */
export function socketsOf(net: Net): ReadonlySet<number> {
  const inodes = new Set<number>();
  for (const name of TABLES) {
    try {
      for (const { inode } of net.each(name, { onIssue: () => {} })) if (inode !== undefined) inodes.add(inode);
    } catch (error) {
      if (!isProcfsError(error)) throw error; // a kernel without this table
    }
  }
  inodes.delete(0); // of nobody
  return inodes;
}

/** Names of programs may hold anything; those that cannot be read are no kernel threads. */
function isKernelThread(process: BaseProcess): boolean {
  return (process.stat({ onIssue: () => {} }).flags & KERNEL_THREAD) !== 0;
}

function inodesOf(directory: string): number[] | undefined {
  let pairs: SocketFds;
  try {
    const steps = socketFds(directory, { processDirectory: directory });
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    pairs = step.value;
  } catch (error) {
    if (isProcfsError(error) && error.code !== "ESRCH") return undefined;
    throw error;
  }
  return [...pairs].filter((_, at) => at % 2 === 1);
}
