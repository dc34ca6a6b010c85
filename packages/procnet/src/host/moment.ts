import { statSync } from "node:fs";
import { latin1 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { readAll } from "../read/file.ts";
import { fsPath } from "../read/fs-path.ts";
import type { Located } from "../read/place.ts";
import { isLive } from "../read/procfs-type.ts";
import type { BaseProcFs } from "./procfs.ts";

/** When a sample is of: now, and of a captured tree when its files were written. */
export function takenAtOf(procfs: BaseProcFs, of: Located): Date {
  if (isLive(procfs.context)) return new Date();
  for (const name of ["netstat", "snmp", "tcp"]) {
    try {
      return statSync(fsPath(`${of.place.directory}/${name}`)).mtime;
    } catch {
      // not captured: the next one
    }
  }
  return new Date();
}

/** Seconds since boot, as `/proc/uptime` has them. */
export function uptimeOf(root: string): number | undefined {
  try {
    const bytes = readAll(`${root}/uptime`);
    const seconds = Number.parseFloat(latin1(bytes, 0, bytes.length));
    return Number.isFinite(seconds) ? seconds : undefined;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** Number of the network namespace that a sample is of; absent where it cannot be told. */
export function namespaceOf(procfs: BaseProcFs, pid: number | undefined): number | undefined {
  try {
    if (pid !== undefined) return procfs.process(pid).networkNamespace();
    return procfs.context.own ? procfs.self().networkNamespace() : procfs.process(1).networkNamespace();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
