import { statSync } from "node:fs";
import { fsPath } from "./fs-path.ts";
import { isProcfs } from "./procfs-type.ts";

/**
 * How many descriptors the kernel says a directory `fd` has; 0 when it does not say. The size of the directory counts
 * descriptors in procfs only: elsewhere, in a captured tree, it is that of the directory.
 */
export function knownCount(path: string): number {
  const { size } = statSync(fsPath(path));
  return size > 0 && isProcfs(path) ? size : 0;
}
