import { latin1 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import type { ProcContext } from "../read/context.ts";
import { readAll } from "../read/file.ts";
import { isLive } from "../read/procfs-type.ts";

/**
 * How many files are open on the whole machine, a descriptor that was inherited or handed on counting as the same file: the first number
 * of `sys/fs/file-nr` (proc_nr_files, fs/file_table.c). `Infinity` where it is not told.
 */
export function openFiles(context: ProcContext): number {
  if (!isLive(context)) return Number.POSITIVE_INFINITY;
  try {
    const bytes = readAll(`${context.root}/sys/fs/file-nr`);
    const count = Number.parseInt(latin1(bytes, 0, bytes.length), 10);
    return Number.isNaN(count) ? Number.POSITIVE_INFINITY : count;
  } catch (error) {
    if (isProcfsError(error)) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
