import type { UnixSocket } from "../../../sockets/types.ts";
import type { Severity } from "../finding.ts";
import { atLeast, type Draft, type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, type Unjudged, unjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { several } from "../words.ts";
import { groupsBy, type Look, looksOf, ofShortWindow, seconds } from "./rows.ts";

/** Connections that wait for a unix socket, look after look. The kernel counts them nowhere. */
const unixAcceptQueue: FindingSpec = {
  id: "unix-accept-queue",
  title: "connections wait for a unix socket whose program does not accept them",
  help:
    "Each of them is a program that believes to be connected, and gets no answer. Look at what the owner of the listening socket does: is its " +
    "event loop blocked, is it out of descriptors (process-fd-limit)? When the queue is full, connect(2) waits, or fails with EAGAIN where it may " +
    "not. The kernel has no counter for this, and procfs does not show the backlog given to listen(2): the queue may be full long before " +
    "net.core.somaxconn is reached.",
  sources: ["unix_stream_connect and unix_seq_show, net/unix/af_unix.c: a connection that waits has no inode"],
  thresholds: { samples: 5, warn: 0.8, crit: 1 },
  clear: { samples: 1, warn: 0.6, crit: 0.8 },
  use: ["accept path", "utilization"],
  judge(window, { samples = 0, ...marks }) {
    const looks = looksOf(window, "unix");
    if (isUnjudged(looks)) return [looks];
    const last = looks.at(-1)!;
    const counts = looks.map(countsOf);
    const somaxconn = window.limit("net.core.somaxconn");
    return [...counts.at(-1)!].flatMap(([path, waiting]): (Draft | Unjudged)[] => {
      const run = runOf(counts, path);
      if (run < samples && run < looks.length) return [];
      const severity: Severity =
        (isUnjudged(somaxconn)
          ? undefined
          : severityOf(waiting, { warn: marks.warn! * somaxconn[0]!, crit: marks.crit! * somaxconn[0]! }, atLeast)) ??
        "info";
      const over = last.at - looks[looks.length - run]!.at;
      const draft: Draft = {
        severity,
        subject: { kind: "unix-listener", path },
        evidence: [
          {
            name: "CONNECTING sockets without inode",
            file: "net/unix",
            value: waiting,
            before: counts[counts.length - run]!.get(path)!,
          },
        ],
        limit: isUnjudged(somaxconn) ? undefined : window.limitOf("net.core.somaxconn", somaxconn[0]!),
        owners: ownersOf(last.sockets.unix.filter((socket) => socket.listening && socket.path === path)),
        held: over,
        summary: `${several(waiting, "connection waits", "connections wait")} to be accepted at the unix socket ${path}; it was not empty in ${several(run, "look")} over ${seconds(over)}`,
      };
      if (run < samples) return [ofShortWindow(draft, `${samples} looks`)];
      return isUnjudged(somaxconn)
        ? [draft, unjudged(somaxconn.unknown, `how full the queue of ${path} is: ${somaxconn.message}`, draft.subject)]
        : [draft];
    });
  },
};

/** How many connections wait, by path. A row that may be forged counts for nothing. */
function countsOf({ sockets }: Look): Map<string, number> {
  const waiting = sockets.unix.filter(
    (socket): socket is UnixSocket & { readonly path: string } =>
      !socket.listening && socket.suspect === undefined && socket.path !== undefined && socket.path !== "",
  );
  return new Map([...groupsBy(waiting, ({ path }) => path)].map(([path, group]) => [path, group.length]));
}

/** In how many looks some waited, counted from the last one back. */
function runOf(counts: readonly ReadonlyMap<string, number>[], path: string): number {
  let run = 0;
  while (run < counts.length && counts[counts.length - 1 - run]!.has(path)) run++;
  return run;
}

export const UNIX_QUEUES: readonly FindingSpec[] = [unixAcceptQueue];
