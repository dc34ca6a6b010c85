import type { BaseProcFs, Located, NetworkSource } from "procnet";
import type { Family, Metric } from "../metrics/family.ts";
import type { Filters } from "./filters.ts";

/** Where a collector looks, and what for. */
export interface Source {
  /** The procfs. */
  readonly procfs: BaseProcFs;
  /** A process whose network namespace is looked at; that of the procfs itself where it is absent. */
  readonly pid?: number | undefined;
  /** Directory of the sysfs that belongs to it, one character for each byte. */
  readonly sysfs: string;
  /** What is left out. */
  readonly filters: Filters;
  /** Who tells of interfaces and routes what neither procfs nor sysfs tells; absent where nobody does. */
  readonly network?: NetworkSource | undefined;
}

/** Reads one matter and makes metrics of it, as a collector of node_exporter does; named like it. */
export interface Collector {
  /** What `collect[]` and `exclude[]` call it. */
  readonly name: string;
  /** Whether it collects without being asked for. */
  readonly isDefault: boolean;
  /** All metrics that it may give. */
  readonly metrics: readonly Metric[];
  /**
   * Reads and gives them. Throws where it cannot: a `ProcfsError` for a file that is not there, as with a module that is not loaded.
   * What was given before that counts.
   */
  readonly collect: (source: Source) => Iterable<Family> | AsyncIterable<Family>;
}

/** Where the network files are. */
export const netOf = ({ procfs, pid }: Pick<Source, "procfs" | "pid">): Located =>
  pid === undefined ? procfs : procfs.process(pid);
