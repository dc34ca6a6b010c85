import { checkOptions } from "./check-options.ts";
import { BaseProcess } from "./host/process.ts";
import { BaseProcFs, PROCFS_OPTIONS, type ProcFsOptions } from "./host/procfs.ts";
import { Net } from "./net.ts";

/**
 * A process, by its number. Nothing is read before it is asked for, and nothing is kept: each call reads anew, and the
 * process may have ended in between, or the number may have passed to another one; `stat().starttime` tells them apart.
 *
 * All methods throw a `ProcfsError`: `ESRCH` when there is no such process (any more), `EACCES` when the kernel refuses.
 *
 * @example
 * ```ts
 * import { ProcFs } from "procnet";
 * const init = new ProcFs().process(1);
 * console.log(init.comm(), init.net.tcp().length);
 * ```
 */
export class Process extends BaseProcess {
  /** The network files of the namespace that the process's main thread is in. Needs no right over the process. */
  get net(): Net {
    return new Net(this.place);
  }
}

/**
 * A procfs: of this machine, of a host seen from a container, or a captured tree.
 *
 * @example
 * ```ts
 * import { ProcFs } from "procnet";
 * const host = new ProcFs({ root: "/host/proc" });
 * for (const process of host.allProcesses()) console.log(process.pid, process.comm());
 * ```
 */
export class ProcFs extends BaseProcFs<Process> {
  private files: Net | undefined;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for unknown options and those of the wrong form */
  constructor(options: ProcFsOptions = {}) {
    super(options, Process);
  }

  /**
   * Network files: of the namespace of this process for the own root, of process 1 for another procfs, of a captured tree
   * those that can be meant. Where there are none, its methods throw `ERR_NO_NET`.
   */
  get net(): Net {
    const { place } = this;
    if (this.files?.place !== place) this.files = new Net(place);
    return this.files;
  }
}

/**
 * All processes of a procfs, see {@link ProcFs.allProcesses}.
 *
 * @example
 * ```ts
 * import { allProcesses } from "procnet";
 * for (const process of allProcesses()) console.log(process.pid, process.uid);
 * ```
 */
export function allProcesses(options: ProcFsOptions = {}): Generator<Process, void, undefined> {
  checkOptions("allProcesses", options, PROCFS_OPTIONS, { bare: "root" });
  return new ProcFs(options).allProcesses();
}
