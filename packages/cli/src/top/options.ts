import type { BaseProcFs, SocketProtocol } from "procnet";
import type { Filter } from "procnet/query";
import type { KernelWanted } from "../commands/kernel-wanted.ts";
import type { Namespaces } from "../commands/where.ts";
import type { KernelPackage } from "../source/kernel.ts";
import type { AskedSource } from "../source/socket-source.ts";
import type { ViewName } from "./state/state.ts";

/** What is looked at, and how it is shown at first. */
export interface TopOptions {
  readonly procfs: BaseProcFs;
  readonly pid: number | undefined;
  readonly namespaces: Namespaces;
  readonly owners: boolean;
  /** Tables whose sockets are shown unless all are wanted. */
  readonly protocols: readonly SocketProtocol[];
  /** Who is asked for sockets before procfs, and for which tables. */
  readonly asked: AskedSource;
  /** Asks somebody else for what is wanted later; absent where that is not to be. */
  readonly askFor?: ((wanted: KernelWanted) => Promise<AskedSource>) | undefined;
  /** What shown sockets have in common, besides the filter that is written. */
  readonly held: Filter | undefined;
  readonly filter: string;
  readonly view: ViewName;
  /** The package that asks the kernel; `undefined` where it is not to be asked. */
  readonly kernel: KernelPackage | undefined;
  readonly interval: number | undefined;
  readonly color: boolean;
  readonly isAscii: boolean;
  /** Whether process ids are those of this machine: a signal to another one's would reach somebody else. */
  readonly mayKill: boolean;
}
