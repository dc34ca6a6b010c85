import type { Evidence } from "../finding.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { percent, several } from "../words.ts";
import { seconds, socketCount } from "./rows.ts";

const BUCKETS = "net.ipv4.tcp_max_tw_buckets";
const ORPHANS = "net.ipv4.tcp_max_orphans";

/** Connections that are over and that the kernel still remembers. */
const timeWait: FindingSpec = {
  id: "tcp-time-wait",
  title: "more connections end than the kernel may remember in TIME_WAIT",
  help:
    "TIME_WAIT itself is normal: it is on the side that closes first, for 60 s, and keeps late packets out of later connections. When the limit is " +
    "reached connections end without it. Raise net.ipv4.tcp_max_tw_buckets (the kernel's documentation forbids to lower it), and make fewer short " +
    "connections. The number also counts connections that wait for the peer's end (FIN_WAIT2) after their program has closed.",
  sources: [
    "inet_twsk_alloc, net/ipv4/inet_timewait_sock.c; tcp_time_wait, net/ipv4/tcp_minisocks.c",
    "Documentation/networking/ip-sysctl.rst, tcp_max_tw_buckets",
  ],
  thresholds: { info: 0.8, overflows: 0 },
  clear: { info: 0.7, overflows: 0 },
  use: ["TIME_WAIT", "utilization"],
  judge(window, { overflows: most = 0, ...marks }) {
    const overflows = window.counter("netstat", "TcpExt.TCPTimeWaitOverflow");
    const now = window.gauge("net/sockstat", "TCP.tw", window.last.sockstat?.TCP?.tw, "sockstat");
    const buckets = window.limit(BUCKETS);
    const limit = isUnjudged(buckets) ? undefined : window.limitOf(BUCKETS, buckets[0]!);
    const rows = window.last.sockets?.counts.get("tcp TIME_WAIT");
    const base = {
      subject: { kind: "namespace", namespace: window.last.namespace } as const,
      evidence: [
        ...[now, overflows].filter((one): one is Evidence => !isUnjudged(one)),
        ...(rows === undefined ? [] : [socketCount("TIME_WAIT (IPv4)", rows)]),
      ],
      limit,
    };
    if (!isUnjudged(overflows) && overflows.delta > most) {
      const summary = `${several(overflows.delta, "connection")} ended without TIME_WAIT in ${seconds(window.milliseconds)}, as the kernel remembers no more${limit === undefined ? "" : ` than ${limit.value}`}`;
      return [{ ...base, severity: "warn", summary }];
    }
    const unknown = isUnjudged(overflows) ? [overflows] : [];
    if (isUnjudged(now)) return [...unknown, now];
    if (now.value === 0) return unknown;
    if (isUnjudged(buckets)) return [...unknown, buckets];
    const ratio = now.value / buckets[0]!;
    const severity = severityOf(ratio, marks);
    if (severity === undefined) return unknown;
    const summary = `${several(now.value, "connection is", "connections are")} in TIME_WAIT, ${percent(ratio)} of the ${buckets[0]} that the kernel remembers`;
    return [...unknown, { ...base, severity, summary }];
  },
};

/** Connections that no process holds and that are not finished. */
const orphans: FindingSpec = {
  id: "tcp-orphans",
  title: "many connections were closed by their programs and cannot finish",
  help:
    "Programs have closed them, and the kernel still sends what was left, or waits for its acknowledgement. Each may hold 64 KB that cannot be " +
    "swapped. For peers that are slow the kernel counts one two or four times, so it already resets some at a half or a quarter of the limit. Look " +
    "for peers that do not acknowledge (FIN_WAIT1 without an owner); lower net.ipv4.tcp_orphan_retries rather than raise the limit. The number is " +
    "that of the whole machine, whichever network namespace it was read in.",
  sources: [
    "tcp_out_of_resources, net/ipv4/tcp_timer.c; tcp_too_many_orphans, net/ipv4/tcp.c; sockstat_seq_show, net/ipv4/proc.c",
    "Documentation/networking/ip-sysctl.rst, tcp_max_orphans",
    "netdata, health.d/tcp_orphans.conf: the same marks",
  ],
  thresholds: { warn: 0.25, crit: 0.5 },
  clear: { warn: 0.2, crit: 0.25 },
  use: ["orphans", "utilization"],
  judge(window, thresholds) {
    const now = window.gauge("net/sockstat", "TCP.orphan", window.last.sockstat?.TCP?.orphan, "sockstat");
    if (isUnjudged(now)) return [now];
    if (now.value === 0) return [];
    const limit = window.limit(ORPHANS);
    if (isUnjudged(limit)) return [limit];
    const ratio = now.value / limit[0]!;
    const severity = severityOf(ratio, thresholds);
    if (severity === undefined) return [];
    const here = window.last.sockets?.notable.filter(({ state, inode }) => state === "FIN_WAIT1" && inode === 0);
    return [
      {
        severity,
        subject: { kind: "machine" },
        isMachine: true,
        evidence: [
          now,
          ...(here === undefined ? [] : [socketCount("FIN_WAIT1 without an owner, in this namespace", here.length)]),
        ],
        limit: window.limitOf(ORPHANS, limit[0]!),
        summary: `${several(now.value, "connection is", "connections are")} closed and not finished on this machine, ${percent(ratio)} of the ${limit[0]} that the kernel allows`,
      },
    ];
  },
};

export const CLOSING: readonly FindingSpec[] = [timeWait, orphans];
