import { readdirSync } from "node:fs";
import { baseProcFs, type ProcessSockets, processSockets } from "procnet";
import { isListed } from "../netstat/holders.ts";
import { nameOf } from "./program-name.ts";

/*
 * Who holds a socket: all of them, the last found first, with the kernel's name of the process: `users:(("sshd",pid=7,fd=3))`.
 */

export interface Users {
  readonly users: (inode: number) => string | undefined;
  /** Whether some processes did not let their descriptors be read. */
  readonly isPartial: boolean;
}

export async function findUsers(root: string | undefined, threads: boolean): Promise<Users> {
  const procfs = baseProcFs(root === undefined ? {} : { root });
  const found = new Map<number, string>();
  let isPartial = false;
  for (const held of await processSockets({ procfs })) {
    if (held.error?.code === "EACCES" && !isListed(`${procfs.root}/${held.process.pid}`)) isPartial = true;
    if (held.fds.length === 0) continue;
    for (const { thread, name } of holders(held, procfs.root, threads)) add(held, thread, name, found);
  }
  return {
    users: (inode) => {
      const all = found.get(inode);
      return all === undefined ? undefined : `users:(${all})`;
    },
    isPartial,
  };
}

function add(
  { process: { pid }, fds }: ProcessSockets,
  thread: string,
  name: string,
  found: Map<number, string>,
): void {
  const start = `("${name}",pid=${pid},${thread}fd=`;
  for (let at = 0; at < fds.length; at += 2) {
    const inode = fds[at + 1]!;
    const before = found.get(inode);
    const one = `${start}${fds[at]!})`;
    found.set(inode, before === undefined ? one : `${one},${before}`);
  }
}

interface Holder {
  /** `tid=7,`; empty where threads are not asked for. */
  readonly thread: string;
  readonly name: string;
}

/** The process, or each of its threads, which all have its descriptors. */
function* holders({ process }: ProcessSockets, root: string, threads: boolean): Generator<Holder, void> {
  const { pid } = process;
  const own = nameOf(`${root}/${pid}`);
  if (own === undefined) return; // it has ended meanwhile
  yield { thread: threads ? `tid=${pid},` : "", name: own };
  if (!threads) return;
  for (const thread of threadsOf(`${root}/${pid}/task`)) {
    if (thread === pid) continue;
    const name = nameOf(`${root}/${thread}`);
    if (name !== undefined) yield { thread: `tid=${thread},`, name };
  }
}

function threadsOf(directory: string): number[] {
  try {
    return readdirSync(directory)
      .map(Number)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}
