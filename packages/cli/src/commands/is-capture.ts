import { statfsSync } from "node:fs";

/** `f_type` of procfs: PROC_SUPER_MAGIC, include/uapi/linux/magic.h. */
const PROC_SUPER_MAGIC = 0x9fa0;

/** Whether a root holds files that were copied, not the procfs of a running kernel. */
export function isCapture(root: string): boolean {
  try {
    return statfsSync(root).type !== PROC_SUPER_MAGIC;
  } catch {
    return false; // it cannot be told, and whoever reads there says why
  }
}
