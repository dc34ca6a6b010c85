import { statfsSync } from "node:fs";

/** `f_type` of procfs: PROC_SUPER_MAGIC, include/uapi/linux/magic.h. */
const PROC_SUPER_MAGIC = 0x9fa0;

/** Whether a path lies in the procfs of a running kernel, not in a captured tree. Throws what node:fs throws. */
export function isProcfs(path: string): boolean {
  return statfsSync(path).type === PROC_SUPER_MAGIC;
}
