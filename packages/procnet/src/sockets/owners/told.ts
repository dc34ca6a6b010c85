import type { BaseProcFs } from "../../host/procfs.ts";
import { asProcfsError } from "../../read/failure.ts";
import { type Steps, waitFor } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import type { SocketOwner } from "../types.ts";
import { note, nothingUnseen, type OwnersFound } from "./found.ts";
import { Holders } from "./holders.ts";
import { ShardedSet } from "./sharded.ts";

/** Processes between two pauses. */
const STEP = 64;

/**
 * Owners as a source tells them, kept from one answer to the next: apart from what links told, which is of another moment. Answers that are
 * made at the same time take one walk after the other, and none that began before the one that was taken last.
 */
export class ToldOwners {
  private readonly procfs: BaseProcFs;
  private holders: Holders;
  /** Numbers of walks: of the last one that was asked for, and of the last one that was taken, with what it saw. */
  private asked = 0;
  private taken = 0;
  private found: OwnersFound | undefined;
  /** While one is being taken. */
  private taking: Promise<void> | undefined;

  constructor(procfs: BaseProcFs) {
    this.procfs = procfs;
    this.holders = new Holders(procfs);
  }

  /** The owners of a socket, as they were told last. */
  owners(inode: number): readonly SocketOwner[] | undefined {
    return this.holders.owners(inode);
  }

  /** Asks for a walk, which begins now: what is given takes it, once it is over. `undefined` where the source does not tell. */
  ask(held: () => Promise<readonly HeldSockets[] | undefined>): Steps<OwnersFound | undefined> {
    const walk = ++this.asked;
    const told = held();
    told.catch(() => {}); // whoever waits for it is told: until then a failure has no handler
    return this.look(walk, told);
  }

  private *look(walk: number, told: Promise<readonly HeldSockets[] | undefined>): Steps<OwnersFound | undefined> {
    const held = yield* waitFor(told);
    while (this.taking !== undefined) yield* waitFor(this.taking);
    if (held === undefined) {
      // Links answer now: what was told grows old.
      this.holders = new Holders(this.procfs);
      this.found = undefined;
      return undefined;
    }
    if (this.found === undefined || walk > this.taken) yield* this.take(walk, held);
    return this.found;
  }

  private *take(walk: number, held: readonly HeldSockets[]): Steps<void> {
    let release = (): void => {};
    this.taking = new Promise((resolve) => {
      release = resolve;
    });
    try {
      this.found = yield* ownersTold(this.holders, held);
      this.taken = walk;
    } finally {
      this.taking = undefined;
      release();
    }
  }
}

/** Owners as a source tells them: what it does not name holds no socket. Nothing is hidden from it. */
function* ownersTold(holders: Holders, told: readonly HeldSockets[]): Steps<OwnersFound> {
  const unseen = nothingUnseen();
  const named = new ShardedSet();
  for (const [at, held] of told.entries()) {
    if (at % STEP === 0) yield;
    named.add(held.pid);
    try {
      const isThere = yield* holders.told(held);
      unseen.exited ||= !isThere;
    } catch (error) {
      // It has ended since, or procfs hides it.
      note(held.pid, asProcfsError(error, `${held.pid}`), unseen);
      yield* holders.drop(held.pid);
    }
  }
  yield* holders.keepOnly(named);
  return { owners: (inode) => holders.owners(inode), unseen, whole: true };
}
