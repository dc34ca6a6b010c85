import { statfsSync } from "node:fs";
import type { ProcContext } from "./context.ts";
import { fsPath } from "./fs-path.ts";

/** `f_type` of procfs: PROC_SUPER_MAGIC, include/uapi/linux/magic.h. */
const PROC_SUPER_MAGIC = 0x9fa0;

/**
 * Whether a path lies in the procfs of a running kernel, not in a captured tree. Throws what node:fs throws.
 *
 * For the command `procnet`: it may change with any release.
 *
 * @example
 * ```ts
 * import { isProcfs } from "procnet";
 * isProcfs("/proc"); // true on Linux
 * ```
 */
export function isProcfs(path: string): boolean {
  return statfsSync(fsPath(path)).type === PROC_SUPER_MAGIC;
}

/** The same; false also where there is nothing. */
export function isInProcfs(path: string): boolean {
  try {
    return isProcfs(path);
  } catch {
    return false;
  }
}

/** Those of a running kernel, once it was seen: a mount stays what it is. */
const live = /* @__PURE__ */ new WeakSet<ProcContext>();

/** Whether it is a procfs of a running kernel, and no captured tree. */
export function isLive(context: ProcContext): boolean {
  if (context.own || live.has(context)) return true;
  if (!isInProcfs(context.root)) return false;
  live.add(context);
  return true;
}
