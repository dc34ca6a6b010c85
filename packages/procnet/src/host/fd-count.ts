import { statSync } from "node:fs";
import { type FailureContext, refusal } from "../read/failure.ts";
import { fsPath } from "../read/fs-path.ts";
import { numbersInSteps } from "../read/listing.ts";
import { isProcfs } from "../read/procfs-type.ts";

/**
 * How many descriptors the kernel says a directory `fd` has; 0 when it does not say. The size of the directory counts
 * descriptors in procfs only: elsewhere, in a captured tree, it is that of the directory. Whoever knows which it is says so.
 */
export function knownCount(path: string, { live }: FailureContext): number {
  if (live === false) return 0;
  const { size } = statSync(fsPath(path));
  return size > 0 && (live === true || isProcfs(path)) ? size : 0;
}

/** The same of a running kernel, with the user whose they are: root's where the process may not be dumped. */
export function countAndUser(path: string): { readonly count: number; readonly uid: number } {
  const { size, uid } = statSync(fsPath(path));
  return { count: size, uid };
}

/** How many descriptors there are: as far as the kernel says so at once, else counted in pieces. */
export function* countInSteps(path: string, context: FailureContext): Generator<undefined, number, undefined> {
  let known: number;
  try {
    known = knownCount(path, context);
  } catch (error) {
    throw refusal(error, path, { ...context, action: "count" });
  }
  return known > 0 ? known : (yield* numbersInSteps(path, context)).length;
}
