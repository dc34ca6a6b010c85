import { statSync } from "node:fs";
import type { BaseProcFs, Located, NetworkNamespace } from "procnet";

/** Reads network files of a namespace; `undefined` where nobody is there to read them through. */
export type Files = <Value>(read: (of: Located) => Value) => Value | undefined;

/**
 * Through whichever process is still in it: that is looked at before and after, as numbers of processes are used again. `nobody` is told
 * where there is none any more.
 */
export function filesOf(procfs: BaseProcFs, { inode, pids }: NetworkNamespace, nobody: () => void): Files {
  const left = [...pids];
  return (read) => {
    for (let pid = left[0]; pid !== undefined; pid = left[0]) {
      if (isIn(procfs, pid, inode)) {
        const value = read(procfs.process(pid));
        if (isIn(procfs, pid, inode)) return value;
      }
      left.shift();
    }
    nobody();
    return undefined;
  };
}

function isIn({ root }: BaseProcFs, pid: number, inode: number | undefined): boolean {
  try {
    return statSync(`${root}/${pid}/ns/net`).ino === inode;
  } catch {
    return false; // it has ended
  }
}
