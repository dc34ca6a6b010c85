import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/*
 * What connections sent and received between two looks, from the messages of sock_diag as they lie there: of 10,000 connections that do
 * nothing no row is made, and two counters and a cookie are read of each.
 */

/** What a connection did between two looks; bytes are those of the program, without the heads of packets. */
export interface Moved {
  /** Bytes sent, each once. */
  readonly sent: number;
  /** Bytes received, each once. The end that the peer set counts as one. */
  readonly received: number;
  /** Bytes sent again. */
  readonly retransmitted: number;
  /** Segments sent, those without data and those sent again too. */
  readonly segmentsOut: number;
  /** Segments received. */
  readonly segmentsIn: number;
}

/** What changed of a connection. Who finds out whose it is writes it there. */
export interface Change<Whose> {
  readonly moved: Moved;
  readonly connection: { whose: Whose | undefined };
}

interface Known<Whose> {
  sent: number;
  received: number;
  retransmitted: number;
  segmentsOut: number;
  segmentsIn: number;
  look: number;
  whose: Whose | undefined;
}

const NOTHING: Moved = { sent: 0, received: 0, retransmitted: 0, segmentsOut: 0, segmentsIn: 0 };

/** Where a message of sock_diag has the cookie, and where its attributes begin. */
const COOKIE = 44;
const ATTRIBUTES = 72;
const INET_DIAG_INFO = 2;

/** Bytes of struct tcp_info up to what is needed: since Linux 4.19, and since 4.2 for less. */
const WITH_SENT = 216;
const WITH_SEGMENTS = 144;

/**
 * A connection that a look does not find is remembered for so many more: a dump can miss one while its table changes, and then its figures
 * would all be new. Where ends are heard of it may take long until the end comes: a connection that was reset is in no table, and is there
 * until its process closes it.
 */
const REMEMBERED = 4;
const REMEMBERED_HEARD = 60;

/** Connections that were not found by a look. */
export interface Gone {
  /** By this look, for the first time. */
  readonly closed: number;
  /** Of those, what they did since the look before was not seen, and will not be. */
  readonly lost: number;
}

/** Remembers the figures of each connection, by its cookie, from look to look. */
export class TrafficMeter<Whose = unknown> {
  private readonly known = new Map<number, Known<Whose>>();
  private readonly isHeard: boolean;
  private readonly isWhole: boolean;
  private look = 0;
  private found = 0;

  /**
   * @param isHeard whether the kernel tells of connections that close
   * @param isWhole whether what the first look sees is new too, as in a namespace that was made since
   */
  constructor({ isHeard = false, isWhole = false }: { readonly isHeard?: boolean; readonly isWhole?: boolean } = {}) {
    this.isHeard = isHeard;
    this.isWhole = isWhole;
  }

  /** How many connections the last look saw. */
  get size(): number {
    return this.found;
  }

  /** Whether the look under way, or the last one, is the first. */
  get isFirst(): boolean {
    return this.look === 1 && !this.isWhole;
  }

  /** A look begins. */
  begin(): void {
    this.look++;
    this.found = 0;
  }

  /**
   * Takes a message; what the connection did since the look before, where that is not nothing. One that was not there before has opened
   * since, so that all of its figures are new, but with the first look: `isAllWanted` gives what it saw too, as having moved nothing.
   */
  take(of: KernelBytes, from: number, to: number, isAllWanted = false): Change<Whose> | undefined {
    const info = infoIn(of, from, to);
    if (info === 0) return undefined;
    const { view, littleEndian } = of;
    const segmentsOut = view.getUint32(info + 136, littleEndian);
    const segmentsIn = view.getUint32(info + 140, littleEndian);
    const cookie = u64(of, from + COOKIE);
    const before = this.known.get(cookie);
    if (before === undefined) return this.first(of, info, cookie, isAllWanted);
    if (before.look !== this.look) this.found++;
    before.look = this.look;
    // No byte goes or comes without a segment.
    if (segmentsOut === before.segmentsOut && segmentsIn === before.segmentsIn) return undefined;
    return changeOf(before, figuresAt(of, info));
  }

  /**
   * Takes the message of a connection that has closed, with its last figures, and forgets it; what it did since the last look, where that
   * is not nothing. One that no look saw has opened since.
   */
  last(of: KernelBytes, from: number, to: number): (Change<Whose> & { readonly isCounted: boolean }) | undefined {
    const info = infoIn(of, from, to);
    if (info === 0) return undefined;
    const cookie = u64(of, from + COOKIE);
    const before = this.known.get(cookie);
    const now = figuresAt(of, info);
    // Before the first look was over it cannot be told what was new.
    if (before === undefined && this.isFirst) return undefined;
    this.known.delete(cookie);
    const isCounted = before !== undefined && before.look < this.look;
    if (before === undefined) {
      if (now.segmentsOut === 0 && now.segmentsIn === 0) return undefined;
      return { moved: now, connection: { whose: undefined }, isCounted };
    }
    return { ...changeOf(before, now), isCounted };
  }

  /** A look is over: what it did not find, and forgets connections that long were not found. */
  end(): Gone {
    const longest = this.isHeard ? REMEMBERED_HEARD : REMEMBERED;
    let closed = 0;
    let lost = 0;
    for (const [cookie, { look }] of this.known) {
      const missed = this.look - look;
      if (missed === 0) continue;
      if (missed === 1) closed++;
      // The word of an end comes a little later than the end.
      if (missed === (this.isHeard ? 2 : 1)) lost++;
      if (missed >= longest) this.known.delete(cookie);
    }
    return { closed, lost };
  }

  private first(of: KernelBytes, info: number, cookie: number, isAllWanted: boolean): Change<Whose> | undefined {
    const now = figuresAt(of, info);
    const connection: Known<Whose> = { ...now, look: this.look, whose: undefined };
    this.known.set(cookie, connection);
    this.found++;
    if (this.isFirst) return isAllWanted ? { moved: NOTHING, connection } : undefined;
    return { moved: now, connection };
  }
}

/** Whether a connection did nothing at all. */
export function isNothing({ segmentsOut, segmentsIn }: Moved): boolean {
  return segmentsOut === 0 && segmentsIn === 0;
}

/** Where `struct tcp_info` lies, as far as it has what is needed; 0 where there is none, as in TIME_WAIT. */
function infoIn({ view, littleEndian }: KernelBytes, from: number, to: number): number {
  for (let at = from + ATTRIBUTES; at + 4 <= to; ) {
    const length = view.getUint16(at, littleEndian);
    if (length < 4 || at + length > to) return 0;
    if ((view.getUint16(at + 2, littleEndian) & 0x3fff) === INET_DIAG_INFO)
      return length - 4 < WITH_SEGMENTS ? 0 : at + 4;
    at += (length + 3) & ~3;
  }
  return 0;
}

function figuresAt(of: KernelBytes, info: number): Moved {
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

function changeOf<Whose>(connection: Known<Whose>, now: Moved): Change<Whose> {
  const moved = difference(now, connection);
  Object.assign(connection, now);
  return { moved, connection };
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
