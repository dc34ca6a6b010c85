import { asProcfsError } from "../../read/failure.ts";
import type { Steps } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import { note, nothingUnseen, type OwnersFound } from "./found.ts";
import type { Holders } from "./holders.ts";
import { ShardedSet } from "./sharded.ts";

/** Processes between two pauses. */
const STEP = 64;

/** Owners as a source tells them: what it does not name holds no socket. Nothing is hidden from it. */
export function* ownersTold(holders: Holders, told: readonly HeldSockets[]): Steps<OwnersFound> {
  const unseen = nothingUnseen();
  const named = new ShardedSet();
  for (const [at, held] of told.entries()) {
    if (at % STEP === 0) yield;
    named.add(held.pid);
    try {
      yield* holders.told(held);
    } catch (error) {
      // It has ended since, or procfs hides it.
      note(held.pid, asProcfsError(error, `${held.pid}`), unseen);
      yield* holders.drop(held.pid);
    }
  }
  yield* holders.keepOnly(named);
  return { owners: (inode) => holders.owners(inode), unseen, whole: true };
}
