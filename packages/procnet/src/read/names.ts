import { type Dir, opendirSync } from "node:fs";
import { basename } from "node:path";
import { fsPath } from "./fs-path.ts";

/*
 * The names in a directory, one by one. What ends while it is listed (a process, a thread, a descriptor) the kernel lists without
 * its type (proc_fill_cache, fs/proc/base.c); Node then asks for that by `lstat`, which fails, and throws. The name was listed all
 * the same: it is given, and whoever reads it says what became of it.
 */

/** Names that Node asks for at a time: with the one of which it cannot tell the type it throws all of those away. */
const AT_ONCE = 1;

/** Opens a directory for {@link nextName}. */
export function openNames(path: string): Dir {
  return opendirSync(fsPath(path), { bufferSize: AT_ONCE });
}

/** The next name; `undefined` when there are no more. */
export function nextName(directory: Dir): string | undefined {
  try {
    return directory.readSync()?.name;
  } catch (error) {
    const { syscall, path } = error as NodeJS.ErrnoException;
    if (syscall === "lstat" && path !== undefined) return basename(path);
    throw error;
  }
}
