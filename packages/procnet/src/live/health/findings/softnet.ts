import type { SoftnetStat } from "../../../files/counters/softnet-stat.ts";
import type { Sample } from "../../sample.ts";
import { sumOf } from "../counted.ts";
import { briefly, Interfaces, knownOf } from "../interfaces.ts";
import { type FindingSpec, severityOf, type Verdict } from "../spec.ts";
import type { Subject } from "../subject.ts";
import { isUnjudged, type Unjudged, unjudgedOf } from "../unjudged.ts";
import type { Delta, Window } from "../window.ts";
import { countWord, perSecond, seconds, several } from "../words.ts";

const RESOURCE = "network stack (CPU)";
const FILE = "net/softnet_stat";

/** A number of one CPU, or of all where rows do not tell which CPU each is. */
interface OfCpu {
  readonly cpu: number | undefined;
  readonly delta: Delta | Unjudged;
}

/**
 * What a column did on each CPU. Before Linux 5.7 rows do not tell their CPU, and one that is off has no row: the place of a row is no
 * number of a CPU, and only the sum means something.
 */
function eachCpu(window: Window, name: string, column: (row: SoftnetStat) => number | undefined): OfCpu[] {
  const rows = window.last.softnet ?? [];
  const grown = (of: string, read: (sample: Sample) => number | undefined) =>
    window.grown(FILE, `${name} of ${of}`, read, "softnet_stat");
  if (rows.length === 0 || rows.some(({ cpu }) => cpu === undefined))
    return [{ cpu: undefined, delta: grown("all CPUs", ({ softnet }) => sumOf(softnet, column)) }];
  const byCpu = new Map(
    window.samples.map((sample) => [sample, new Map((sample.softnet ?? []).map((row) => [row.cpu, row]))]),
  );
  return rows.map(({ cpu }) => ({
    cpu,
    delta: grown(`CPU ${cpu}`, (sample) => {
      const row = byCpu.get(sample)?.get(cpu);
      return row && column(row);
    }),
  }));
}

/** Of which CPUs it is not known, and why. */
function untold(all: readonly OfCpu[]): Unjudged[] {
  return briefly(all.map(({ cpu, delta }) => (isUnjudged(delta) ? unjudgedOf(subjectOf(cpu), delta) : delta)));
}

function subjectOf(cpu: number | undefined): Subject {
  return cpu === undefined ? { kind: "machine" } : { kind: "cpu", cpu };
}

function cpuWord(cpu: number | undefined): string {
  return cpu === undefined ? "the CPUs together" : `CPU ${cpu}`;
}

/** What all CPUs dropped; `undefined` where it is not known. */
export function softnetDropped(window: Window): number | undefined {
  const all = knownOf(eachCpu(window, "dropped", ({ dropped }) => dropped).map(({ delta }) => delta));
  return all.length === 0 ? undefined : all.reduce((sum, { delta }) => sum + delta, 0);
}

const softnetDroppedSpec: FindingSpec = {
  id: "softnet-dropped",
  title: "a CPU drops received packets because its backlog is full",
  help:
    "Packets of loopback, veth, tunnels and receive packet steering wait in a queue of the CPU, and it was full. Double net.core.netdev_max_backlog, and spread " +
    "the work over CPUs (RPS, more queues of the device). It is of the whole machine: which namespace sent them is not told.",
  sources: ["enqueue_to_backlog, net/core/dev.c", "softnet_seq_show, net/core/net-procfs.c", "netdata, softnet.conf"],
  thresholds: { info: 0, warn: 10 },
  clear: { info: 0, warn: 0 },
  use: [RESOURCE, "saturation"],
  judge(window, thresholds) {
    const all = eachCpu(window, "dropped", ({ dropped }) => dropped);
    const backlog = window.limit("net.core.netdev_max_backlog");
    const limit = isUnjudged(backlog) ? undefined : window.limitOf("net.core.netdev_max_backlog", backlog[0]!);
    const drafts = all.flatMap(({ cpu, delta }): Verdict => {
      const severity = isUnjudged(delta) ? undefined : severityOf(delta.perSecond, thresholds);
      if (isUnjudged(delta) || severity === undefined) return [];
      const full =
        limit === undefined ? "its backlog was full" : `its backlog of ${countWord(limit.value)} packets was full`;
      const summary = `${cpuWord(cpu)} dropped ${several(delta.delta, "packet")} in ${seconds(window)}, ${perSecond(delta.perSecond)}, because ${full}`;
      return [{ severity, subject: subjectOf(cpu), evidence: [delta], limit, summary, isMachine: true }];
    });
    return [...untold(all), ...drafts];
  },
};

const softnetSqueezed: FindingSpec = {
  id: "softnet-squeezed",
  title: "rounds of polling ended with work left",
  help:
    "A round of receiving used up its packets (net.core.netdev_budget) or its time (netdev_budget_usecs) and went on in the next one. Alone it means little and " +
    "needs no tuning. It is a warning only where packets were lost at the same time: then raise both in small steps.",
  sources: ["net_rx_action, net/core/dev.c", "netdata, softnet.conf, and the complaints about it: issues 984 and 1076"],
  thresholds: { info: 10 },
  clear: { info: 5 },
  use: [RESOURCE, "saturation"],
  judge(window, thresholds) {
    const all = eachCpu(window, "timeSqueeze", ({ timeSqueeze }) => timeSqueeze);
    const lost = lostMeanwhile(window);
    const drafts = all.flatMap(({ cpu, delta }): Verdict => {
      const severity = isUnjudged(delta) ? undefined : severityOf(delta.perSecond, thresholds);
      if (isUnjudged(delta) || severity === undefined) return [];
      const [most] = lost;
      const harm =
        most === undefined
          ? "; nothing was lost meanwhile"
          : `; meanwhile ${most.name} rose by ${countWord(most.delta)}`;
      const summary = `${cpuWord(cpu)} ended ${several(delta.delta, "round")} of polling in ${seconds(window)} with work left, ${perSecond(delta.perSecond)}${harm}`;
      const evidence = [delta, ...lost.slice(0, 3)];
      return [
        {
          severity: most === undefined ? severity : "warn",
          subject: subjectOf(cpu),
          evidence,
          summary,
          isMachine: true,
        },
      ];
    });
    return [...untold(all), ...drafts];
  },
};

/** What was lost before or in the backlog: that is what a round that is too short can do. */
function lostMeanwhile(window: Window): Delta[] {
  const interfaces = Interfaces.of(window);
  const ofDevices = interfaces.last.flatMap((device) => [
    interfaces.grown(device, "recvFifo", ({ status }) => status.recvFifo),
    interfaces.grown(device, "recvMissed", ({ recvMissed }) => recvMissed),
  ]);
  const ofCpus = eachCpu(window, "dropped", ({ dropped }) => dropped).map(({ delta }) => delta);
  return knownOf([...ofCpus, ...ofDevices])
    .filter(({ delta }) => delta > 0)
    .sort((a, b) => b.delta - a.delta);
}

const softnetFlowLimit: FindingSpec = {
  id: "softnet-flow-limit",
  title: "packets of a large flow are dropped so that small ones get through",
  help:
    "The backlog of the CPU was more than half full, and one flow had most of it: the flow limit, which somebody has turned on, dropped packets of that flow. It does " +
    "what it is for. See net.core.flow_limit_cpu_bitmap.",
  sources: ["skb_flow_limit, net/core/dev.c", "softnet_seq_show, net/core/net-procfs.c"],
  thresholds: { info: 0 },
  clear: { info: 0 },
  use: [RESOURCE, "saturation"],
  judge(window, thresholds) {
    const all = eachCpu(window, "flowLimitCount", ({ flowLimitCount }) => flowLimitCount);
    const drafts = all.flatMap(({ cpu, delta }): Verdict => {
      const severity = isUnjudged(delta) ? undefined : severityOf(delta.delta, thresholds);
      if (isUnjudged(delta) || severity === undefined) return [];
      const summary = `${cpuWord(cpu)} dropped ${several(delta.delta, "packet")} of large flows in ${seconds(window)} by the flow limit`;
      return [{ severity, subject: subjectOf(cpu), evidence: [delta], summary, isMachine: true }];
    });
    return [...untold(all), ...drafts];
  },
};

export const SOFTNET: readonly FindingSpec[] = [softnetDroppedSpec, softnetSqueezed, softnetFlowLimit];
