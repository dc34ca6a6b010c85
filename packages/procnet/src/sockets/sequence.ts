import type { BaseProcFs } from "../host/procfs.ts";
import { NamesBefore } from "../host/unix-fd.ts";
import { goOn, runAsync, type Steps, waitFor } from "./drive.ts";
import { budgetOf, UNLIMITED } from "./owners/budget.ts";
import { firstOwners, wantsFewFirst } from "./owners/first-owners.ts";
import type { ForgedRows } from "./owners/forged.ts";
import type { OwnersFound } from "./owners/found.ts";
import type { Holders } from "./owners/holders.ts";
import type { Joiner } from "./owners/join.ts";
import type { Looks } from "./owners/looks.ts";
import type { ToldOwners } from "./owners/told.ts";
import type { SocketSource, SourceLook } from "./source.ts";
import type { Plan } from "./tables/plan.ts";
import { type Asking, readNamespaces, type TablesRead } from "./tables/read-namespaces.ts";
import { isHeldBy } from "./tables/socket.ts";
import { markSuspects } from "./tables/suspects.ts";
import { SuspectsAhead } from "./tables/suspects-ahead.ts";
import type { Socket, SocketsRest } from "./types.ts";

/** What an engine keeps from one answer to the next. */
export interface Memory {
  readonly procfs: BaseProcFs;
  readonly holders: Holders;
  readonly looks: Looks;
  readonly told: ToldOwners;
  readonly joiner: Joiner;
  readonly forged: ForgedRows;
}

/** Sockets that are ready to be handed out; whoever takes them leaves none. */
export interface Lot {
  sockets: Socket[];
}

/** How an answer is made. */
export interface Way {
  /** Whether this is an asynchronous call, which can wait for others and for calls of the kernel's that may take long. */
  readonly ahead: boolean;
  /** All sockets at once, or in lots of about so many, each handed out before the next one is read. */
  readonly atOnce: "all" | number;
}

/**
 * The one sequence behind `sockets`, `socketsSync` and `eachSocket`: processes are looked at and tables read, each socket is
 * told who holds it, and marked where its row is forged. What is ready stands in `lot`.
 */
export function* answerInSteps(memory: Memory, plan: Plan, { ahead, atOnce }: Way, lot: Lot): Steps<SocketsRest> {
  const { procfs, holders, looks, told, joiner, forged } = memory;
  const isWhole = atOnce === "all";
  const wantsOwners = plan.owners !== false;
  const isFew = isWhole && wantsFewFirst(plan);
  const takenAt = new Date();
  // A look on a budget is not repeated: what is in the tables must have been there before it.
  const isLate = isFew || budgetOf(plan) !== UNLIMITED;
  const begun = ahead && isWhole && wantsOwners && !isLate && plan.source === undefined ? looks.begin() : undefined;
  let found = wantsOwners && !isWhole && plan.source === undefined ? yield* looks.look(plan, ahead) : undefined;
  const read: TablesRead = { sockets: [], sources: [], skipped: [], namespaces: [] };
  // Where not all rows of unix sockets are here at once, those that are not can still tell that another is forged.
  const suspects = isWhole && plan.unix === undefined ? undefined : new SuspectsAhead(plan.onIssue);
  const names = new NamesBefore();
  const walk = (look: SourceLook): Promise<OwnersFound | undefined> =>
    runAsync(
      told.ask(() => look.held()),
      plan.signal,
    );
  const beginWalk = isWhole && wantsOwners ? walk : undefined;
  const asking: Asking = { look: undefined, answered: new Set(), owners: false, walk: undefined, beginWalk };
  const tables = readNamespaces(procfs, plan, ahead, read, suspects, asking);
  try {
    for (let isOver = false; !isOver; ) {
      isOver = yield* goOn(tables, () => !isWhole && read.sockets.length >= atOnce);
      const { sockets } = read;
      read.sockets = [];
      if (suspects === undefined && plan.protocols.includes("unix")) yield* markSuspects(sockets, plan.onIssue);
      if (wantsOwners) {
        if (found === undefined || (asking.owners && (yield* joiner.hasDoubtful(sockets, found))))
          found = (yield* toldOwners(told, asking)) ?? found;
        const askAgain = asking.owners && isWhole ? () => toldOwners(told, asking) : undefined;
        const asked = { plan, sources: read.sources, ahead, isWhole, isTold: asking.owners, askAgain };
        found ??= isFew ? yield* firstOwners(procfs, holders, sockets) : undefined;
        found ??= yield* looks.look(plan, ahead, begun);
        // What came up since the last look is looked for once for all of them, as looking is dear on a busy host.
        found = yield* joiner.join(sockets, asked, found);
        if (plan.protocols.includes("unix")) yield* forged.mark(sockets, names, asked);
      }
      lot.sockets = plan.pids === undefined ? sockets : yield* heldBy(sockets, plan.pids);
      if (!isOver) yield;
    }
  } finally {
    tables.return();
    asking.look?.close();
  }
  return restOf(plan, takenAt, read, found, asking);
}

/** Owners as the source tells them: by the walk that has begun, or by one that begins now, so that no socket was opened since. */
function* toldOwners(told: ToldOwners, asking: Asking): Steps<OwnersFound | undefined> {
  const { look, walk } = asking;
  asking.walk = undefined;
  const found = walk === undefined ? look && (yield* told.ask(() => look.held())) : yield* waitFor(walk);
  asking.owners = found !== undefined;
  return found;
}

/** Sockets looked at between two pauses. */
const STEP = 2048;

function* heldBy(sockets: readonly Socket[], pids: ReadonlySet<number>): Steps<Socket[]> {
  const held: Socket[] = [];
  for (const [at, socket] of sockets.entries()) {
    if (at % STEP === 0) yield;
    if (isHeldBy(socket, pids)) held.push(socket);
  }
  return held;
}

/** What an answer says besides the sockets. */
function restOf(
  plan: Plan,
  takenAt: Date,
  read: TablesRead,
  found: OwnersFound | undefined,
  asking: Asking,
): SocketsRest {
  return {
    ...(plan.source && sourceOf(plan, plan.source, asking)),
    takenAt,
    duration: Date.now() - takenAt.getTime(),
    namespaces: read.namespaces,
    owners: plan.owners,
    rights: { uid: process.geteuid?.(), allProcesses: found !== undefined && !found.unseen.denied },
    skipped: [...read.skipped, ...(found?.unseen.skipped ?? [])],
  };
}

/** Which part of an answer is the source's. */
function sourceOf(
  plan: Plan,
  { name }: SocketSource,
  { look, answered, owners }: Asking,
): Pick<SocketsRest, "source" | "sourceOf"> {
  const told = owners ? (look?.heldBy ?? name) : "procfs";
  return {
    source: answered.size > 0 ? name : told,
    sourceOf: {
      tables: [...answered],
      owners: plan.owners === false ? undefined : told,
      // A look may still end what it had begun for nobody.
      notes: [...(look?.notes ?? [])],
    },
  };
}
