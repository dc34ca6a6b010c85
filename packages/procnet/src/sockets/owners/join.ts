import type { ProcContext } from "../../read/context.ts";
import type { Steps } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import type { NamespaceSource } from "../tables/read-tables.ts";
import { setOwners } from "../tables/socket.ts";
import type { OwnerlessReason, Socket } from "../types.ts";
import { budgetOf, UNLIMITED } from "./budget.ts";
import type { OwnersFound, Unseen } from "./found.ts";
import type { Holders } from "./holders.ts";
import { ownerlessReason, type Visibility, visibilityOf } from "./ownerless.ts";
import { SecondLook } from "./second-look.ts";
import { goneOnes } from "./still-there.ts";

/** Sockets whose owners are filled in between two pauses. */
const STEP = 512;

/** How an answer is being made. */
export interface Asked {
  readonly plan: Plan;
  readonly sources: readonly NamespaceSource[];
  /** Whether this is an asynchronous call. */
  readonly ahead: boolean;
  /** Whether all sockets are here at once, so that a look at a long table again is a look for all of them. */
  readonly isWhole: boolean;
  /** Whether a source told who holds what: no links are looked at then. */
  readonly isTold: boolean;
  /** Asks it once more, where it told so while the tables were read. */
  readonly askAgain: (() => Steps<OwnersFound | undefined>) | undefined;
}

/** Brings sockets and owners together, and says of those without one why. */
export class Joiner {
  private readonly context: ProcContext;
  private readonly secondLook: SecondLook;

  constructor(context: ProcContext, holders: Holders) {
    this.context = context;
    this.secondLook = new SecondLook(holders);
  }

  /** Gives what was found in the end, that of the second look included. */
  *join(sockets: readonly Socket[], asked: Asked, first: OwnersFound): Steps<OwnersFound> {
    const rest = yield* own(sockets, asked.plan, first);
    if (rest.length === 0) return first;
    const [found, vain] = yield* this.again(rest, asked, first);
    const left = yield* own(rest, asked.plan, found);
    const { unseen } = found;
    const visibility = visibilityOf(this.context);
    const gone = yield* goneOnes(asked.sources, yield* dubious(vain, asked, unseen, visibility), asked.ahead);
    // Without a second look, what came up since the first one cannot be told from what nobody holds.
    const isOver = !asked.isWhole && budgetOf(asked.plan) !== UNLIMITED;
    const overBudget: Unseen = { ...unseen, overBudget: true };
    for (const [at, socket] of left.entries()) {
      if (at % STEP === 0) yield;
      const why = isOver && this.secondLook.isDoubtful(socket) ? overBudget : unseen;
      setOwners(socket, [], gone.has(socket.inode ?? 0) ? "gone" : ownerlessReason(socket, why, visibility));
    }
    return found;
  }

  /** Looks once more for owners of sockets that seem to have none; gives the sockets for which that was in vain. */
  private *again(rest: readonly Socket[], asked: Asked, first: OwnersFound): Steps<[OwnersFound, readonly Socket[]]> {
    if (!asked.isTold) return yield* this.secondLook.at(rest, first, budgetOf(asked.plan));
    const isAsked = asked.askAgain !== undefined && (yield* this.hasDoubtful(rest, first));
    const found = isAsked ? yield* asked.askAgain!() : first;
    // The source cannot tell any more: links are looked at.
    if (found === undefined) return yield* this.secondLook.at(rest, first, budgetOf(asked.plan));
    return [found, yield* this.secondLook.inVain(rest, found)];
  }

  /** Whether one of them could have an owner that is not known: it may have come up since these were told. */
  *hasDoubtful(sockets: readonly Socket[], { owners }: OwnersFound): Steps<boolean> {
    for (const [at, socket] of sockets.entries()) {
      if (at % STEP === 0) yield;
      if (this.secondLook.isDoubtful(socket) && owners(socket.inode!) === undefined) return true;
    }
    return false;
  }
}

/** Fills in the owners that are known; gives the sockets that have none. */
function* own(sockets: readonly Socket[], plan: Plan, found: OwnersFound): Steps<Socket[]> {
  const rest: Socket[] = [];
  for (const [at, socket] of sockets.entries()) {
    if (at % STEP === 0) yield;
    const { inode } = socket;
    const owners = inode === undefined ? undefined : found.owners(inode);
    if (owners === undefined) rest.push(socket);
    else setOwners(socket, plan.owners === "first" ? owners.slice(0, 1) : owners, undefined);
  }
  return rest;
}

/**
 * Sockets to look for in their tables again, as they may have been closed: all where a right would be blamed, else those of
 * tables that are short, or that begin with them.
 */
function* dubious(vain: readonly Socket[], asked: Asked, unseen: Unseen, visibility: Visibility): Steps<Socket[]> {
  const found: Socket[] = [];
  for (const [at, socket] of vain.entries()) {
    if (at % STEP === 0) yield;
    const isBlamed = asked.isWhole && BLAMED.has(ownerlessReason(socket, unseen, visibility));
    if (isBlamed || !isConnection(socket)) found.push(socket);
  }
  return found;
}

const BLAMED: ReadonlySet<OwnerlessReason> = /* @__PURE__ */ new Set(["no-permission", "hidepid", "other-namespace"]);

function isConnection(socket: Socket): boolean {
  return (socket.protocol === "tcp" || socket.protocol === "tcp6") && socket.state !== "LISTEN";
}
