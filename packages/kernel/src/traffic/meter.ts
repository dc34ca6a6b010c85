import { eachAttribute } from "../netlink/attributes.ts";
import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/*
 * What connections sent and received between two looks, from the messages of sock_diag as they lie there: of 10,000 connections that do
 * nothing no row is made.
 */

/** What a connection did between two looks; bytes are those of the program, without the heads of packets. */
export interface Moved {
  /** Bytes sent, each once. */
  readonly sent: number;
  /** Bytes received, each once. */
  readonly received: number;
  /** Bytes sent again. */
  readonly retransmitted: number;
  /** Segments sent, those without data and those sent again too. */
  readonly segmentsOut: number;
  /** Segments received. */
  readonly segmentsIn: number;
}

interface Known {
  sent: number;
  received: number;
  retransmitted: number;
  segmentsOut: number;
  segmentsIn: number;
  look: number;
}

const NOTHING: Known = { sent: 0, received: 0, retransmitted: 0, segmentsOut: 0, segmentsIn: 0, look: 0 };

/** Where a message of sock_diag has the cookie, and where its attributes begin. */
const COOKIE = 44;
const ATTRIBUTES = 72;
const INET_DIAG_INFO = 2;

/** Bytes of struct tcp_info up to what is needed: since Linux 4.19, and since 4.2 for less. */
const WITH_SENT = 216;
const WITH_SEGMENTS = 144;

/** Remembers the figures of each connection, by its cookie, from look to look. */
export class TrafficMeter {
  private readonly known = new Map<number, Known>();
  private look = 0;

  /** How many connections the last look saw. */
  get size(): number {
    return this.known.size;
  }

  /** A look begins. */
  begin(): void {
    this.look++;
  }

  /**
   * Takes a message; what the connection did since the look before, where that is not nothing. One that was not there before has opened
   * since, so that all of its figures are new, but with the first look.
   */
  take(of: KernelBytes, from: number, to: number): Moved | undefined {
    let info = 0;
    let end = 0;
    eachAttribute(of, from + ATTRIBUTES, to, (type, start, last) => {
      if (type !== INET_DIAG_INFO) return;
      info = start;
      end = last;
    });
    // TIME_WAIT and requests for a connection have none.
    if (end - info < WITH_SEGMENTS) return undefined;
    const { view, littleEndian } = of;
    const isWhole = end - info >= WITH_SENT;
    const retransmitted = isWhole ? u64(of, info + 208) : 0;
    const sent = isWhole ? u64(of, info + 200) - retransmitted : u64(of, info + 120);
    const received = u64(of, info + 128);
    const segmentsOut = view.getUint32(info + 136, littleEndian);
    const segmentsIn = view.getUint32(info + 140, littleEndian);
    const cookie = u64(of, from + COOKIE);
    const before = this.known.get(cookie);
    if (before === undefined) {
      this.known.set(cookie, { sent, received, retransmitted, segmentsOut, segmentsIn, look: this.look });
      return this.look === 1
        ? undefined
        : difference({ sent, received, retransmitted, segmentsOut, segmentsIn }, NOTHING);
    }
    before.look = this.look;
    if (segmentsOut === before.segmentsOut && segmentsIn === before.segmentsIn && sent === before.sent)
      return undefined;
    const moved = difference({ sent, received, retransmitted, segmentsOut, segmentsIn }, before);
    Object.assign(before, { sent, received, retransmitted, segmentsOut, segmentsIn });
    return moved;
  }

  /** A look is over: forgets connections that it did not see; how many they are. What they did since the look before was not seen. */
  end(): number {
    let gone = 0;
    for (const [cookie, { look }] of this.known) {
      if (look === this.look) continue;
      this.known.delete(cookie);
      gone++;
    }
    return gone;
  }
}

/** Counters of segments have 32 bits. */
const SEGMENTS = 2 ** 32;

function difference(now: Moved, before: Moved): Moved {
  return {
    // What was sent and is sent again is not new: the sum of both never shrinks, one alone may for a moment.
    sent: Math.max(0, now.sent - before.sent),
    received: Math.max(0, now.received - before.received),
    retransmitted: Math.max(0, now.retransmitted - before.retransmitted),
    segmentsOut: (now.segmentsOut - before.segmentsOut + SEGMENTS) % SEGMENTS,
    segmentsIn: (now.segmentsIn - before.segmentsIn + SEGMENTS) % SEGMENTS,
  };
}
