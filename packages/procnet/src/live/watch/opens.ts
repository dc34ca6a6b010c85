import { isProcfsError } from "../../errors.ts";
import { snmp } from "../../files/counters/snmp.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { read } from "../../read/read.ts";
import type { ReadNamespace } from "../../sockets/types.ts";

/** How many connections a namespace has opened and accepted; `undefined` where that cannot be read. */
export function opensOf(procfs: BaseProcFs, { pid }: ReadNamespace): number | undefined {
  try {
    const { Tcp } = read(snmp, { of: pid === undefined ? procfs : procfs.process(pid) });
    return Tcp === undefined ? undefined : Tcp.ActiveOpens + Tcp.PassiveOpens;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** A flag of a process that is ending: do_exit() closes its files before it becomes a zombie. */
const PF_EXITING = 0x4;

/** Whether a process that was known once is gone: its number is nobody's now, or another's. */
export function hasEnded(procfs: BaseProcFs, pid: number, startTime: number): boolean {
  try {
    const { starttime, state, flags } = procfs.process(pid).briefStat();
    return starttime !== startTime || state === "Z" || state === "X" || (flags & PF_EXITING) !== 0;
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return error.code === "ENOENT" || error.code === "ESRCH";
  }
}
