import { type BaseProcFs, baseProcFs, sockets } from "procnet";
import type { Registry } from "prom-client";
import type { Family, Metric } from "./metrics/family.ts";
import { Registered } from "./metrics/registered.ts";
import { checkNames, numberOf } from "./option-values.ts";
import { OWN } from "./own/definitions.ts";
import { OwnFamilies } from "./own/families.ts";
import { healthFamily } from "./own/own.ts";
import { Tallying } from "./own/tally.ts";
import { Sampler } from "./sampler/sampler.ts";
import { Shared } from "./sampler/shared.ts";

/** Options of {@link procnetMetrics}; all optional. */
export interface ProcnetMetricsOptions {
  /**
   * Whose sockets are told of: those of this `process`, which takes no right (the default), or all of the `machine`, in every network
   * namespace, with health.
   */
  readonly of?: "process" | "machine";
  /** How old a look may be that is told of, milliseconds: 5,000 by default. */
  readonly maxAge?: number;
  /** Series at most: 5,000 by default. */
  readonly maxSeries?: number;
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
}

/** Metrics in a registry. */
export interface ProcnetMetrics {
  /** Takes them out of the registry, ends threads and closes files. */
  close(): Promise<void>;
}

/** All of them: one that is forgotten, or is none, does not compile. */
const NAMES: { readonly [Name in keyof ProcnetMetricsOptions]-?: true } = {
  of: true,
  maxAge: true,
  maxSeries: true,
  procfs: true,
};

/** What there is of one process. */
const OF_PROCESS: readonly Metric[] = [
  OWN.processSockets,
  OWN.queuedBytes,
  OWN.closeWait,
  OWN.acceptQueue,
  OWN.listenerConnections,
];

/** Of the machine: what a server tells, but for what it says of scrapes, and what has to be asked for. */
const OF_MACHINE: readonly Metric[] = [
  OWN.sockets,
  ...OF_PROCESS,
  ...[OWN.udpDrops, OWN.health, OWN.opened, OWN.missed, OWN.ownersUnknown, OWN.seriesFolded, OWN.degraded],
];

/**
 * Registers procnet's metrics with a registry of [prom-client](https://github.com/siimon/prom-client), for an app that serves metrics of
 * its own: how many sockets it has and in which state, what waits in them, what it has not closed. Nothing is looked at before
 * somebody asks, and all who ask at the same time share a look.
 *
 * @throws `TypeError` for options that are none; `Error` where the registry has a metric of one of the names
 * @example
 * ```ts
 * import { procnetMetrics } from "@procnet/server";
 * import { Registry } from "prom-client";
 * const registry = new Registry();
 * const metrics = procnetMetrics(registry);
 * console.log(await registry.getSingleMetricAsString("procnet_process_sockets"));
 * await metrics.close();
 * ```
 */
export function procnetMetrics(
  registry: Pick<Registry, "registerMetric" | "removeSingleMetric">,
  options: ProcnetMetricsOptions = {},
): ProcnetMetrics {
  checkNames("procnetMetrics", options, NAMES);
  const { of = "process", procfs = baseProcFs() } = options;
  if (of !== "process" && of !== "machine")
    throw new TypeError(`of must be process or machine, not ${JSON.stringify(of)}`);
  const maxAge = numberOf("maxAge", options.maxAge, 5000, 0);
  const maxSeries = numberOf("maxSeries", options.maxSeries, 5000, 1);
  const source = of === "process" ? ofProcess(procfs, maxSeries) : ofMachine(procfs, maxSeries);
  const names: string[] = [];
  const close = async (): Promise<void> => {
    for (const name of names.splice(0)) registry.removeSingleMetric(name);
    await source.close();
  };
  try {
    for (const metric of source.metrics) {
      const values = async (): Promise<Family["values"]> => valuesOf(metric, await source.look(maxAge));
      registry.registerMetric(new Registered(metric, values));
      names.push(metric.name);
    }
  } catch (error) {
    void close();
    throw error;
  }
  return { close };
}

/** Who looks, and what at. */
interface Source {
  readonly metrics: readonly Metric[];
  look(maxAge: number): Promise<readonly Family[]>;
  close(): Promise<void>;
}

function valuesOf(metric: Metric, families: readonly Family[]): Family["values"] {
  return families.find((family) => family.metric === metric)?.values ?? [];
}

function ofMachine(procfs: BaseProcFs, maxSeries: number): Source {
  const sampler = new Sampler({ procfs, maxSeries });
  const look = async (maxAge: number): Promise<Family[]> => {
    const { families, health } = await sampler.measuredOf(maxAge);
    return [...families, healthFamily(health)];
  };
  return { metrics: OF_MACHINE, look, close: () => sampler.close() };
}

function ofProcess(procfs: BaseProcFs, maxSeries: number): Source {
  const families = new OwnFamilies(maxSeries);
  const shared = new Shared(async () => {
    const self = procfs.self();
    const inode = self.socketFds().map(([, one]) => one);
    const tallying = new Tallying();
    // Without a condition all sockets would be asked for.
    const held = inode.length === 0 ? [] : (await sockets({ protocol: "all", inode, pid: self.pid, procfs })).sockets;
    for (const socket of held) tallying.take(socket);
    return families.of(tallying.done());
  });
  return { metrics: OF_PROCESS, look: (maxAge) => shared.get(maxAge), close: async () => {} };
}
