import type { Sample } from "../../sample.ts";
import { type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged, unjudged } from "../unjudged.ts";
import { type Delta, ownersOf, type Window } from "../window.ts";
import { countWord, endpointOf, percent, several } from "../words.ts";
import { groupsBy, milder, seconds, socketCount } from "./rows.ts";

const RETRANS = "Tcp.RetransSegs";

/** Repeats that were not needed, as the peers' answers show; more than half of all, and the path loses little. */
const NEEDLESS = 0.5;

/** Data that had to be sent again. */
const retransmissions: FindingSpec = {
  id: "tcp-retransmissions",
  title: "much of what TCP sends has to be sent again",
  help:
    "Packets are lost on a path, or late. See which peers it is (connections with repeats), and the errors and drops of interfaces. OutSegs counts " +
    "acknowledgements without data and leaves repeats out; repeated answers to SYN count as repeats; traffic over loopback makes the share smaller " +
    "than that of the network. The marks are a rule of thumb: no authority names a number for Linux. Look at tcp-spurious first: repeats that were " +
    "not needed are no loss.",
  sources: [
    "__tcp_transmit_skb, __tcp_retransmit_skb and tcp_rtx_synack, net/ipv4/tcp_output.c",
    "marks: a rule of thumb (IBM Tivoli raises at 3 %, older guides of Solaris call 10 % degraded)",
  ],
  thresholds: { info: 0.01, warn: 0.03, crit: 0.1, segments: 1000 },
  clear: { info: 0.005, warn: 0.015, crit: 0.05, segments: 1000 },
  use: ["interface", "saturation"],
  judge(window, { segments = 0, ...marks }) {
    const again = window.counter("snmp", RETRANS);
    const sent = window.counter("snmp", "Tcp.OutSegs");
    if (isUnjudged(again)) return [again];
    if (isUnjudged(sent)) return [sent];
    if (again.delta === 0) return [];
    if (sent.delta < segments)
      return [
        unjudged(
          "too-little",
          `${countWord(sent.delta)} segments were sent and ${countWord(again.delta)} again: a share means something from ${segments} on`,
        ),
      ];
    const ratio = again.delta / (sent.delta + again.delta);
    const severity = severityOf(ratio, marks, (value, mark) => value >= mark);
    if (severity === undefined) return [];
    const spurious = needless(window);
    const isNeedless = spurious !== undefined && spurious.share > NEEDLESS;
    const repeating = window.last.sockets?.notable.filter(({ retransmits }) => retransmits > 0) ?? [];
    const peers = groupsBy(repeating, ({ remoteAddress }) => remoteAddress);
    const [worst] = [...peers].sort((a, b) => b[1].length - a[1].length);
    return [
      {
        severity: isNeedless ? milder(severity) : severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: [
          again,
          sent,
          ...(spurious?.evidence ?? []),
          ...(repeating.length > 0 ? [socketCount("connections with repeats", repeating.length)] : []),
        ],
        owners: ownersOf(repeating),
        summary:
          `${several(again.delta, "segment")} of ${sent.delta + again.delta} (${percent(ratio)}) in ${seconds(window.milliseconds)} ${again.delta === 1 ? "was" : "were"} sent again` +
          (isNeedless ? `, at least ${percent(spurious.share)} of them needlessly` : "") +
          (worst === undefined ? "" : `; now ${several(worst[1].length, "connection")} with ${worst[0]} repeat`),
      },
    ];
  },
};

/** Repeats that turned out to be needless. */
const spurious: FindingSpec = {
  id: "tcp-spurious",
  title: "data is sent again that had arrived",
  help:
    "More than half of the repeats were not needed: packets or acknowledgements come late or in another order, but come. Look for queues that " +
    "fill up on the path, and for links or CPUs between which packets of one connection are spread.",
  sources: ["Documentation/networking/snmp_counter.rst, TCPSpuriousRTOs (F-RTO) and TCPDSACKRecv"],
  thresholds: { info: NEEDLESS, segments: 10 },
  clear: { info: 0.3, segments: 10 },
  judge(window, { segments = 0, ...marks }) {
    const again = window.counter("snmp", RETRANS);
    const timeouts = window.counter("netstat", "TcpExt.TCPSpuriousRTOs");
    const twice = window.counter("netstat", "TcpExt.TCPDSACKRecv");
    if (isUnjudged(again)) return [again];
    if (isUnjudged(timeouts)) return [timeouts];
    if (isUnjudged(twice)) return [twice];
    const count = timeouts.delta + twice.delta;
    if (again.delta === 0 || count === 0) return [];
    if (again.delta < segments)
      return [
        unjudged("too-little", `${several(again.delta, "segment")} sent again: from ${segments} on a share is told`),
      ];
    const severity = severityOf(count / again.delta, marks);
    if (severity === undefined) return [];
    return [
      {
        severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: [timeouts, twice, again],
        summary: `of ${countWord(again.delta)} segments that were sent again in ${seconds(window.milliseconds)}, ${countWord(Math.min(count, again.delta))} had arrived before or only came late`,
      },
    ];
  },
};

/** Connections that were given up. */
const timeouts: FindingSpec = {
  id: "tcp-timeouts",
  title: "connections are given up because the peer does not answer",
  help:
    "All repeats went unanswered, and the program got ETIMEDOUT: the peer is gone, or a firewall or NAT on the way has forgotten the connection. " +
    "Let long idle connections use keepalive. Established ones are given up after net.ipv4.tcp_retries2 repeats (15: about 924 s), new ones after " +
    "tcp_syn_retries.",
  sources: [
    "tcp_write_err and tcp_write_timeout, net/ipv4/tcp_timer.c",
    "Documentation/networking/ip-sysctl.rst, tcp_retries2",
  ],
  thresholds: { warn: 0 },
  clear: { warn: 0 },
  judge(window, thresholds) {
    const given = window.counter("netstat", "TcpExt.TCPAbortOnTimeout");
    if (isUnjudged(given)) return [given];
    const severity = severityOf(given.delta, thresholds);
    if (severity === undefined) return [];
    const timers = window.counter("netstat", "TcpExt.TCPTimeouts");
    const still = silent(window.samples);
    return [
      {
        severity,
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: isUnjudged(timers) ? [given] : [given, timers],
        summary:
          `${several(given.delta, "connection")} ${given.delta === 1 ? "was" : "were"} given up in ${seconds(window.milliseconds)}: the peer answered none of the repeats` +
          (still === undefined ? "" : `; the last one seen to repeat to its end led to ${still}`),
      },
    ];
  },
};

/** A connection with repeats that is no longer there: likely one that was given up. */
function silent(samples: readonly Sample[]): string | undefined {
  const [before, last] = [samples.at(-2)?.sockets, samples.at(-1)?.sockets];
  if (before === undefined || last === undefined) return undefined;
  const there = new Set(last.notable.map(({ inode }) => inode));
  const gone = before.notable
    .filter(({ inode, retransmits }) => inode !== 0 && retransmits > 1 && !there.has(inode))
    .sort((a, b) => b.retransmits - a.retransmits)[0];
  return gone && endpointOf(gone.remoteAddress, gone.remotePort);
}

/** The share of repeats that were needless, with its counters. */
function needless(window: Window): { share: number; evidence: Delta[] } | undefined {
  const [again, ...found] = [
    window.counter("snmp", RETRANS),
    window.counter("netstat", "TcpExt.TCPSpuriousRTOs"),
    window.counter("netstat", "TcpExt.TCPDSACKRecv"),
  ];
  const evidence = found.filter((one): one is Delta => !isUnjudged(one));
  if (again === undefined || isUnjudged(again) || again.delta === 0 || evidence.length < found.length) return undefined;
  const count = evidence.reduce((sum, { delta }) => sum + delta, 0);
  return { share: Math.min(1, count / again.delta), evidence };
}

export const RETRANSMISSIONS: readonly FindingSpec[] = [retransmissions, spurious, timeouts];
