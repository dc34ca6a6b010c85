import { type KernelBytes, u64 } from "../netlink/bytes.ts";
import { difference, figuresAt, infoIn, isAnew, isNothing, isSame, type Moved, NOTHING } from "./figures.ts";

/*
 * What connections sent and received between two looks, from the messages of sock_diag as they lie there: of 10,000 connections that do
 * nothing no row is made, and two counters and a cookie are read of each.
 */

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
  /** Its two ports, as they lie there. */
  ends: number;
  /** The last look that found it. */
  look: number;
  whose: Whose | undefined;
}

/** Where a message of sock_diag has the ports and the cookie. */
const ENDS = 4;
const PEER_PORT = 6;
const COOKIE = 44;

/** A connection that a look does not find is remembered for so many more: a dump can miss one while its table changes, and all would be new. */
const REMEMBERED = 4;

/**
 * Where ends are heard of, until the end comes: a connection that was reset is in no table, and is there until its process closes it. More
 * of them than this are forgotten, those that were there longest first: the word of an end may be lost too.
 */
const WAITED_FOR = 1 << 16;

/** Connections that were not found by a look. */
export interface Gone {
  /** By this look, for the first time. */
  readonly closed: number;
  /** Of those that were not found, what they did since the look before was not seen, and will not be. */
  readonly lost: number;
}

/** What is known of an end. */
interface Ended {
  /** Whether a look has counted the connection as closed. */
  readonly isCounted: boolean;
  /** Whether what it did since the last look is not told. */
  readonly isLost: boolean;
}

/** Remembers the figures of each connection, by its cookie, from look to look. */
export class TrafficMeter<Whose = unknown> {
  private readonly known = new Map<number, Known<Whose>>();
  private readonly isHeard: boolean;
  private look = 0;
  private found = 0;
  private isBegun = false;
  /** The look at, or after, which the word of ends was lost. */
  private overrunAt = Number.NEGATIVE_INFINITY;

  /** @param isHeard whether the kernel tells of connections that close */
  constructor({ isHeard = false }: { readonly isHeard?: boolean } = {}) {
    this.isHeard = isHeard;
  }

  /** How many connections the last look saw. */
  get size(): number {
    return this.found;
  }

  /** Whether the first look is not over, with what closed meanwhile: nothing is there to compare with. */
  get isFirst(): boolean {
    return !this.isBegun;
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
    const cookie = u64(of, from + COOKIE);
    const before = this.known.get(cookie);
    if (before === undefined) return this.first(of, from, info, isAllWanted);
    if (before.look !== this.look) this.found++;
    before.look = this.look;
    if (isSame(of, info, before) && of.view.getUint32(from + ENDS) === before.ends) return undefined;
    return changeOf(before, figuresAt(of, info), of, from);
  }

  /**
   * Takes the message of a connection that has closed, with its last figures, and forgets it; what it did since the last look, where that
   * is not nothing. One that no look saw has opened since.
   */
  last(of: KernelBytes, from: number, to: number): (Change<Whose> & Ended) | undefined {
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
      return { moved: now, connection: { whose: undefined }, isCounted, isLost: false };
    }
    // A process that resets its connection, by SO_LINGER of 0, sets its figures to 0 before the end is told.
    const isLost = isNothing(now) && !isNothing(before);
    return { ...changeOf(before, now, of, from), isCounted, isLost };
  }

  /** The word of some ends was lost. */
  overrun(): void {
    this.overrunAt = this.look;
  }

  /** A look is over: what it did not find. */
  end(): Gone {
    let closed = 0;
    let lost = 0;
    let waitedFor = 0;
    // The word of an end comes a little later than the end, and where none was lost it comes.
    const isLosing = !this.isHeard || this.look - this.overrunAt <= 2;
    for (const [cookie, { look }] of this.known) {
      const missed = this.look - look;
      if (missed === 0) continue;
      if (missed === 1) closed++;
      if (isLosing && missed === (this.isHeard ? 2 : 1)) lost++;
      if (this.isHeard) waitedFor++;
      else if (missed >= REMEMBERED) this.known.delete(cookie);
    }
    if (waitedFor > WAITED_FOR) this.forget(waitedFor - WAITED_FOR);
    return { closed, lost };
  }

  /** A look is over that was cut short: what it did not find is as it was. */
  endCut(): Gone {
    for (const one of this.known.values()) {
      if (one.look === this.look) continue;
      if (one.look === this.look - 1) this.found++;
      one.look++;
    }
    return { closed: 0, lost: 0 };
  }

  /** What was heard until the first look was over has been taken: what is not known now has opened since. */
  begun(): void {
    this.isBegun = true;
  }

  private forget(most: number): void {
    let left = most;
    for (const [cookie, { look }] of this.known) {
      if (look === this.look) continue;
      this.known.delete(cookie);
      if (--left === 0) return;
    }
  }

  private first(of: KernelBytes, from: number, info: number, isAllWanted: boolean): Change<Whose> | undefined {
    const now = figuresAt(of, info);
    const connection: Known<Whose> = {
      ...now,
      ends: of.view.getUint32(from + ENDS),
      look: this.look,
      whose: undefined,
    };
    this.known.set(u64(of, from + COOKIE), connection);
    this.found++;
    if (this.isFirst) return isAllWanted ? { moved: NOTHING, connection } : undefined;
    return { moved: now, connection };
  }
}

function changeOf<Whose>(connection: Known<Whose>, now: Moved, { view }: KernelBytes, from: number): Change<Whose> {
  const ends = view.getUint32(from + ENDS);
  const isElsewhere = ends !== connection.ends && view.getUint16(from + PEER_PORT) !== 0;
  const moved = isElsewhere || isAnew(now, connection) ? now : difference(now, connection);
  Object.assign(connection, now, { ends });
  return { moved, connection };
}
