import type { DatagramSocket } from "../../../sockets/types.ts";
import type { Sample } from "../../sample.ts";
import { type Counted, type CounterName, counted } from "../counted.ts";
import type { Evidence } from "../finding.ts";
import { type Losses, type Lost, lossesOf } from "../lost.ts";
import { type Draft, type FindingSpec, severityOf } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { counterOf, ownersOf, type Window } from "../window.ts";
import { endpointOf, ownersWord, percent, perSecond, seconds, several, thisNamespace } from "../words.ts";
import { UDP_REST } from "./udp-rest.ts";

const RESOURCE = "memory of TCP, UDP";

const RECEIVED: readonly CounterName[] = [
  ["snmp", "Udp.InDatagrams"],
  ["snmp6", "Udp6.InDatagrams"],
];
const NO_ROOM: readonly CounterName[] = [
  ["snmp", "Udp.RcvbufErrors"],
  ["snmp6", "Udp6.RcvbufErrors"],
];

/** Datagrams for which a socket had no room: the row of the socket tells which, exactly. */
const udpReceiveBuffer: FindingSpec = {
  id: "udp-receive-buffer",
  title: "datagrams are lost because a program does not read them fast enough",
  help:
    "They came, and the receive buffer of their socket was full; nobody is told. The program should read faster (more threads, recvmmsg), or ask for a larger " +
    "buffer: SO_RCVBUF, up to net.core.rmem_max, or net.core.rmem_default for all. A larger buffer helps against bursts, not " +
    "against a reader that is too slow. A few lost now and then can be ignored. How large the buffer of a socket is procfs does not tell (rb of ss -uam does), " +
    "and what is in it now says nothing of when it was full.",
  sources: [
    "__udp_queue_rcv_skb, net/ipv4/udp.c: ENOMEM counts as RcvbufErrors, and in the drops of the row",
    "netdata, udp_errors.conf",
  ],
  thresholds: { warn: 10, socketShare: 0.001, socketDrops: 10 },
  clear: { warn: 0, socketShare: 0.0001, socketDrops: 0 },
  use: [RESOURCE, "errors"],
  judge(window, marks) {
    const full = counted(window, NO_ROOM);
    // Drops of a row are also of a bad checksum or of the socket's own filter: without this counter they mean nothing here.
    if (full.total === 0) return full.untold;
    const losses = lossesOf(window, "udp", ({ datagrams }) => datagrams.filter(isUdp), nameOf);
    const lost = isUnjudged(losses) ? [] : losses.lost;
    const ofSockets = lost.reduce((sum, { delta }) => sum + delta.delta, 0);
    const came = counted(window, RECEIVED).total + ofSockets;
    const drafts: Draft[] = lost
      .filter(({ delta: { delta } }) => delta >= (marks.socketDrops ?? 0) && delta >= came * (marks.socketShare ?? 0))
      .map((one) => ofSocket(window, one, came, full));
    const rest = isUnjudged(losses) ? 0 : closedLoss(losses);
    const told = rest > 0 || drafts.length > 0 ? rest : full.total;
    const rate = window.seconds > 0 ? told / window.seconds : 0;
    const severity = severityOf(rate, { warn: marks.warn! });
    if (severity !== undefined) {
      const whose = isUnjudged(losses)
        ? "; whose they were is not known"
        : rest > 0
          ? ", in sockets that are closed by now"
          : "; no socket lost many of them";
      const summary = `${several(told, "datagram was", "datagrams were")} lost in ${seconds(window)}, ${perSecond(rate)}, because receive buffers were full${whose}`;
      const open: Evidence = { name: "drops of open sockets", file: "net/udp, net/udp6", value: ofSockets };
      const evidence = rest > 0 && ofSockets > 0 ? [...full.grown, open] : full.grown;
      drafts.push({ severity, subject: thisNamespace(window), evidence, summary });
    }
    return [...full.untold, ...(isUnjudged(losses) ? [losses] : losses.untold), ...drafts];
  },
};

/** Seconds that may lie between the counters of a look and its sockets: they are not read at one instant. */
const APART = 0.5;

/**
 * What the counters have that no open socket lost, between the same two looks. What open sockets lose while one is read and the other
 * is not is in one of them alone, at both ends: so much of a difference says nothing.
 */
function closedLoss({ between: [first, last], lost }: Losses<DatagramSocket>): number {
  const counted = noRoom(last) - noRoom(first);
  const ofSockets = lost.reduce((sum, { delta }) => sum + delta.delta, 0);
  const perSecond = lost.reduce((sum, { delta }) => sum + delta.perSecond, 0);
  const rest = counted - ofSockets;
  return rest > Math.min(ofSockets, perSecond * APART) ? rest : 0;
}

/** Of both families. */
function noRoom({ snmp, snmp6 }: Sample): number {
  return (counterOf(snmp, "Udp.RcvbufErrors") ?? 0) + (counterOf(snmp6, "Udp6.RcvbufErrors") ?? 0);
}

function isUdp({ protocol }: DatagramSocket): boolean {
  return protocol === "udp" || protocol === "udp6";
}

function nameOf({ protocol, localAddress, localPort }: DatagramSocket): string {
  return `${protocol} ${endpointOf(localAddress, localPort)}`;
}

function ofSocket(window: Window, { socket, delta }: Lost<DatagramSocket>, came: number, full: Counted): Draft {
  const { protocol, inode, localAddress, localPort, remoteAddress, remotePort } = socket;
  const owners = ownersOf([socket]);
  const who = owners.length === 0 ? "" : ` of ${ownersWord(owners)}`;
  // More than all sockets together for want of room: then some were dropped for another reason.
  const isRefused = delta.delta - full.total > delta.delta * REFUSED;
  const why = isRefused ? "because its receive buffer was full, or a filter of its own refused them" : FULL;
  return {
    severity: "warn",
    subject: {
      kind: "socket",
      protocol,
      inode,
      local: endpointOf(localAddress, localPort),
      remote: remotePort === 0 ? "" : endpointOf(remoteAddress, remotePort),
    },
    evidence: [
      delta,
      { name: "rxQueue", file: `net/${protocol}`, value: socket.rxQueue, unit: "bytes" },
      ...full.grown,
    ],
    owners,
    summary: `${nameOf(socket)}${who} lost ${several(delta.delta, "datagram")} in ${seconds(window)} ${why}: ${percent(delta.delta / came)} of all that came`,
  };
}

/**
 * The share of what a socket lost that its filter must have refused before it is told of. The row and the counters are read at two
 * instants: what is lost in between is in one of them alone.
 */
const REFUSED = 0.1;

const FULL = "because its receive buffer was full";

/** Datagrams that could not be sent for want of room. */
const udpSendBuffer: FindingSpec = {
  id: "udp-send-buffer",
  title: "datagrams are not sent because there is no room for them",
  help:
    "The send buffer of a socket, or memory, or the queue of a device was full; the program got ENOBUFS or EAGAIN, or nothing. It sends faster than the " +
    "device can: see interface-saturated and interface-drops. A larger SO_SNDBUF helps against bursts.",
  sources: ["udp_sendmsg and udp_send_skb, net/ipv4/udp.c", "netdata, udp_errors.conf"],
  thresholds: { warn: 10 },
  clear: { warn: 0 },
  use: [RESOURCE, "errors"],
  judge(window, thresholds) {
    const full = counted(window, [
      ["snmp", "Udp.SndbufErrors"],
      ["snmp6", "Udp6.SndbufErrors"],
    ]);
    const severity = severityOf(full.perSecond, thresholds);
    if (severity === undefined) return full.untold;
    const summary = `${several(full.total, "datagram was", "datagrams were")} not sent in ${seconds(window)}, ${perSecond(full.perSecond)}, because there was no room`;
    return [...full.untold, { severity, subject: thisNamespace(window), evidence: full.grown, summary }];
  },
};

export const UDP: readonly FindingSpec[] = /* @__PURE__ */ [[udpReceiveBuffer, udpSendBuffer], UDP_REST].flat();
