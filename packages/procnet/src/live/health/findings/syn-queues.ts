import type { TcpSocket } from "../../../sockets/types.ts";
import type { FindingLimit } from "../finding.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, type Unjudged } from "../unjudged.ts";
import { type Delta, ownersOf, type Window } from "../window.ts";
import { countWord, endpointOf, percent, several } from "../words.ts";
import { listenerAt } from "./full-listeners.ts";
import { groupsBy, listenerOf, localOf, ofShortWindow, seconds, socketCount } from "./rows.ts";

/** More half-open connections than a listener may have. */
const synQueueFull: FindingSpec = {
  id: "tcp-syn-queue-full",
  title: "the queue of half-open connections of a listener is full",
  help:
    "Attempts to connect were dropped, or answered by a cookie, because too many others are half-open. Either a flood, or too little room for " +
    "real load. Cookies are a fallback and lose options of TCP: they must not serve as capacity. For real load raise the backlog given to " +
    "listen(2), net.core.somaxconn and net.ipv4.tcp_max_syn_backlog: the backlog bounds this queue too, and with cookies off so do three quarters " +
    "of tcp_max_syn_backlog.",
  sources: [
    "tcp_conn_request, net/ipv4/tcp_input.c; inet_csk_reqsk_queue_is_full, include/net/inet_connection_sock.h",
    "Documentation/networking/ip-sysctl.rst, tcp_syncookies and tcp_max_syn_backlog",
  ],
  thresholds: { warn: 1, crit: 5, seconds: 10 },
  clear: { warn: 0.5, crit: 1, seconds: 0 },
  use: ["accept path", "saturation"],
  judge(window, { seconds: hold = 0, ...marks }) {
    const dropped = window.counter("netstat", "TcpExt.TCPReqQFullDrop");
    const answered = window.counter("netstat", "TcpExt.TCPReqQFullDoCookies");
    if (isUnjudged(dropped)) return [dropped];
    if (isUnjudged(answered)) return [answered];
    const severity = severityOf(dropped.perSecond + answered.perSecond, marks);
    if (severity === undefined) return [];
    const isShort = window.seconds < hold;
    if (!isShort && risingSeconds(window) < hold) return [];
    const [likeliest] = halfOpen(window);
    const listener = likeliest && listenerAt(window, likeliest[0]);
    const draft = {
      severity,
      subject:
        listener === undefined
          ? ({ kind: "namespace", namespace: window.last.namespace } as const)
          : listenerOf(listener),
      evidence: [
        dropped,
        answered,
        ...cookies(window),
        ...(likeliest === undefined ? [] : [socketCount(`SYN_RECV of ${localOf(likeliest[0]!)}`, likeliest.length)]),
      ],
      owners: ownersOf(listener === undefined ? [] : [listener]),
      summary:
        `the queue of half-open connections was full: in ${seconds(window.milliseconds)} ${several(dropped.delta, "attempt")} to connect ` +
        `${dropped.delta === 1 ? "was" : "were"} dropped and ${countWord(answered.delta)} answered by a cookie` +
        (likeliest === undefined
          ? ""
          : `, likely of ${localOf(likeliest[0]!)}, which has ${countWord(likeliest.length)} half-open`),
    };
    return [isShort ? ofShortWindow(draft, `${hold} s`) : draft];
  },
};

/** Answers to cookies that the kernel did not send, or too long ago. */
const synCookiesBad: FindingSpec = {
  id: "tcp-syn-cookies-bad",
  title: "answers come in that match no cookie",
  help:
    "While cookies are in use, last packets of handshakes came that match none: a flood of them, or clients that answer very late. The kernel " +
    "refuses them; look for a flood if there are many.",
  sources: ["cookie_v4_check, net/ipv4/syncookies.c", "Documentation/networking/snmp_counter.rst, SyncookiesFailed"],
  thresholds: { info: 1 },
  clear: { info: 0.5 },
  judge(window, thresholds) {
    const failed = window.counter("netstat", "TcpExt.SyncookiesFailed");
    if (isUnjudged(failed)) return [failed];
    const severity = severityOf(failed.perSecond, thresholds);
    if (severity === undefined) return [];
    return [
      {
        severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: [failed, ...cookies(window)],
        summary: `${several(failed.delta, "packet")} in ${seconds(window.milliseconds)} matched no cookie of ours`,
      },
    ];
  },
};

/** Half-open connections of one listener against what it may have. */
const synRecvMany: FindingSpec = {
  id: "tcp-syn-recv-many",
  title: "a listener has many half-open connections",
  help:
    "Their clients have not finished the handshake: they do not get our answer (asymmetric route, firewall), or it is a flood of addresses that " +
    "nobody has. See where they come from, and whether a packet to there leaves the right way.",
  sources: ["Documentation/networking/ip-sysctl.rst, tcp_max_syn_backlog", "get_openreq4, net/ipv4/tcp_ipv4.c"],
  thresholds: { warn: 0.5, crit: 0.9 },
  clear: { warn: 0.4, crit: 0.7 },
  use: ["accept path", "utilization"],
  judge(window, thresholds) {
    const sockets = window.sockets("tcp");
    if (isUnjudged(sockets)) return [sockets];
    const groups = halfOpen(window);
    if (groups.length === 0) return [];
    const room = halfOpenRoom(window);
    if ("unknown" in room) return [room];
    const { limit, most } = room;
    return groups.flatMap((rows) => {
      const severity = severityOf(rows.length / most, thresholds);
      if (severity === undefined) return [];
      const listener = listenerAt(window, rows[0]);
      const [row] = rows;
      return [
        {
          severity,
          subject: listenerOf(listener ?? row!),
          evidence: [socketCount(`SYN_RECV of ${localOf(row!)}`, rows.length)],
          limit,
          owners: ownersOf(listener === undefined ? [] : [listener]),
          summary: `${several(rows.length, "connection")} to ${localOf(row!)} ${rows.length === 1 ? "is" : "are"} half-open, ${percent(rows.length / most)} of the ${most} that ${limit.name} allows`,
        },
      ];
    });
  },
};

/**
 * The lesser of the two settings, and what it allows: with cookies off a quarter of tcp_max_syn_backlog is kept for peers that are known
 * (tcp_conn_request).
 */
function halfOpenRoom(window: Window): { limit: FindingLimit; most: number } | Unjudged {
  const queue = window.limit("net.core.somaxconn");
  const half = window.limit("net.ipv4.tcp_max_syn_backlog");
  const cookies = window.limit("net.ipv4.tcp_syncookies");
  if (isUnjudged(queue)) return queue;
  if (isUnjudged(half)) return half;
  const areOff = !isUnjudged(cookies) && cookies[0] === 0;
  const most = areOff ? half[0]! - (half[0]! >> 2) : half[0]!;
  return most < queue[0]!
    ? { limit: window.limitOf("net.ipv4.tcp_max_syn_backlog", half[0]!), most }
    : { limit: window.limitOf("net.core.somaxconn", queue[0]!), most: queue[0]! };
}

/** Half-open connections by where they lead to, the most first. */
function halfOpen({ last }: Window): TcpSocket[][] {
  const rows = last.sockets?.notable.filter(({ state }) => state === "SYN_RECV") ?? [];
  const groups = groupsBy(rows, ({ localAddress, localPort }) => endpointOf(localAddress, localPort));
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function cookies(window: Window): Delta[] {
  return ["SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed"]
    .map((name) => window.counter("netstat", `TcpExt.${name}`))
    .filter((one): one is Delta => !isUnjudged(one));
}

/** From the first look after which it rose to the last one at which it had. */
function risingSeconds({ samples }: Window): number {
  const counts = samples.map(({ netstat }) => {
    const { TCPReqQFullDrop = 0, TCPReqQFullDoCookies = 0 } = netstat?.TcpExt ?? {};
    return Number(TCPReqQFullDrop) + Number(TCPReqQFullDoCookies);
  });
  const rising = samples.flatMap((_, i) => (i > 0 && counts[i]! > counts[i - 1]! ? [i] : []));
  const [first, last] = [rising[0], rising.at(-1)];
  return first === undefined || last === undefined ? 0 : (samples[last]!.at - samples[first - 1]!.at) / 1000;
}

export const SYN_QUEUES: readonly FindingSpec[] = [synQueueFull, synCookiesBad, synRecvMany];
