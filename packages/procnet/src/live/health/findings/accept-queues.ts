import { fullAt } from "../../../codes/accept-queue.ts";
import type { Severity } from "../finding.ts";
import { atLeast, type Draft, type FindingSpec, severityOf, type Thresholds } from "../spec.ts";
import { isUnjudged, type Unjudged, unjudged } from "../unjudged.ts";
import { ownersOf, type Window } from "../window.ts";
import { countWord, several } from "../words.ts";
import { overflowing, queueLimit } from "./full-listeners.ts";
import {
  type Look,
  listenerOf,
  listenersIn,
  localOf,
  looksOf,
  ofShortWindow,
  queueOf,
  type Stay,
  seconds,
  staysOf,
} from "./rows.ts";

const HELP =
  "The program does not accept, or not fast enough: what waits here has finished its handshake, and its client believes to be connected. " +
  "Look at what its owner does: is its event loop blocked, is it out of descriptors (process-fd-limit)? A queue that is full drops the next " +
  "connections (tcp-accept-queue-overflow).";
const HELP_NO_BACKLOG =
  "procfs does not show the backlog given to listen(2): unless it could be learnt from a queue that overflowed, all that is known is that it is " +
  "at most net.core.somaxconn, and the queue may be full long before.";

/** Finished connections that wait look after look. */
const acceptQueueLong: FindingSpec = {
  id: "tcp-accept-queue-long",
  title: "connections wait in the accept queue of a listener look after look",
  help: `${HELP} ${HELP_NO_BACKLOG}`,
  sources: [
    "sk_acceptq_is_full, include/net/sock.h: full at backlog + 1",
    "get_tcp4_sock, net/ipv4/tcp_ipv4.c: rx_queue",
  ],
  thresholds: { samples: 5, warn: 0.8, crit: 1, seconds: 30 },
  clear: { samples: 1, warn: 0.6, crit: 0.8, seconds: 30 },
  use: ["accept path", "utilization"],
  judge(window, thresholds) {
    const looks = looksOf(window, "tcp");
    if (isUnjudged(looks)) return [looks];
    const dropping = new Set(overflowing(window).map(({ inode }) => inode));
    return staysOf(looks, listenersIn, ({ rxQueue }) => rxQueue > 0).flatMap((stay) =>
      judgeListener(stay, window, looks, thresholds, dropping.has(stay.socket.inode)),
    );
  },
};

function judgeListener(
  stay: Stay,
  window: Window,
  looks: readonly Look[],
  thresholds: Thresholds,
  isDropping: boolean,
): (Draft | Unjudged)[] {
  const { socket, rows, milliseconds } = stay;
  const { samples = 0 } = thresholds;
  if (rows.length < samples && rows.length < looks.length) return [];
  const limit = queueLimit(window, socket.inode);
  const isLearnt = limit?.scope === "listener";
  const full = isLearnt ? `, which is full at ${countWord(fullAt(limit.value))}` : "";
  const drains = isDraining(stay, thresholds) ? "" : " and has not become shorter";
  const draft: Draft = {
    severity: severityOfQueue(stay, limit?.value, thresholds, isDropping),
    subject: listenerOf(socket),
    evidence: [{ ...queueOf(socket), before: rows.at(-1)!.rxQueue }],
    limit,
    owners: ownersOf([socket]),
    held: milliseconds,
    ...(isLearnt && { help: HELP }),
    summary:
      `${several(socket.rxQueue, "connection waits", "connections wait")} in the accept queue of ${localOf(socket)}${full}; ` +
      `it was not empty in ${several(rows.length, "look")} over ${seconds(milliseconds)}${drains}`,
  };
  if (rows.length < samples) return [ofShortWindow(draft, `${samples} looks`)];
  if (limit !== undefined) return [draft];
  const why = window.limit("net.core.somaxconn");
  return [
    draft,
    ...(isUnjudged(why)
      ? [unjudged(why.unknown, `how full ${localOf(socket)} is: ${why.message}`, draft.subject)]
      : []),
  ];
}

function severityOfQueue(stay: Stay, limit: number | undefined, thresholds: Thresholds, isDropping: boolean): Severity {
  if (isDropping) return "crit";
  const { warn, crit } = thresholds;
  const byLength =
    limit === undefined
      ? undefined
      : severityOf(stay.socket.rxQueue, { warn: warn! * limit, crit: crit! * limit }, atLeast);
  return byLength ?? (isDraining(stay, thresholds) ? "info" : "warn");
}

/** Whether it became shorter from one look to the next, or was not seen for long enough to tell. */
function isDraining({ rows, milliseconds }: Stay, thresholds: Thresholds): boolean {
  if (milliseconds < thresholds.seconds! * 1000) return true;
  return rows.some(({ rxQueue }, i) => i > 0 && rxQueue > rows[i - 1]!.rxQueue);
}

export const ACCEPT_QUEUES: readonly FindingSpec[] = [acceptQueueLong];
