import type { TcpSocket } from "../../../sockets/types.ts";
import type { FindingLimit, Severity } from "../finding.ts";
import { atLeast, type Draft, type FindingSpec, severityOf, type Thresholds } from "../spec.ts";
import { isUnjudged, type Unjudged, unjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { countWord, endpointOf, several } from "../words.ts";
import { byProcess, holderOf, type ProcessStays } from "./by-process.ts";
import { listenerAt } from "./full-listeners.ts";
import {
  connectionsIn,
  groupsBy,
  type Look,
  listenerOf,
  longest,
  looksOf,
  ofShortWindow,
  seconds,
  shortest,
  socketCount,
  staysOf,
} from "./rows.ts";

/** Connections that the peer has closed and the program has not. */
const closeWaitLeak: FindingSpec = {
  id: "tcp-close-wait-leak",
  title: "a program does not close connections that its peers have closed",
  help:
    "The peer has closed, and nothing but close(2) of this program ends the connection. The receive queue tells why it does not: 1, the end of the " +
    "stream was never read (the program is stuck, or does not poll this socket); more than 1, there are data before it as well; 0, the end was read " +
    "and close(2) forgotten: a leak. It goes on until the descriptors are used up (process-fd-limit).",
  sources: [
    "tcp_fin, net/ipv4/tcp_input.c; get_tcp4_sock, net/ipv4/tcp_ipv4.c: rx_queue counts the end as 1",
    "marks: our own judgement",
  ],
  thresholds: { seconds: 60, info: 1, warn: 10, warnShare: 0.1, critShare: 0.5 },
  clear: { seconds: 60, info: 1, warn: 5, warnShare: 0.08, critShare: 0.4 },
  judge(window, thresholds) {
    const looks = looksOf(window, "tcp");
    if (isUnjudged(looks)) return [looks];
    const { seconds: hold = 0 } = thresholds;
    const stays = staysOf(looks, connectionsIn, isLeft);
    const isShort = window.seconds < hold;
    const old = stays.filter(({ milliseconds, rows }) =>
      isShort ? rows.length === looks.length && looks.length > 1 : milliseconds >= hold * 1000,
    );
    if (isShort && looks.length < 2 && stays.length > 0)
      return [
        unjudged("window-too-short", `${several(stays.length, "socket")} in CLOSE_WAIT; ${hold} s are needed to tell`),
      ];
    const found: (Draft | Unjudged)[] = [];
    const files = new Map(window.last.processes?.map(({ pid, limit }) => [pid, limit]));
    const counts = [0, 1 / 3, 2 / 3, 1].map((part) => countsAt(looks, part));
    for (const group of byProcess(old, window)) {
      if (group.stays.length < thresholds.info!) continue;
      const draft = leakOf(group, group.pid === undefined ? undefined : files.get(group.pid), counts, thresholds);
      found.push(isShort ? ofShortWindow(draft, `${hold} s`) : draft);
    }
    return found;
  },
};

const isLeft = ({ state, inode }: TcpSocket): boolean => state === "CLOSE_WAIT" && inode !== 0;

function leakOf(
  group: ProcessStays,
  files: number | undefined,
  lookedAt: readonly ReadonlyMap<number | undefined, number>[],
  thresholds: Thresholds,
): Draft {
  const { subject, owners, pid, who, stays } = group;
  const queues = stays.map(({ socket }) => socket.rxQueue);
  const [leaked, unread, data] = [0, 1, 2].map((n) => queues.filter((queue) => Math.min(queue, 2) === n).length);
  const limit: FindingLimit | undefined =
    files !== undefined && Number.isFinite(files)
      ? { name: "Max open files", value: files, file: `${pid}/limits`, scope: "process" }
      : undefined;
  const counts = lookedAt.map((counted) => counted.get(pid) ?? 0);
  const isGrowing = counts.every((count, i) => i === 0 || count > counts[i - 1]!);
  const share = limit === undefined ? 0 : stays.length / limit.value;
  const byShare = severityOf(share, { warn: thresholds.warnShare!, crit: thresholds.critShare! }, atLeast);
  const severity: Severity = byShare ?? (stays.length >= thresholds.warn! && isGrowing ? "warn" : "info");
  return {
    severity,
    subject,
    owners,
    limit,
    held: longest(stays),
    evidence: [
      { ...socketCount("CLOSE_WAIT", counts.at(-1)!), before: counts[0]! },
      socketCount("CLOSE_WAIT, end of stream read and not closed (rxQueue 0)", leaked!),
      socketCount("CLOSE_WAIT, end of stream not read (rxQueue 1)", unread!),
      socketCount("CLOSE_WAIT, data and end not read (rxQueue above 1)", data!),
    ],
    summary:
      `${who} has left ${several(stays.length, "connection")} open for at least ${seconds(shortest(stays))} after the peer closed: ` +
      reasonsOf(leaked!, unread!, data!) +
      (isGrowing
        ? `; there are more and more, ${countWord(counts[0]!)} before and ${countWord(counts.at(-1)!)} now`
        : ""),
  };
}

/** Why they are not closed, as far as there are any of the kind. */
function reasonsOf(leaked: number, unread: number, data: number): string {
  const kinds = [
    [leaked, "with the end read and not closed"],
    [unread, "with the end not read"],
    [data, "with data and the end not read"],
  ] as const;
  const some = kinds.filter(([count]) => count > 0);
  if (some.length === 1) return `${some[0]![0] === 1 ? "" : "all "}${some[0]![1]}`;
  return some.map(([count, what]) => `${countWord(count)} ${what}`).join(", ");
}

/** Connections in CLOSE_WAIT by process, that part of the window in. */
function countsAt(looks: readonly Look[], part: number): ReadonlyMap<number | undefined, number> {
  const at = looks[0]!.at + (looks.at(-1)!.at - looks[0]!.at) * part;
  const look = looks.findLast((one) => one.at <= at) ?? looks[0]!;
  const counts = new Map<number | undefined, number>();
  for (const socket of look.sockets.notable) {
    if (!isLeft(socket)) continue;
    const pid = holderOf(socket)?.pid;
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  return counts;
}

/** Clients that left before they were accepted. */
const notAcceptedClosed: FindingSpec = {
  id: "tcp-not-accepted-closed",
  title: "clients have closed connections that were never accepted",
  help:
    "They wait in the accept queue, and their clients gave up and left: the listener does not accept. They take room in the queue until it does " +
    "(tcp-accept-queue-long, tcp-accept-queue-overflow).",
  sources: ["inet_csk_reqsk_queue_add, net/ipv4/inet_connection_sock.c; a socket has an inode from accept(2) on"],
  thresholds: { warn: 10 },
  clear: { warn: 5 },
  use: ["accept path", "saturation"],
  judge(window, { warn = 0 }) {
    const sockets = window.sockets("tcp");
    if (isUnjudged(sockets)) return [sockets];
    const left = sockets.notable.filter(
      ({ state, inode, rxQueue }) => state === "CLOSE_WAIT" && inode === 0 && rxQueue > 0,
    );
    const groups = groupsBy(left, ({ localAddress, localPort }) => endpointOf(localAddress, localPort));
    return [...groups].flatMap(([where, rows]): Draft[] => {
      if (rows.length < warn) return [];
      const [row] = rows;
      const listener = listenerAt(window, row);
      return [
        {
          severity: "warn",
          subject: listenerOf(listener ?? row!),
          evidence: [socketCount(`CLOSE_WAIT without inode, of ${where}`, rows.length)],
          owners: ownersOf(listener === undefined ? [] : [listener]),
          summary: `${countWord(rows.length)} clients of ${where} have closed before they were accepted`,
        },
      ];
    });
  },
};

export const CLOSE_WAIT: readonly FindingSpec[] = [closeWaitLeak, notAcceptedClosed];
