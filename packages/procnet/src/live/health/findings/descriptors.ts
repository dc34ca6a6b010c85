import type { SocketDigest } from "../../digest.ts";
import { type Draft, type FindingSpec, severityOf } from "../spec.ts";
import type { Subject } from "../subject.ts";
import { isUnjudged, type Unjudged, unjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { percent, several } from "../words.ts";

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
    const { processes, sockets, missing } = window.last;
    const none = window.sockets("tcp");
    if (processes === undefined || (processes.length === 0 && sockets !== undefined && isUnjudged(none))) {
      return [isUnjudged(none) ? none : unjudged("not-looked", "nobody looked for the processes that hold sockets")];
    }
    const found: (Draft | Unjudged)[] = [];
    const uncounted: Subject[] = [];
    const owners = new Map(
      ownersOf([...(sockets?.listeners ?? []), ...(sockets?.notable ?? [])]).map((owner) => [owner.pid, owner]),
    );
    for (const { pid, startTime, program, descriptors, limit } of processes) {
      const subject = { kind: "process", pid, program } as const;
      if (descriptors === undefined || limit === undefined) {
        uncounted.push(subject);
        continue;
      }
      const severity = severityOf(descriptors / limit, thresholds);
      if (severity === undefined) continue;
      found.push({
        severity,
        subject,
        evidence: [{ name: "descriptors", file: `${pid}/fd`, value: descriptors }],
        limit: { name: "Max open files", value: limit, file: `${pid}/limits`, scope: "process" },
        owners: [owners.get(pid) ?? { pid, startTime, program, container: undefined, unit: undefined, sockets: 0 }],
        summary: `${program} (process ${pid}) has ${descriptors} file descriptors open, ${percent(descriptors / limit)} of the ${limit} it may have`,
      });
    }
    if (uncounted.length > 0) {
      const whose = several(uncounted.length, "process", "processes");
      const why = `the descriptors of ${whose}, or the limit, could not be read: it has ended, or the kernel does not count them (before 6.2)`;
      found.push({ unknown: "no-file", message: why, subjects: uncounted });
    }
    // It says nothing of those that could be looked into.
    const closed = missing.find(({ what }) => what === "processes");
    if (closed !== undefined) found.push({ unknown: "no-right", message: closed.message, subjects: [] });
    if (closed === undefined && processes.length === 0 && holdsSockets(sockets))
      found.push(unjudged("no-file", "there are sockets, and no process that holds one was found"));
    return found;
  },
};

/** Whether there are sockets that somebody must hold: those of netlink can be the kernel's own, and nobody holds one in TIME_WAIT. */
function holdsSockets(sockets: SocketDigest | undefined): boolean {
  return [...(sockets?.counts.keys() ?? [])].some((kind) => kind !== "netlink" && !kind.endsWith("TIME_WAIT"));
}

export const DESCRIPTORS: readonly FindingSpec[] = [processFdLimit];
