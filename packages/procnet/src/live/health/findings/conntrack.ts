import type { StatNfConntrack } from "../../../files/counters/stat-nf-conntrack.ts";
import type { Sample } from "../../sample.ts";
import { countedOf, sumOf } from "../counted.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, type Unjudged } from "../unjudged.ts";
import type { Delta, Window } from "../window.ts";
import { countWord, percent, perSecond, seconds, several } from "../words.ts";

const RESOURCE = "conntrack";
const FILE = "net/stat/nf_conntrack";
const SUBJECT = { kind: "table", table: "nf_conntrack" } as const;

/** The number of now that is the same in every row; without the file, the setting that says it. */
function trackedIn({ conntrack }: Sample): number | undefined {
  return conntrack?.[0]?.entries;
}

/** The most that were tracked lately: a table that is full for a moment drops as well. */
const LATELY = 10_000;

const conntrackFull: FindingSpec = {
  id: "conntrack-full",
  title: "the table of tracked connections is nearly full",
  help:
    "When it is full, packets of new connections are dropped. Raise net.netfilter.nf_conntrack_max, and nf_conntrack_buckets with it; shorten timeouts " +
    "(nf_conntrack_tcp_timeout_established is five days), or do not track what needs no tracking (notrack).",
  sources: [
    "__nf_conntrack_alloc, net/netfilter/nf_conntrack_core.c",
    "netdata, netfilter.conf; node-mixin of node_exporter, 75 %",
  ],
  thresholds: { info: 0.75, warn: 0.9, crit: 0.95 },
  clear: { info: 0.7, warn: 0.85, crit: 0.9 },
  use: [RESOURCE, "utilization"],
  judge(window, thresholds) {
    const lately = window.comparable
      .filter(({ at }) => at >= window.last.at - LATELY)
      .map((sample) => trackedIn(sample));
    const known = lately.filter((value) => value !== undefined);
    const setting = window.limit("net.netfilter.nf_conntrack_count");
    const most = known.length > 0 ? Math.max(...known) : isUnjudged(setting) ? undefined : setting[0];
    const file = known.length > 0 ? FILE : "sys/net/netfilter/nf_conntrack_count";
    const entries = window.gauge(file, "entries", most, "stat/nf_conntrack");
    const max = window.limit("net.netfilter.nf_conntrack_max");
    if (isUnjudged(entries)) return [entries];
    if (isUnjudged(max)) return [max];
    const [limit = 0] = max;
    const severity = limit > 0 ? severityOf(entries.value / limit, thresholds) : undefined;
    if (severity === undefined) return [];
    return [
      {
        severity,
        subject: SUBJECT,
        evidence: [entries],
        limit: window.limitOf("net.netfilter.nf_conntrack_max", limit),
        summary: `${countWord(entries.value)} connections are tracked, of ${countWord(limit)} at most: ${percent(entries.value / limit)}`,
      },
    ];
  },
};

/** What a column did on all CPUs together. */
function column(window: Window, name: string, read: (row: StatNfConntrack) => number | undefined): Delta | Unjudged {
  return window.grown(FILE, name, ({ conntrack }) => sumOf(conntrack, read), "stat/nf_conntrack");
}

const conntrackDrop: FindingSpec = {
  id: "conntrack-drop",
  title: "packets or connections are dropped because they cannot be tracked",
  help:
    "`drop`: a packet was dropped because there was no place or memory for its connection, so that a new one failed. `early_drop`: to make room, a connection that had no answer " +
    "yet was forgotten. The table is full (conntrack-full), or was for a moment: raise net.netfilter.nf_conntrack_max.",
  sources: ["nf_conntrack_in, early_drop and __nf_conntrack_alloc, net/netfilter/nf_conntrack_core.c"],
  thresholds: { warn: 0, crit: 0 },
  clear: { warn: 0, crit: 0 },
  use: [RESOURCE, "errors"],
  judge(window, { warn = 0, crit = 0 }) {
    const drop = column(window, "drop", (row) => row.drop);
    const early = column(window, "early_drop", (row) => row.earlyDrop);
    if (isUnjudged(drop)) return [drop];
    if (isUnjudged(early)) return [early];
    const isBad = drop.delta > crit;
    if (!isBad && early.delta <= warn) return [];
    const dropped = `${several(drop.delta, "packet was", "packets were")} dropped in ${seconds(window)} because their connections could not be tracked`;
    const forgotten = `${several(early.delta, "connection was", "connections were")} forgotten in ${seconds(window)} to make room in the table of those that are tracked`;
    return [
      {
        severity: isBad ? "crit" : "warn",
        subject: SUBJECT,
        evidence: [drop, early],
        summary: isBad ? (early.delta > 0 ? `${dropped}; ${forgotten}` : dropped) : forgotten,
      },
    ];
  },
};

const conntrackInsertFailed: FindingSpec = {
  id: "conntrack-insert-failed",
  title: "connections could not be added to those that are tracked",
  help:
    "Two packets of one new connection were on their way at once, and one lost the race. Typical are two questions for DNS from one socket, with addresses " +
    "translated: an answer then comes seconds late. `clashres` counts those that ended well.",
  sources: ["__nf_conntrack_confirm and nf_ct_resolve_clash, net/netfilter/nf_conntrack_core.c"],
  thresholds: { info: 1 },
  clear: { info: 0.5 },
  use: [RESOURCE, "errors"],
  judge(window, thresholds) {
    const all = countedOf([
      column(window, "insert_failed", (row) => row.insertFailed),
      column(window, "clashres", (row) => row.clashres),
    ]);
    const [most] = all.grown;
    const severity = most && severityOf(most.perSecond, thresholds);
    if (severity === undefined) return all.untold;
    const each = all.grown.map(({ name, delta }) => `${name} ${countWord(delta)}`).join(", ");
    const summary = `packets raced for a place among tracked connections, ${perSecond(most!.perSecond)} (${each} in ${seconds(window)})`;
    return [...all.untold, { severity, subject: SUBJECT, evidence: all.grown, summary }];
  },
};

export const CONNTRACK: readonly FindingSpec[] = [conntrackFull, conntrackDrop, conntrackInsertFailed];
