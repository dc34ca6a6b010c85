/// <reference lib="esnext.disposable" preserve="true" />
import { checkOptions, optionNames } from "../check-options.ts";
import { ProcfsError } from "../errors.ts";
import { checkProcfs, ProcFs } from "../proc/procfs.ts";
import { hidesProcesses, isNested } from "../proc/visibility.ts";
import { abortable, runAsync, runSync, type Steps } from "./drive.ts";
import type { Found } from "./find-owners.ts";
import { firstOwners, wantsFewFirst } from "./first-owners.ts";
import { Holders } from "./holders.ts";
import { ownerlessReason, type Visibility } from "./ownerless.ts";
import { type Plan, planOf } from "./plan.ts";
import { LinkReaders } from "./pool.ts";
import { readTables } from "./read-tables.ts";
import { budgetOf, lookAtAll, type Outcome, UNLIMITED } from "./search.ts";
import { SecondLook } from "./second-look.ts";
import { SharedLook } from "./shared-look.ts";
import { setOwners } from "./socket.ts";
import { sourcesOf } from "./sources.ts";
import type {
  EachSocketOptions,
  ReadNamespace,
  Skipped,
  Socket,
  SocketsOptions,
  SocketsRest,
  SocketsResult,
} from "./types.ts";

/** Where a {@link SocketEngine} looks, and with how many threads. */
export interface SocketEngineOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: ProcFs;
  /** The most threads to start for a host with very many descriptors; 0 for none. One less than there are cores, at most 3. */
  readonly threads?: number;
}

const OPTIONS = optionNames<SocketEngineOptions>({ procfs: true, threads: true });

/**
 * Sockets joined to the processes that hold them. It remembers what it saw of each process, so that a further look costs
 * little more than the tables, as long as few processes have run. Threads are started on a large host only, never keep
 * the program alive, and end with {@link SocketEngine.close}.
 *
 * @example
 * ```ts
 * import { SocketEngine } from "procnet";
 * using engine = new SocketEngine();
 * const { sockets } = await engine.sockets({ protocols: ["tcp"], states: ["LISTEN"] });
 * ```
 */
export class SocketEngine {
  readonly procfs: ProcFs;
  /** @internal what is known of the processes */
  readonly holders: Holders;
  private readonly threads: number | undefined;
  private readonly secondLook: SecondLook;
  private readers: LinkReaders | undefined;
  private readonly looks: SharedLook = new SharedLook(() =>
    runAsync(lookAtAll(this.holders, UNLIMITED, this.readersOrNone()), undefined),
  );

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option */
  constructor(options: SocketEngineOptions = {}) {
    checkOptions("SocketEngine", options, OPTIONS);
    const { procfs = new ProcFs(), threads } = options;
    checkProcfs("SocketEngine", procfs);
    if (threads !== undefined && (!Number.isInteger(threads) || threads < 0)) {
      throw new ProcfsError({ code: "ERR_INVALID_ARG", message: `threads must be a whole number, not ${threads}` });
    }
    this.procfs = procfs;
    this.threads = threads;
    this.holders = new Holders(procfs);
    this.secondLook = new SecondLook(this.holders);
  }

  /** See the function `sockets`. */
  async sockets(options: SocketsOptions = {}): Promise<SocketsResult> {
    const plan = planOf(options, "sockets", this.procfs);
    plan.signal?.throwIfAborted();
    // A look on a budget is not repeated: what is in the tables must have been there before it.
    const isLate = plan.owners === false || budgetOf(plan) !== UNLIMITED || wantsFewFirst(plan);
    const look = isLate ? undefined : this.lookAsync(plan);
    look?.catch(() => {}); // awaited below, after the tables: meanwhile a failure has no handler
    const began = new Date();
    const tables = await runAsync(this.tables(plan, true), plan.signal);
    const few = wantsFewFirst(plan) ? await runAsync(this.firstOwners(tables), plan.signal) : undefined;
    if (few !== undefined) return runAsync(this.join(plan, began, tables, few.outcome, few.found), plan.signal);
    const outcome = plan.owners === false ? undefined : await abortable(look ?? this.lookAsync(plan), plan.signal);
    return runAsync(this.join(plan, began, tables, outcome), plan.signal);
  }

  /** See the function `socketsSync`. */
  socketsSync(options: SocketsOptions = {}): SocketsResult {
    const plan = planOf(options, "socketsSync", this.procfs);
    plan.signal?.throwIfAborted();
    const began = new Date();
    const tables = runSync(this.tables(plan, false));
    const few = wantsFewFirst(plan) ? runSync(this.firstOwners(tables)) : undefined;
    if (few !== undefined) return runSync(this.join(plan, began, tables, few.outcome, few.found));
    const outcome = plan.owners === false ? undefined : runSync(lookAtAll(this.holders, budgetOf(plan), undefined));
    return runSync(this.join(plan, began, tables, outcome));
  }

  /** See the function `eachSocket`. */
  async *eachSocket(options: EachSocketOptions = {}): AsyncGenerator<Socket, readonly Skipped[], undefined> {
    const plan = planOf(options, "eachSocket", this.procfs, ["onEnd"]);
    if (options.onEnd !== undefined && typeof options.onEnd !== "function") {
      throw new ProcfsError({ code: "ERR_INVALID_ARG", message: "onEnd must be a function" });
    }
    plan.signal?.throwIfAborted();
    const takenAt = new Date();
    const outcome = plan.owners === false ? undefined : await abortable(this.lookAsync(plan), plan.signal);
    const seen: Seen = { outcome, visibility: this.visibility() };
    const tables: TablesRead = { sockets: [], skipped: [], namespaces: [] };
    const { sockets: batch } = tables;
    for (const source of sourcesOf(this.procfs, plan)) {
      let count = 0;
      const take = (socket: Socket): void => {
        count++;
        batch.push(socket);
      };
      const steps = readTables(source, plan, true, tables.skipped, take);
      try {
        for (let step = steps.next(); ; step = steps.next()) {
          if (batch.length >= AT_ONCE) yield* this.settled(batch, plan, seen);
          if (step.done) {
            tables.namespaces.push({ inode: source.inode, pid: step.value, sockets: count });
            break;
          }
          if (step.value !== undefined) await step.value;
          else await new Promise((resolve) => setImmediate(resolve));
          plan.signal?.throwIfAborted();
        }
        plan.signal?.throwIfAborted();
      } finally {
        steps.return(undefined);
      }
    }
    yield* this.settled(batch, plan, seen);
    const rest = this.rest(plan, takenAt, tables, seen.outcome);
    options.onEnd?.(rest);
    return rest.skipped;
  }

  /**
   * Sockets with their owners, the list emptied. What came up since the last look is looked for once for all of them, as
   * looking is dear on a busy host.
   */
  private async *settled(batch: Socket[], plan: Plan, seen: Seen): AsyncGenerator<Socket, void, undefined> {
    if (seen.outcome !== undefined) {
      const rest = this.own(batch, plan);
      seen.outcome = await runAsync(this.secondLook.at(rest, seen.outcome, budgetOf(plan)), plan.signal);
      this.settle(rest, plan, seen.outcome, seen.visibility, budgetOf(plan) !== UNLIMITED);
    }
    for (const socket of batch) {
      if (!isHeldBy(socket, plan.pids)) continue;
      plan.signal?.throwIfAborted();
      yield socket;
    }
    batch.length = 0;
  }

  /** Ends the threads. The engine can still be used. */
  close(): void {
    this.readers?.close();
    this.readers = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Looks at all processes. Calls at the same time share one look, but for those with a budget of their own. */
  private lookAsync(plan: Plan): Promise<Outcome> {
    const budget = budgetOf(plan);
    if (budget !== UNLIMITED) return runAsync(lookAtAll(this.holders, budget, undefined), plan.signal);
    return this.looks.current();
  }

  /** @internal a look that begins after the call */
  lookFromNow(): Promise<Outcome> {
    return this.looks.fromNow();
  }

  private readersOrNone(): (() => LinkReaders) | undefined {
    if (this.threads === 0) return undefined;
    return () => {
      this.readers ??= new LinkReaders(this.threads);
      return this.readers;
    };
  }

  private *tables(plan: Plan, ahead: boolean): Steps<TablesRead> {
    const sockets: Socket[] = [];
    const skipped: Skipped[] = [];
    const namespaces: ReadNamespace[] = [];
    for (const source of sourcesOf(this.procfs, plan)) {
      const before = sockets.length;
      const pid = yield* readTables(source, plan, ahead, skipped, (socket) => sockets.push(socket));
      namespaces.push({ inode: source.inode, pid, sockets: sockets.length - before });
    }
    return { sockets, skipped, namespaces };
  }

  private firstOwners({ sockets }: TablesRead): Steps<Found | undefined> {
    return firstOwners(this.procfs, this.holders, sockets);
  }

  private *join(
    plan: Plan,
    takenAt: Date,
    tables: TablesRead,
    look: Outcome | undefined,
    found?: Found["found"],
  ): Steps<SocketsResult> {
    let { sockets } = tables;
    let outcome = look;
    if (outcome !== undefined) {
      const rest: Socket[] = [];
      for (let at = 0; at < sockets.length; at += STEP) {
        rest.push(...this.own(sockets.slice(at, at + STEP), plan, found));
        yield;
      }
      outcome = yield* this.secondLook.at(rest, outcome, budgetOf(plan));
      this.settle(rest, plan, outcome, this.visibility(), false);
      if (plan.pids !== undefined) sockets = sockets.filter((socket) => isHeldBy(socket, plan.pids));
    }
    return { sockets, ...this.rest(plan, takenAt, tables, outcome) };
  }

  /** What an answer says besides the sockets. */
  private rest(plan: Plan, takenAt: Date, tables: TablesRead, outcome: Outcome | undefined): SocketsRest {
    return {
      takenAt,
      duration: Date.now() - takenAt.getTime(),
      namespaces: tables.namespaces,
      owners: plan.owners,
      rights: { uid: process.geteuid?.(), allProcesses: outcome !== undefined && !outcome.denied },
      skipped: [...tables.skipped, ...(outcome?.skipped ?? [])],
    };
  }

  /** Fills in the owners that are known; gives the sockets that have none. */
  private own(sockets: readonly Socket[], plan: Plan, found?: Found["found"]): Socket[] {
    const rest: Socket[] = [];
    for (const socket of sockets) {
      const { inode } = socket;
      const owners = inode === undefined ? undefined : found ? found.get(inode) : this.holders.owners(inode);
      if (owners === undefined) rest.push(socket);
      else setOwners(socket, plan.owners === "first" ? owners.slice(0, 1) : owners, undefined);
    }
    return rest;
  }

  /** Those that have still no owner are told why; `isOver` when there was no second look, and some may have come up since. */
  private settle(rest: readonly Socket[], plan: Plan, outcome: Outcome, visibility: Visibility, isOver: boolean): void {
    const unseen: Outcome = { ...outcome, overBudget: true };
    for (const socket of this.own(rest, plan)) {
      const seen = isOver && this.secondLook.isDoubtful(socket) ? unseen : outcome;
      setOwners(socket, [], ownerlessReason(socket, seen, visibility));
    }
  }

  /** @internal */
  visibility(): Visibility {
    const { context } = this.procfs;
    return { hidden: hidesProcesses(context), nested: isNested(context) };
  }
}

/** Sockets that `eachSocket` keeps at a time. */
const AT_ONCE = 8192;

/** Sockets whose owners are filled in between two pauses. */
const STEP = 1024;

function isHeldBy(socket: Socket, pids: ReadonlySet<number> | undefined): boolean {
  return pids === undefined || (socket.owners?.some((owner) => pids.has(owner.pid)) ?? false);
}

/** What `eachSocket` knows of the owners so far. */
interface Seen {
  outcome: Outcome | undefined;
  readonly visibility: Visibility;
}

interface TablesRead {
  readonly sockets: Socket[];
  readonly skipped: Skipped[];
  readonly namespaces: ReadNamespace[];
}
