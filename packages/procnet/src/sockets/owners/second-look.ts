import type { Steps } from "../drive.ts";
import type { Socket } from "../types.ts";
import { searchAll } from "./all.ts";
import { type Budget, UNLIMITED } from "./budget.ts";
import type { OwnersFound } from "./found.ts";
import type { Holders } from "./holders.ts";
import { isOwnerless } from "./ownerless.ts";
import { ShardedSet } from "./sharded.ts";

/** Sockets remembered to have no owner that can be seen. */
const MOST = 200_000;

/** Sockets looked at between two pauses. */
const STEP = 2048;

/**
 * Tables and processes are not read in one instant: a socket opened or passed on meanwhile seems to have no owner. Before
 * that is said of it, processes that have run since are looked at once more. It is remembered, so that it costs this once.
 */
export class SecondLook {
  private readonly holders: Holders;
  private readonly settled = new ShardedSet();

  constructor(holders: Holders) {
    this.holders = holders;
  }

  /**
   * Looks for the owners of sockets that seem to have none; gives what was found in place of the first look's, and the sockets
   * that were looked for in vain. There is no second look on a budget.
   */
  *at(sockets: readonly Socket[], first: OwnersFound, budget: Budget): Steps<[OwnersFound, vain: readonly Socket[]]> {
    if (budget !== UNLIMITED) return [first, []];
    const doubtful = yield* this.doubtful(sockets);
    if (doubtful.length === 0) return [first, []];
    const again = yield* searchAll(this.holders, budget, undefined);
    const vain: Socket[] = [];
    if (this.settled.size > MOST) this.settled.clear();
    for (const [at, socket] of doubtful.entries()) {
      if (at % STEP === 0) yield;
      if (again.owners(socket.inode!) !== undefined) continue;
      this.settled.add(socket.inode!);
      vain.push(socket);
    }
    // What could not be read was tried again: it is refused now as it was before, and not told of twice.
    again.unseen.exited ||= first.unseen.exited;
    return [again, vain];
  }

  /** Of sockets that had no owner, of which another look is of no use, those that may have been closed meanwhile: each once. */
  *inVain(sockets: readonly Socket[], { owners }: OwnersFound): Steps<Socket[]> {
    const vain = (yield* this.doubtful(sockets)).filter(({ inode }) => owners(inode!) === undefined);
    if (this.settled.size > MOST) this.settled.clear();
    for (const { inode } of vain) this.settled.add(inode!);
    return vain;
  }

  private *doubtful(sockets: readonly Socket[]): Steps<Socket[]> {
    const doubtful: Socket[] = [];
    for (const [at, socket] of sockets.entries()) {
      if (at % STEP === 0) yield;
      if (this.isDoubtful(socket)) doubtful.push(socket);
    }
    return doubtful;
  }

  /** Whether an owner of it could be found that was not found yet. */
  isDoubtful(socket: Socket): boolean {
    const { inode } = socket;
    return inode !== undefined && !isOwnerless(socket) && !this.settled.has(inode);
  }
}
