import { isProcfsError } from "../../errors.ts";
import type { Steps } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import { nothingUnseen, type OwnersFound } from "./found.ts";
import type { Holders } from "./holders.ts";

/** Processes between two pauses. */
const STEP = 64;

/** Owners as a source tells them: what it does not name holds no socket. Nothing is hidden from it. */
export function* ownersTold(holders: Holders, told: readonly HeldSockets[]): Steps<OwnersFound> {
  const unseen = nothingUnseen();
  const named = new Set<number>();
  for (const [at, { pid, start, pairs }] of told.entries()) {
    if (at % STEP === 0) yield;
    named.add(pid);
    try {
      yield* holders.told(pid, start, pairs);
    } catch (error) {
      if (!isProcfsError(error)) throw error;
      unseen.exited = true; // between the two
      yield* holders.drop(pid);
    }
  }
  yield* holders.keepOnly(named);
  return { owners: (inode) => holders.owners(inode), unseen, whole: true };
}
