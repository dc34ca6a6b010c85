import type { Steps } from "./drive.ts";
import type { Holders } from "./holders.ts";
import { isOwnerless } from "./ownerless.ts";
import { type Budget, lookAtAll, type Outcome, UNLIMITED } from "./search.ts";
import type { Socket } from "./types.ts";

/** Sockets remembered to have no owner that can be seen. */
const MOST = 200_000;

/**
 * Tables and processes are not read in one instant: a socket opened or passed on meanwhile seems to have no owner. Before
 * that is said of it, processes that have run since are looked at once more. It is remembered, so that it costs this once.
 */
export class SecondLook {
  private readonly holders: Holders;
  private readonly settled = new Set<number>();

  constructor(holders: Holders) {
    this.holders = holders;
  }

  /** Looks for the owners of sockets that seem to have none; gives what could not be seen. There is no second look on a budget. */
  *at(sockets: readonly Socket[], outcome: Outcome, budget: Budget): Steps<Outcome> {
    if (budget !== UNLIMITED) return outcome;
    const doubtful = sockets.filter((socket) => this.isDoubtful(socket));
    if (doubtful.length === 0) return outcome;
    const again = yield* lookAtAll(this.holders, budget, undefined);
    if (this.settled.size > MOST) this.settled.clear();
    for (const { inode } of doubtful) if (this.holders.owners(inode!) === undefined) this.settled.add(inode!);
    return {
      skipped: again.skipped, // the same, as what could not be read is tried again
      denied: again.denied,
      exited: outcome.exited || again.exited,
      overBudget: false,
    };
  }

  /** Whether an owner of it could be found that was not found yet. */
  isDoubtful(socket: Socket): boolean {
    const { inode } = socket;
    return inode !== undefined && !isOwnerless(socket) && !this.settled.has(inode);
  }
}
