import { isProcfsError } from "../errors.ts";
import { dev } from "../files/devices/dev.ts";
import type { BaseProcess } from "../host/process.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import { type ContainerRef, placementOf } from "../process/container.ts";
import { programOf } from "../process/program.ts";
import { read } from "../read/read.ts";
import type { NetworkNamespace } from "./network-namespaces.ts";

/** A network namespace with what is known of its first process. */
export interface DescribedNamespace {
  /** Its number; absent where the kernel does not tell. */
  readonly inode: number | undefined;
  /** Whether it is the reader's own; absent where that is not known. */
  readonly current: boolean | undefined;
  /** How many processes are in it. */
  readonly processes: number;
  /** The first of them. */
  readonly pid: number;
  /** The name by which a person knows its program; absent where it has ended, or may not be seen. */
  readonly program: string | undefined;
  /** Name of its main thread. */
  readonly comm: string | undefined;
  /** The container that it runs in. */
  readonly container: ContainerRef | undefined;
  /** systemd's unit. */
  readonly unit: string | undefined;
  /** Names of the interfaces; absent where they cannot be read. */
  readonly interfaces: readonly string[] | undefined;
}

/**
 * Says more of a network namespace: its first process and its interfaces. What cannot be read is absent.
 *
 * @example
 * ```ts
 * import { baseProcFs, describeNamespace, networkNamespaces } from "procnet";
 * const procfs = baseProcFs();
 * for (const one of networkNamespaces(procfs)) console.log(describeNamespace(procfs, one).program);
 * ```
 */
export function describeNamespace(procfs: BaseProcFs, { inode, current, pids }: NetworkNamespace): DescribedNamespace {
  const process = procfs.process(pids[0]!);
  const { container, unit } = placementOf(unlessRefused(() => process.cgroup()) ?? []);
  const interfaces = unlessRefused(() => read(dev, { of: process }).map(({ name }) => name));
  const comm = unlessRefused(() => process.comm());
  const program = comm === undefined ? undefined : programName(process, comm);
  return { inode, current, processes: pids.length, pid: process.pid, program, comm, container, unit, interfaces };
}

function programName(process: BaseProcess, comm: string): string {
  const cmdline = unlessRefused(() => process.cmdline()) ?? [];
  return programOf({ comm, cmdline, exe: unlessRefused(() => process.exe()) });
}

/** The process may end at any time, and not everything is for everybody. */
function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
