import type { ProcFs } from "../../host/procfs.ts";
import { hidesProcesses, isNested } from "../../host/visibility.ts";
import type { Steps } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import type { NamespaceSource } from "../tables/read-tables.ts";
import { setOwners } from "../tables/socket.ts";
import type { OwnerlessReason, Socket } from "../types.ts";
import type { Found } from "./find-owners.ts";
import type { Holders } from "./holders.ts";
import { ownerlessReason, type Visibility } from "./ownerless.ts";
import { budgetOf, type Outcome, UNLIMITED } from "./search.ts";
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
  /** Owners that were looked for without looking at everything. */
  readonly found?: Found["found"] | undefined;
}

/** Brings sockets and owners together, and says of those without one why. */
export class Joiner {
  private readonly procfs: ProcFs;
  private readonly holders: Holders;
  private readonly secondLook: SecondLook;

  constructor(procfs: ProcFs, holders: Holders) {
    this.procfs = procfs;
    this.holders = holders;
    this.secondLook = new SecondLook(holders);
  }

  /** Gives what could not be seen, that of the second look included. */
  *join(sockets: readonly Socket[], asked: Asked, look: Outcome): Steps<Outcome> {
    const rest = yield* this.own(sockets, asked);
    if (rest.length === 0) return look;
    const [outcome, vain] = yield* this.secondLook.at(rest, look, budgetOf(asked.plan));
    const left = yield* this.own(rest, { ...asked, found: undefined });
    const visibility = this.visibility();
    const gone = yield* goneOnes(asked.sources, yield* this.dubious(vain, asked, outcome, visibility), asked.ahead);
    // Without a second look, what came up since the first one cannot be told from what nobody holds.
    const isOver = !asked.isWhole && budgetOf(asked.plan) !== UNLIMITED;
    const unseen: Outcome = { ...outcome, overBudget: true };
    for (const [at, socket] of left.entries()) {
      if (at % STEP === 0) yield;
      const seen = isOver && this.secondLook.isDoubtful(socket) ? unseen : outcome;
      setOwners(socket, [], gone.has(socket.inode ?? 0) ? "gone" : ownerlessReason(socket, seen, visibility));
    }
    return outcome;
  }

  /** @internal */
  visibility(): Visibility {
    const { context } = this.procfs;
    return { hidden: hidesProcesses(context), nested: isNested(context) };
  }

  /** Fills in the owners that are known; gives the sockets that have none. */
  private *own(sockets: readonly Socket[], { plan, found }: Asked): Steps<Socket[]> {
    const rest: Socket[] = [];
    for (const [at, socket] of sockets.entries()) {
      if (at % STEP === 0) yield;
      const { inode } = socket;
      const owners = inode === undefined ? undefined : found ? found.get(inode) : this.holders.owners(inode);
      if (owners === undefined) rest.push(socket);
      else setOwners(socket, plan.owners === "first" ? owners.slice(0, 1) : owners, undefined);
    }
    return rest;
  }

  /**
   * Sockets to look for in their tables again, as they may have been closed: all where a right would be blamed, else those
   * of tables that are short, or that begin with them.
   */
  private *dubious(vain: readonly Socket[], asked: Asked, outcome: Outcome, visibility: Visibility): Steps<Socket[]> {
    const dubious: Socket[] = [];
    for (const [at, socket] of vain.entries()) {
      if (at % STEP === 0) yield;
      const isBlamed = asked.isWhole && BLAMED.has(ownerlessReason(socket, outcome, visibility));
      if (isBlamed || !isConnection(socket)) dubious.push(socket);
    }
    return dubious;
  }
}

const BLAMED: ReadonlySet<OwnerlessReason> = new Set(["no-permission", "hidepid", "other-namespace"]);

function isConnection(socket: Socket): boolean {
  return (socket.protocol === "tcp" || socket.protocol === "tcp6") && socket.state !== "LISTEN";
}
