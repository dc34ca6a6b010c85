import type { TcpSocket } from "../../../sockets/types.ts";
import type { Draft, FindingSpec } from "../spec.ts";
import { isUnjudged, type Unjudged } from "../unjudged.ts";
import { ownersOf } from "../window.ts";
import { countWord, several } from "../words.ts";
import { byProcess } from "./by-process.ts";
import {
  connectionsIn,
  groupsBy,
  longest,
  looksOf,
  ofShortWindow,
  type Stay,
  seconds,
  shortest,
  socketCount,
  staysOf,
} from "./rows.ts";

/** The timer that probes a window which the peer has closed. */
const PROBE = 4;
/** The timer after which data are sent again. */
const RESEND = 1;

/** Peers that do not read. */
const peerNotReading: FindingSpec = {
  id: "tcp-peer-not-reading",
  title: "a peer does not read what a program sends",
  help:
    "The peer has closed its window: its program does not read, or too slowly, and what this one wrote waits here. Look at the consumer at the " +
    "other end. This side waits for as long as the peer answers probes, unless the program has a time-out of its own.",
  sources: ["get_tcp4_sock, net/ipv4/tcp_ipv4.c: timer 4; tcp_probe_timer, net/ipv4/tcp_timer.c"],
  thresholds: { seconds: 30, warn: 10 },
  clear: { seconds: 10, warn: 5 },
  judge(window, { seconds: hold = 0, warn = 0 }) {
    const looks = looksOf(window, "tcp");
    if (isUnjudged(looks)) return [looks];
    const isShort = window.seconds < hold;
    const stays = staysOf(looks, connectionsIn, isProbing).filter(({ milliseconds, rows }) =>
      isShort ? rows.length === looks.length : milliseconds >= hold * 1000,
    );
    return byProcess(stays, window).map(({ subject, owners, who, stays: own }): Draft | Unjudged => {
      const waiting = own.reduce((sum, { socket }) => sum + socket.txQueue, 0);
      const draft: Draft = {
        severity: own.length >= warn ? "warn" : "info",
        subject,
        owners,
        evidence: [
          socketCount("connections with a closed window", own.length),
          { ...socketCount("txQueue of them", waiting), unit: "bytes" },
        ],
        held: longest(own),
        summary: `${several(own.length, "peer")} of ${who} ${own.length === 1 ? "has" : "have"} not read for at least ${seconds(shortest(own))}, and ${countWord(waiting)} bytes wait to be sent`,
      };
      return isShort ? ofShortWindow(draft, `${hold} s`) : draft;
    });
  },
};

const isProbing = ({ state, timer, txQueue }: TcpSocket): boolean =>
  (state === "ESTABLISHED" || state === "CLOSE_WAIT") && timer === PROBE && txQueue > 0;

/** Programs that do not read. */
const ownerNotReading: FindingSpec = {
  id: "tcp-owner-not-reading",
  title: "a program does not read what has arrived for it",
  help:
    "Data wait in the receive queue and nobody takes them: the program is blocked, or does not want them now. When the queue is full the window is " +
    "closed and the peer has to wait; that this has happened (TCPToZeroWindowAdv) makes it a warning.",
  sources: [
    "get_tcp4_sock, net/ipv4/tcp_ipv4.c: rx_queue; tcp_select_window, net/ipv4/tcp_output.c: TCPToZeroWindowAdv",
    "marks: our own judgement",
  ],
  thresholds: { samples: 3, bytes: 65_536 },
  clear: { samples: 2, bytes: 32_768 },
  judge(window, { samples = 0, bytes = 0 }) {
    const looks = looksOf(window, "tcp");
    if (isUnjudged(looks)) return [looks];
    const closed = window.counter("netstat", "TcpExt.TCPToZeroWindowAdv");
    const isShort = looks.length < samples;
    const isClosing = !isUnjudged(closed) && closed.delta > 0;
    const stays = staysOf(looks, connectionsIn, isUnread).filter((stay) =>
      isLeft(stay, isShort ? looks.length : samples, bytes),
    );
    return byProcess(stays, window).map(({ subject, owners, who, stays: own }): Draft | Unjudged => {
      const waiting = own.reduce((sum, { socket }) => sum + socket.rxQueue, 0);
      const before = own.reduce((sum, { rows }) => sum + rows.at(-1)!.rxQueue, 0);
      const draft: Draft = {
        severity: isClosing ? "warn" : "info",
        subject,
        owners,
        evidence: [
          socketCount("connections that are not read", own.length),
          { ...socketCount("rxQueue of them", waiting), before, unit: "bytes" },
          ...(isUnjudged(closed) ? [] : [closed]),
        ],
        held: longest(own),
        summary:
          `${who} has not read from ${several(own.length, "connection")} for at least ${seconds(shortest(own))}, and ${countWord(waiting)} bytes wait` +
          (isClosing ? `; windows were closed ${several(closed.delta, "time")} in this network namespace` : ""),
      };
      return isShort ? ofShortWindow(draft, `${samples} looks`) : draft;
    });
  },
};

/** Whether data wait, of which nothing was taken out until the next look. */
const isUnread = ({ state, inode, rxQueue }: TcpSocket, later?: TcpSocket): boolean =>
  state === "ESTABLISHED" && inode !== 0 && rxQueue > 0 && (later === undefined || later.rxQueue >= rxQueue);

/** Whether that was so in enough looks, and it is much or all the same. */
function isLeft({ rows }: Stay, samples: number, bytes: number): boolean {
  const before = rows[samples - 1];
  return before !== undefined && (rows[0]!.rxQueue > bytes || rows[0]!.rxQueue === before.rxQueue);
}

/** Connections whose path is broken now. */
const stalled: FindingSpec = {
  id: "tcp-stalled",
  title: "connections to one peer get no acknowledgement any more",
  help:
    "Data were sent and sent again, and nothing comes back: the path to that peer is broken now, or the peer is gone. Test the way there (route, " +
    "firewall, NAT that has forgotten the connections). The kernel goes on for net.ipv4.tcp_retries2 repeats, about 15 minutes.",
  sources: ["get_tcp4_sock, net/ipv4/tcp_ipv4.c: timer 1 and retransmits; tcp_retransmit_timer, net/ipv4/tcp_timer.c"],
  thresholds: { warn: 5, retransmits: 3 },
  clear: { warn: 2, retransmits: 2 },
  judge(window, { warn = 0, retransmits: repeats = 0 }) {
    const sockets = window.sockets("tcp");
    if (isUnjudged(sockets)) return [sockets];
    const rows = sockets.notable.filter(
      ({ state, timer, retransmits }) =>
        timer === RESEND && retransmits >= repeats && state !== "SYN_SENT" && state !== "SYN_RECV",
    );
    return [...groupsBy(rows, ({ remoteAddress }) => remoteAddress)].flatMap(([address, group]): Draft[] => {
      if (group.length < warn) return [];
      const most = group.reduce((found, { retransmits }) => Math.max(found, retransmits), 0);
      const waiting = group.reduce((sum, { txQueue }) => sum + txQueue, 0);
      return [
        {
          severity: "warn",
          subject: { kind: "destination", address },
          evidence: [
            socketCount(`connections with ${address} that repeat`, group.length),
            { ...socketCount("txQueue of them", waiting), unit: "bytes" },
          ],
          owners: ownersOf(group),
          summary: `${several(group.length, "connection")} with ${address} got no acknowledgement after up to ${most} repeats, and ${countWord(waiting)} bytes wait`,
        },
      ];
    });
  },
};

export const STALLS: readonly FindingSpec[] = [peerNotReading, ownerNotReading, stalled];
