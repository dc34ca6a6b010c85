import { utf8 } from "../bytes/strings.ts";
import { checkOptions } from "../check-options.ts";
import { isProcfsError } from "../errors.ts";
import { readAll } from "../read/file.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "./procfs.ts";

/** What tells one machine from others. */
export interface MachineIdentity {
  /**
   * Name of the machine as `uname -n` has it: that of the reader's UTS namespace, in a container mostly the container's. Absent where
   * it has none, and in captured trees.
   */
  readonly host: string | undefined;
  /** A random number that the kernel draws at each boot, the same in all namespaces. Absent where it cannot be read. */
  readonly bootId: string | undefined;
}

/**
 * The name of a machine and the id of its boot, from `sys/kernel/hostname` and `sys/kernel/random/boot_id`. Of another procfs:
 * `machineIdentity({ procfs })`.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option
 * @example
 * ```ts
 * import { machineIdentity } from "procnet";
 * const { host, bootId } = machineIdentity();
 * console.log(host, bootId);
 * ```
 */
export function machineIdentity(options: { readonly procfs?: BaseProcFs } = {}): MachineIdentity {
  checkOptions("machineIdentity", options, ["procfs"]);
  const { procfs = baseProcFs() } = options;
  checkProcfs("machineIdentity", procfs);
  const host = lineOf(procfs, "hostname");
  const bootId = lineOf(procfs, "random/boot_id");
  return {
    // What the kernel calls a machine that nobody has named: UTS_NODENAME, include/linux/uts.h.
    host: host === "" || host === "(none)" ? undefined : host,
    bootId: bootId !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(bootId) ? bootId : undefined,
  };
}

/** Longer than any: a name has 64 bytes at most. */
const LONGEST = 4096;

function lineOf({ root }: BaseProcFs, name: string): string | undefined {
  try {
    const bytes = readAll(`${root}/sys/kernel/${name}`, {}, LONGEST);
    const [line = ""] = utf8(bytes, 0, bytes.length).split("\n", 1);
    return line;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
