import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/* The figures of one connection, struct tcp_info of include/uapi/linux/tcp.h, as they lie in a message of sock_diag. */

/** What a connection did between two looks; bytes are those of the program, without the heads of packets. */
export interface Moved {
  /** Bytes sent, each once. Linux 4.2 to 4.18 tell those that the peer has acknowledged in their place. */
  readonly sent: number;
  /** Bytes received, each once. The end that the peer set counts as one. */
  readonly received: number;
  /** Bytes sent again; 0 before Linux 4.19. */
  readonly retransmitted: number;
  /** Segments sent, those without data and those sent again too. */
  readonly segmentsOut: number;
  /** Segments received. */
  readonly segmentsIn: number;
}

/** No figures. */
export const NOTHING: Moved = { sent: 0, received: 0, retransmitted: 0, segmentsOut: 0, segmentsIn: 0 };

/** Where attributes of a message of sock_diag begin. */
const ATTRIBUTES = 72;
const INET_DIAG_INFO = 2;

/** Bytes of struct tcp_info up to what is needed: since Linux 4.19, and since 4.2 for less. */
const WITH_SENT = 216;
const WITH_SEGMENTS = 144;

/** Whether a connection did nothing at all. */
export function isNothing({ segmentsOut, segmentsIn }: Moved): boolean {
  return segmentsOut === 0 && segmentsIn === 0;
}

/** Where the figures of a message lie, as far as they have what is needed; 0 where there is none, as in TIME_WAIT. */
export function infoIn({ view, littleEndian }: KernelBytes, from: number, to: number): number {
  for (let at = from + ATTRIBUTES; at + 4 <= to; ) {
    const length = view.getUint16(at, littleEndian);
    if (length < 4 || at + length > to) return 0;
    if ((view.getUint16(at + 2, littleEndian) & 0x3fff) === INET_DIAG_INFO)
      return length - 4 < WITH_SEGMENTS ? 0 : at + 4;
    at += (length + 3) & ~3;
  }
  return 0;
}

/** The figures that lie there. */
export function figuresAt(of: KernelBytes, info: number): Moved {
  const { view, littleEndian } = of;
  const isWhole = view.getUint16(info - 4, littleEndian) - 4 >= WITH_SENT;
  const retransmitted = isWhole ? u64(of, info + 208) : 0;
  return {
    sent: isWhole ? u64(of, info + 200) - retransmitted : u64(of, info + 120),
    received: u64(of, info + 128),
    retransmitted,
    segmentsOut: view.getUint32(info + 136, littleEndian),
    segmentsIn: view.getUint32(info + 140, littleEndian),
  };
}

/** Segments sent and received alone: no byte goes or comes without one. */
export function isSame({ view, littleEndian }: KernelBytes, info: number, before: Moved): boolean {
  return (
    view.getUint32(info + 136, littleEndian) === before.segmentsOut &&
    view.getUint32(info + 140, littleEndian) === before.segmentsIn
  );
}

/** Counters of segments have 32 bits. */
const SEGMENTS = 2 ** 32;

/**
 * A socket that is taken apart, connect(2) with AF_UNSPEC, keeps its cookie and begins at 0: tcp_disconnect. No counter of bytes goes back
 * otherwise; one of segments begins again at 0 past its end, which it does not pass by half between two looks.
 */
export function isAnew(now: Moved, before: Moved): boolean {
  if (now.received < before.received) return true;
  if (now.sent + now.retransmitted < before.sent + before.retransmitted) return true;
  return (
    segments(now.segmentsOut, before.segmentsOut) >= SEGMENTS / 2 ||
    segments(now.segmentsIn, before.segmentsIn) >= SEGMENTS / 2
  );
}

function segments(now: number, before: number): number {
  return (now - before + SEGMENTS) % SEGMENTS;
}

/** What it did since. */
export function difference(now: Moved, before: Moved): Moved {
  return {
    // What was sent and is sent again is not new: the sum of both never shrinks, one alone may for a moment.
    sent: Math.max(0, now.sent - before.sent),
    received: now.received - before.received,
    retransmitted: Math.max(0, now.retransmitted - before.retransmitted),
    segmentsOut: segments(now.segmentsOut, before.segmentsOut),
    segmentsIn: segments(now.segmentsIn, before.segmentsIn),
  };
}

/** What it did in two times. */
export function sumOf(one: Moved, other: Moved): Moved {
  return {
    sent: one.sent + other.sent,
    received: one.received + other.received,
    retransmitted: one.retransmitted + other.retransmitted,
    segmentsOut: one.segmentsOut + other.segmentsOut,
    segmentsIn: one.segmentsIn + other.segmentsIn,
  };
}
