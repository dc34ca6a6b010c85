import type { BaseProcFs } from "../../host/procfs.ts";
import type { Steps } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import type { Socket } from "../types.ts";
import { budgetOf, UNLIMITED } from "./budget.ts";
import { searchFew } from "./few.ts";
import type { OwnersFound } from "./found.ts";
import type { Holders } from "./holders.ts";
import { isOwnerless } from "./ownerless.ts";

/** With more sockets than this, everything is looked at anyway. */
const FEW = 1000;

/** Sockets looked at between two pauses. */
const STEP = 2048;

/** Whether one owner of each is enough, and there will be few sockets: then the tables are read before processes are looked at. */
export function wantsFewFirst(plan: Plan): boolean {
  const isNarrow = plan.inet !== undefined || plan.unix !== undefined || plan.keep !== undefined;
  return plan.owners === "first" && isNarrow && budgetOf(plan) === UNLIMITED;
}

/**
 * One owner of each of a few sockets, found among the low descriptors of all processes; `undefined` when they are too many or
 * one of them has none there: then all is looked at.
 */
export function* firstOwners(
  procfs: BaseProcFs,
  holders: Holders,
  sockets: readonly Socket[],
): Steps<OwnersFound | undefined> {
  const wanted = new Map<number, number>();
  for (const [at, socket] of sockets.entries()) {
    if (at % STEP === 0) yield;
    if (!isOwnerless(socket)) wanted.set(socket.inode!, "uid" in socket ? (socket.uid ?? -1) : -1);
    if (wanted.size > FEW) return undefined;
  }
  const found = yield* searchFew(procfs, holders, wanted, "low");
  for (const inode of wanted.keys()) if (found.owners(inode) === undefined) return undefined;
  return found;
}
