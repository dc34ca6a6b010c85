import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { countWord, several, someOf } from "../words.ts";
import { overflowing, queueLimit } from "./full-listeners.ts";
import { listenerOf, localOf, queueOf, seconds } from "./rows.ts";

/** Handshakes that were finished and could not be queued: the listener does not accept fast enough. */
const acceptQueueOverflow: FindingSpec = {
  id: "tcp-accept-queue-overflow",
  title: "finished connections are dropped because a listener does not accept them",
  help:
    "The handshake is done and the program does not call accept(2) fast enough. The client sees a connection that hangs, or tries again after 1, 3 " +
    "and 7 s; since Linux 6.5 every second at first, five times unless net.ipv4.tcp_syn_linear_timeouts of the client says otherwise. Make the listener accept faster: is its event loop blocked, is it out of descriptors (process-fd-limit)? Raise " +
    "the backlog it gives to listen(2) and net.core.somaxconn, both. Not a cure: net.ipv4.tcp_abort_on_overflow.",
  sources: [
    "tcp_conn_request, net/ipv4/tcp_input.c; tcp_v4_syn_recv_sock, net/ipv4/tcp_ipv4.c",
    "Documentation/networking/snmp_counter.rst, TcpExtListenOverflows",
  ],
  thresholds: { warn: 1, crit: 5 },
  clear: { warn: 0, crit: 1 },
  use: ["accept path", "saturation"],
  judge(window, thresholds) {
    const overflows = window.counter("netstat", "TcpExt.ListenOverflows");
    if (isUnjudged(overflows)) return [overflows];
    const severity = severityOf(overflows.perSecond, thresholds);
    if (severity === undefined) return [];
    const long = overflowing(window);
    const [likeliest, ...others] = long;
    const isLooked = window.samples.some(({ sockets }) => sockets !== undefined);
    const unseen = isLooked ? "; no queue was long when it was looked at: the burst was shorter than that" : "";
    const where =
      likeliest === undefined
        ? unseen
        : `, likely that of ${localOf(likeliest)}, where ${countWord(likeliest.rxQueue)} waited` +
          (others.length > 0 ? ` (or of ${someOf(others.map(localOf))})` : "");
    return [
      {
        severity,
        subject:
          likeliest === undefined ? { kind: "namespace", namespace: window.last.namespace } : listenerOf(likeliest),
        evidence: [overflows, ...long.map(queueOf)],
        // Without a listener only the setting could be its limit, which may be far above its backlog.
        limit: likeliest && queueLimit(window, likeliest.inode),
        owners: ownersOf(long),
        summary:
          `${several(overflows.delta, "attempt")} to connect ${overflows.delta === 1 ? "was" : "were"} dropped in ` +
          `${seconds(window.milliseconds)} because an accept queue was full${where}`,
      },
    ];
  },
};

/** The rest of what listeners drop. */
const listenDropsOther: FindingSpec = {
  id: "tcp-listen-drops-other",
  title: "listeners drop attempts to connect for another reason than a full accept queue",
  help:
    "Attempts to connect were dropped and no accept queue was full: the queue of half-open connections was, with cookies off " +
    "(tcp-syn-queue-full, or tcp-syn-recv-many where three quarters of net.ipv4.tcp_max_syn_backlog are reached, which has no counter of its own), there is no route back to the client, memory is short (tcp-memory), a filter of the socket or a signature refused " +
    "them. Look at those findings and at the routes.",
  sources: [
    "tcp_conn_request, net/ipv4/tcp_input.c",
    "Documentation/networking/snmp_counter.rst, TcpExtListenDrops: every overflow counts as a drop too",
  ],
  thresholds: { warn: 1 },
  clear: { warn: 0.5 },
  use: ["accept path", "errors"],
  judge(window, thresholds) {
    const drops = window.counter("netstat", "TcpExt.ListenDrops");
    const overflows = window.counter("netstat", "TcpExt.ListenOverflows");
    if (isUnjudged(drops)) return [drops];
    if (isUnjudged(overflows)) return [overflows];
    // The two are not read at one instant of all CPUs: the difference can be off by a few, also below 0.
    const others = Math.max(0, drops.delta - overflows.delta);
    const severity = severityOf(window.seconds > 0 ? others / window.seconds : 0, thresholds);
    if (severity === undefined) return [];
    return [
      {
        severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: [drops, overflows],
        summary: `${several(others, "attempt")} to connect ${others === 1 ? "was" : "were"} dropped in ${seconds(window.milliseconds)} for another reason than a full accept queue`,
      },
    ];
  },
};

export const LISTEN_DROPS: readonly FindingSpec[] = [acceptQueueOverflow, listenDropsOther];
