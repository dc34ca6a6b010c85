import type { HeldSockets } from "../source.ts";
import { Gathered } from "./gathered.ts";
import { ForeignRecords, OWNER_MARK, OWNER_RECORD } from "./record.ts";

const { length: LENGTH, mark, pid: PID, fd: FD, inode } = OWNER_RECORD;

/** The same in words of 32 bits. */
const WORDS = LENGTH / 4;
const [AT_MARK, AT_PID, AT_FD, AT_INODE] = [mark / 4, PID / 4, FD / 4, inode / 4];

/** Which word of a number of 64 bits is the lower one. */
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** Processes finished between two pauses. */
const STEP = 512;

/**
 * What processes hold, from the records of one walk after the other. It is compared with the walk before while it is read: of a process
 * that holds what it held, and is what it was, the same object is given again, and nothing is made.
 *
 * For the package `@procnet/kernel`: it may change with any release.
 *
 * @example
 * ```ts
 * import { HeldRecords, OWNER_RECORD } from "procnet";
 * const records = new HeldRecords();
 * records.begin();
 * records.take(new Uint32Array(0), 0 * OWNER_RECORD.length);
 * [...records.end()]; // nothing to wait for: then it is at its end
 * ```
 */
export class HeldRecords {
  private readonly byPid = new Map<number, Gathered>();
  private walk = 0;
  private current: Gathered | undefined;

  /** A walk begins. */
  begin(): void {
    this.walk++;
    this.current = undefined;
  }

  /** Takes whole records. @throws ForeignRecords where they are none */
  take(words: Uint32Array, bytes: number): void {
    if (bytes % LENGTH !== 0) throw new ForeignRecords(`${bytes % LENGTH} bytes behind the last record`);
    let { current } = this;
    for (let at = 0, end = bytes / 4; at < end; at += WORDS) {
      if (words[at + AT_MARK] !== OWNER_MARK) throw new ForeignRecords("a record begins otherwise");
      const pid = words[at + AT_PID]!;
      // Those of a process come one after the other, but for threads with descriptors of their own.
      if (current === undefined || pid !== current.pid) {
        current = this.gatheredOf(pid, words, at);
        this.current = current;
      }
      const low = words[at + AT_INODE + LOW]!;
      const high = words[at + AT_INODE + HIGH]!;
      current.take(words[at + AT_FD]!, high === 0 ? low : high * 4294967296 + low);
    }
  }

  /** All processes that hold a socket, as the walk that is over told them. */
  *end(): Generator<Promise<unknown> | undefined, HeldSockets[], undefined> {
    const all: HeldSockets[] = [];
    let seen = 0;
    for (const [pid, gathered] of this.byPid) {
      if (++seen % STEP === 0) yield;
      if (gathered.walk === this.walk) all.push(yield* gathered.finish());
      else this.byPid.delete(pid);
    }
    return all;
  }

  private gatheredOf(pid: number, words: Uint32Array, at: number): Gathered {
    const head = words.subarray(at, at + WORDS);
    const known = this.byPid.get(pid);
    if (known === undefined) {
      const made = new Gathered(pid, head, this.walk);
      this.byPid.set(pid, made);
      return made;
    }
    if (known.walk !== this.walk) known.beginAgain(head, this.walk);
    return known;
  }
}
