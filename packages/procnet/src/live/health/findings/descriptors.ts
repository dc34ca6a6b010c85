import { type Draft, type FindingSpec, severityOf } from "../spec.ts";
import { type Unjudged, unjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { many, percent } from "./rows.ts";

/** Processes with hardly a descriptor left. */
const processFdLimit: FindingSpec = {
  id: "process-fd-limit",
  title: "a process has hardly a file descriptor left",
  help:
    "At its soft limit accept(2), socket(2) and open(2) fail with EMFILE: the usual cause of a full accept queue, and where a leak of sockets ends. " +
    "See which kind of socket it has most of (tcp-close-wait-leak), close what leaks, or raise the limit (LimitNOFILE of its unit, ulimit -n).",
  sources: [
    "alloc_fd, fs/file.c; proc(5), the file limits of a process",
    "Documentation/filesystems/proc.rst: size of the directory fd, since Linux 6.2",
  ],
  thresholds: { warn: 0.8, crit: 0.95 },
  clear: { warn: 0.7, crit: 0.85 },
  use: ["accept path", "utilization"],
  judge(window, thresholds) {
    const { processes, sockets } = window.last;
    if (processes === undefined) return [window.noSockets()];
    const found: (Draft | Unjudged)[] = [];
    let uncounted = 0;
    for (const { pid, startTime, program, descriptors, limit } of processes) {
      if (descriptors === undefined || limit === undefined) {
        uncounted++;
        continue;
      }
      const severity = severityOf(descriptors / limit, thresholds);
      if (severity === undefined) continue;
      const held = [...(sockets?.listeners ?? []), ...(sockets?.notable ?? [])].filter(({ owners = [] }) =>
        owners.some((owner) => owner.pid === pid),
      );
      const [owner = { pid, startTime, program, container: undefined, unit: undefined, sockets: 0 }] = ownersOf(
        held,
      ).filter((one) => one.pid === pid);
      found.push({
        severity,
        subject: { kind: "process", pid, program },
        evidence: [{ name: "descriptors", file: `${pid}/fd`, value: descriptors }],
        limit: { name: "Max open files", value: limit, file: `${pid}/limits`, scope: "process" },
        owners: [owner],
        summary: `${program} (process ${pid}) has ${descriptors} file descriptors open, ${percent(descriptors / limit)} of the ${limit} it may have`,
      });
    }
    if (uncounted > 0) {
      const whose = many(uncounted, "process", "processes");
      found.push(
        unjudged(
          "no-file",
          `the descriptors of ${whose}, or the limit, could not be read: it has ended, or the kernel does not count them (before 6.2)`,
        ),
      );
    }
    return found;
  },
};

export const DESCRIPTORS: readonly FindingSpec[] = [processFdLimit];
