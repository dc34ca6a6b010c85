import { bootOffset } from "../../host/boot-offset.ts";
import { sortedInSteps } from "../../read/sorted.ts";
import type { Steps } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import { OWNER_RECORD } from "./record.ts";

/** Words of a record that tell of the process, not of one of its descriptors. */
const OF_PROCESS: readonly number[] = [
  OWNER_RECORD.uid,
  OWNER_RECORD.start,
  OWNER_RECORD.start + 4,
  OWNER_RECORD.cgroup,
  OWNER_RECORD.cgroup + 4,
  OWNER_RECORD.execs,
  OWNER_RECORD.execs + 4,
  OWNER_RECORD.comm,
  OWNER_RECORD.comm + 4,
  OWNER_RECORD.comm + 8,
  OWNER_RECORD.comm + 12,
].map((byte) => byte / 4);

/** USER_HZ is 100 wherever the kernel's iterator is known here. */
const TICK = 10_000_000n;

const NOTHING = new Float64Array(0);
/** Numbers that there is room for at first. */
const FIRST_ROOM = 16;
/** Pairs looked at between two pauses. */
const STEP = 2048;

/** What one process holds: as the last walk told it, and as the one that is under way tells it. */
export class Gathered {
  readonly pid: number;
  /** Which walk told of it last. */
  walk: number;
  /** A record of it, of the walk that `held` is of. */
  private head: Uint32Array;
  private held: HeldSockets | undefined;
  /** One of this walk, where the process is otherwise than it was. */
  private nextHead: Uint32Array | undefined;
  /** So many numbers are as they were the last time. */
  private matched = 0;
  /** All numbers, once one was otherwise than the last time. */
  private made: Float64Array | undefined;
  private length = 0;
  private last = -1;
  private isSorted = true;

  constructor(pid: number, head: Uint32Array, walk: number) {
    this.pid = pid;
    this.walk = walk;
    this.head = head.slice();
  }

  beginAgain(head: Uint32Array, walk: number): void {
    this.walk = walk;
    this.nextHead = isSameProcess(this.head, head) ? undefined : head.slice();
    this.matched = 0;
    this.made = undefined;
    this.length = 0;
    this.last = -1;
    this.isSorted = true;
  }

  take(fd: number, inode: number): void {
    if (this.made === undefined) {
      const { matched } = this;
      const known = this.held?.pairs ?? NOTHING;
      if (matched < known.length && known[matched] === fd && known[matched + 1] === inode) {
        this.matched = matched + 2;
        this.last = fd;
        return;
      }
      this.made = new Float64Array(Math.max(FIRST_ROOM, 2 * matched));
      this.made.set(known.subarray(0, matched));
      this.length = matched;
    }
    this.put(this.made, fd, inode);
  }

  /** What it holds: the same object as the last time where nothing is otherwise. */
  *finish(): Steps<HeldSockets> {
    const { held, nextHead } = this;
    const pairs = yield* this.pairs();
    this.made = undefined;
    if (held !== undefined && nextHead === undefined && pairs === held.pairs) return held;
    this.head = nextHead ?? this.head;
    this.nextHead = undefined;
    this.held = { pid: this.pid, start: startIn(this.head), pairs };
    return this.held;
  }

  private put(made: Float64Array, fd: number, inode: number): void {
    let room = made;
    if (this.length === room.length) {
      room = new Float64Array(2 * this.length);
      room.set(made);
      this.made = room;
    }
    room[this.length++] = fd;
    room[this.length++] = inode;
    if (fd <= this.last) this.isSorted = false;
    this.last = fd;
  }

  private *pairs(): Steps<Float64Array> {
    const known = this.held?.pairs ?? NOTHING;
    if (this.made === undefined) return this.matched === known.length ? known : known.slice(0, this.matched);
    const read = this.made.slice(0, this.length);
    if (this.isSorted) return read;
    const sorted = yield* inOrder(read);
    return isSame(sorted, known) ? known : sorted;
  }
}

function isSameProcess(one: Uint32Array, other: Uint32Array): boolean {
  for (const at of OF_PROCESS) if (one[at] !== other[at]) return false;
  return true;
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** In ticks: what the kernel counts is more than a number holds exactly, after 104 days. */
function startIn(head: Uint32Array): number {
  const [nanoseconds = 0n] = new BigUint64Array(head.buffer, head.byteOffset + OWNER_RECORD.start, 1);
  return Number((nanoseconds + bootOffset()) / TICK);
}

/** Of threads with tables of their own: by number, one of several with the same socket. */
function* inOrder(pairs: Float64Array): Steps<Float64Array> {
  const places = yield* sortedInSteps(
    Array.from({ length: pairs.length / 2 }, (_, at) => 2 * at),
    (a, b) => pairs[a]! - pairs[b]! || pairs[a + 1]! - pairs[b + 1]!,
  );
  const sorted = new Float64Array(pairs.length);
  let length = 0;
  for (const [at, place] of places.entries()) {
    if (at % STEP === 0) yield;
    const fd = pairs[place]!;
    const inode = pairs[place + 1]!;
    if (length > 0 && sorted[length - 2] === fd && sorted[length - 1] === inode) continue;
    sorted[length++] = fd;
    sorted[length++] = inode;
  }
  return sorted.slice(0, length);
}
