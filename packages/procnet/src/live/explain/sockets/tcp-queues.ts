import type { TcpSocket } from "../../../sockets/types.ts";
import type { Fact } from "../explanation.ts";
import { counted, fact, seconds } from "./common.ts";

/*
 * The queues and the timer of a row of TCP. A queue is counted in sequence numbers (write_seq - snd_una, rcv_nxt - copied_seq, in
 * get_tcp4_sock), so that a SYN or FIN counts one: tcp_connect and tcp_send_fin (net/ipv4/tcp_output.c) take it for what is sent, tcp_fin
 * (tcp_input.c) and tcp_recvmsg_locked (tcp.c) for what is received and read.
 */

/** States in which the peer's FIN is among what was received. */
const ENDED: ReadonlySet<string> = /* @__PURE__ */ new Set(["CLOSE_WAIT", "LAST_ACK", "CLOSING"]);

/** States in which this side's SYN is what is sent. */
const OPENING: ReadonlySet<string> = /* @__PURE__ */ new Set(["SYN_SENT", "SYN_RECV", "NEW_SYN_RECV"]);

/** States in which this side's FIN is among what is sent. */
const CLOSED: ReadonlySet<string> = /* @__PURE__ */ new Set(["FIN_WAIT1", "LAST_ACK", "CLOSING"]);

export function queueFacts(socket: TcpSocket): Fact[] {
  return [...received(socket), ...sent(socket)];
}

function received({ state, rxQueue, inode }: TcpSocket): Fact[] {
  if (state === "LISTEN") {
    if (rxQueue === 0) return [fact("No finished connection waits for accept.", "rxQueue")];
    return [
      fact(`${counted(rxQueue, "finished connection waits", "finished connections wait")} for accept.`, "rxQueue"),
    ];
  }
  if (state === "CLOSE_WAIT" && rxQueue === 0 && inode !== 0) {
    return [fact("All that came was read, the end too.", "rxQueue", "state")];
  }
  if (rxQueue === 0) return [];
  const reader =
    inode === 0 && state !== "ESTABLISHED" && state !== "CLOSE_WAIT" ? "Nobody can read" : "Nobody has read";
  if (!ENDED.has(state)) return [fact(`${reader} ${counted(rxQueue, "byte")} that came.`, "rxQueue")];
  if (rxQueue === 1) return [fact(`${reader} the end of what the peer sent.`, "rxQueue", "state")];
  return [fact(`${reader} ${counted(rxQueue - 1, "byte")} that came, and the end behind them.`, "rxQueue", "state")];
}

function sent({ state, txQueue }: TcpSocket): Fact[] {
  if (txQueue === 0 || state === "LISTEN") return [];
  const isEnd = CLOSED.has(state);
  if (!isEnd && !OPENING.has(state)) {
    return [
      fact(`${counted(txQueue, "byte is", "bytes are")} sent or waiting to be, and not acknowledged.`, "txQueue"),
    ];
  }
  const what = isEnd ? "end" : "SYN";
  if (txQueue === 1) return [fact(`The ${what} alone is not acknowledged.`, "txQueue", "state")];
  return [fact(`${counted(txQueue - 1, "byte")} and the ${what} are not acknowledged.`, "txQueue", "state")];
}

/** What the timer runs for, and what was done in vain: get_tcp4_sock says which timer is shown. */
export function timerFacts(socket: TcpSocket): Fact[] {
  switch (socket.timer) {
    case 0:
      return idleTimer(socket);
    case 1:
      return retransmitTimer(socket);
    case 2:
      return otherTimer(socket);
    case 3:
      return [fact(`The kernel forgets it in ${seconds(socket.timerExpires)}.`, "timer", "timerExpires")];
    case 4:
      return probeTimer(socket);
    default:
      return [
        fact(
          `A timer of a kind that this version does not know runs for ${seconds(socket.timerExpires)}.`,
          "timer",
          "timerExpires",
        ),
      ];
  }
}

/** What was sent in vain is told by the columns also at a moment without a timer. */
function idleTimer({ state, txQueue, retransmits }: TcpSocket): Fact[] {
  if (state === "LISTEN" || state === "CLOSE") return [];
  if (retransmits > 0) {
    return [
      fact(
        `The timer repeated ${counted(retransmits, "time")} without an answer, and does not run at this moment.`,
        "timer",
        "retransmits",
      ),
    ];
  }
  return txQueue > 0 ? [fact("No timer runs for it at this moment.", "timer")] : [];
}

/** Retransmission, or the probe for a loss at the end, or the wait for reordered packets: the kernel prints the three alike. */
function retransmitTimer({ state, retransmits, timerExpires }: TcpSocket): Fact[] {
  const next = seconds(timerExpires);
  if (state === "SYN_RECV" || state === "NEW_SYN_RECV") {
    // num_timeout, which counts on while TCP_DEFER_ACCEPT keeps the SYN-ACK back (inet_reqsk_alloc, reqsk_timer_handler).
    const times =
      retransmits === 0
        ? "The answer (SYN-ACK) was sent once"
        : `The wait for the peer ran out ${counted(retransmits, "time")}`;
    return [fact(`${times}; the next wait ends in ${next}.`, "timer", "retransmits", "timerExpires")];
  }
  const what = state === "SYN_SENT" ? "The SYN" : "The oldest part";
  if (retransmits > 0) {
    return [
      fact(
        `${what} was sent again ${counted(retransmits, "time")} without an answer; the next time is in ${next}.`,
        "timer",
        "retransmits",
        "timerExpires",
      ),
    ];
  }
  return [
    fact(
      `${what} was not sent again by the timer; without an answer the timer acts in ${next}.`,
      "timer",
      "retransmits",
      "timerExpires",
    ),
  ];
}

/** sk_timer: keepalive (tcp_keepalive_timer), which also ends FIN_WAIT2 of a closed socket when tcp_fin_timeout is long. */
function otherTimer({ state, inode, probes, timerExpires }: TcpSocket): Fact[] {
  const next = seconds(timerExpires);
  if (state === "LISTEN")
    return [
      fact(
        `A timer for half-open connections runs, as old kernels have it: ${next} are left.`,
        "timer",
        "timerExpires",
      ),
    ];
  if (state === "FIN_WAIT2" && inode === 0) {
    return [fact(`In ${next} the kernel gives up or keeps a small entry only.`, "timer", "timerExpires")];
  }
  if (probes > 0) {
    return [
      fact(
        `${counted(probes, "keepalive probe has", "keepalive probes have")} no answer; the timer ends in ${next}.`,
        "timer",
        "probes",
        "timerExpires",
      ),
    ];
  }
  return [fact(`Keepalive is on: its timer ends in ${next}.`, "timer", "timerExpires")];
}

/**
 * ICSK_TIME_PROBE0: tcp_check_probe_timer sets it when nothing is in flight and the queue was not sent. That is so too for a moment while
 * TCP_CORK or pacing holds data back; a probe is counted only where tcp_send_probe0 could not send the data itself.
 */
function probeTimer({ probes, timerExpires }: TcpSocket): Fact[] {
  const next = seconds(timerExpires);
  if (probes === 0) {
    const why = "most likely the peer's window has no room (TCP_CORK and pacing hold data back too)";
    return [
      fact(
        `Nothing is in flight and the queue is not sent: ${why}. The kernel tries again in ${next}.`,
        "timer",
        "probes",
        "timerExpires",
      ),
    ];
  }
  const tried = counted(probes, "probe of it is unanswered", "probes of it are unanswered");
  return [
    fact(
      `Nothing is in flight: the peer's window has no room. ${tried}, the next is sent in ${next}.`,
      "timer",
      "probes",
      "timerExpires",
    ),
  ];
}
