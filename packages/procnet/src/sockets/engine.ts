/// <reference lib="esnext.disposable" preserve="true" />
import { checkOptions, optionNames } from "../check-options.ts";
import { ProcfsError } from "../errors.ts";
import { checkProcfs, ProcFs } from "../host/procfs.ts";
import { NamesBefore } from "../host/unix-fd.ts";
import { abortable, runAsync, runSync, runUntil, type Steps, Turns } from "./drive.ts";
import type { Found } from "./owners/find-owners.ts";
import { firstOwners, wantsFewFirst } from "./owners/first-owners.ts";
import { ForgedRows } from "./owners/forged.ts";
import { Holders } from "./owners/holders.ts";
import { Joiner } from "./owners/join.ts";
import type { Visibility } from "./owners/ownerless.ts";
import { LinkReaders } from "./owners/pool.ts";
import { budgetOf, lookAtAll, type Outcome, UNLIMITED } from "./owners/search.ts";
import { SharedLook } from "./owners/shared-look.ts";
import { type Plan, planOf } from "./tables/plan.ts";
import { type NamespaceSource, readTables } from "./tables/read-tables.ts";
import { isHeldBy } from "./tables/socket.ts";
import { sourcesOf } from "./tables/sources.ts";
import { markSuspects } from "./tables/suspects.ts";
import { SuspectsAhead } from "./tables/suspects-ahead.ts";
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
  private readonly joiner: Joiner;
  private readonly forged: ForgedRows;
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
    this.joiner = new Joiner(procfs, this.holders);
    this.forged = new ForgedRows(procfs);
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
    const needsLook = plan.owners !== false && few === undefined;
    const outcome = needsLook ? await abortable(look ?? this.lookAsync(plan), plan.signal) : few?.outcome;
    return runAsync(this.answer(plan, began, tables, true, outcome, few?.found), plan.signal);
  }

  /** See the function `socketsSync`. */
  socketsSync(options: SocketsOptions = {}): SocketsResult {
    const plan = planOf(options, "socketsSync", this.procfs);
    plan.signal?.throwIfAborted();
    const began = new Date();
    const tables = runSync(this.tables(plan, false));
    const few = wantsFewFirst(plan) ? runSync(this.firstOwners(tables)) : undefined;
    const needsLook = plan.owners !== false && few === undefined;
    const outcome = needsLook ? runSync(lookAtAll(this.holders, budgetOf(plan), undefined)) : few?.outcome;
    return runSync(this.answer(plan, began, tables, false, outcome, few?.found));
  }

  /** See the function `eachSocket`. */
  async *eachSocket(options: EachSocketOptions = {}): AsyncGenerator<Socket, readonly Skipped[], undefined> {
    const plan = planOf(options, "eachSocket", this.procfs, ["onEnd"]);
    if (options.onEnd !== undefined && typeof options.onEnd !== "function") {
      throw new ProcfsError({ code: "ERR_INVALID_ARG", message: "onEnd must be a function" });
    }
    const { signal } = plan;
    signal?.throwIfAborted();
    const takenAt = new Date();
    let outcome = plan.owners === false ? undefined : await abortable(this.lookAsync(plan), signal);
    const tables: TablesRead = { sockets: [], sources: [], skipped: [], namespaces: [] };
    const { sockets: batch } = tables;
    const names = new NamesBefore();
    const steps = this.tablesOf(plan, true, tables, new SuspectsAhead(plan.onIssue));
    try {
      for (let isOver = false; !isOver; ) {
        isOver = (await runUntil(steps, () => batch.length >= AT_ONCE, signal)) !== undefined;
        if (outcome !== undefined) {
          // What came up since the last look is looked for once for all of them, as looking is dear on a busy host.
          const asked = { plan, sources: tables.sources, ahead: true, isWhole: false };
          outcome = await runAsync(this.joiner.join(batch, asked, outcome), signal);
          await runAsync(this.forged.mark(batch, names, asked), signal);
        }
        const turns = new Turns();
        for (const socket of batch) {
          if (!isHeldBy(socket, plan.pids)) continue;
          const turn = turns.due();
          if (turn !== undefined) await turn;
          signal?.throwIfAborted();
          yield socket;
        }
        batch.length = 0;
      }
    } finally {
      steps.return(undefined);
    }
    const rest = this.rest(plan, takenAt, tables, outcome);
    options.onEnd?.(rest);
    return rest.skipped;
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
    const tables: TablesRead = { sockets: [], sources: [], skipped: [], namespaces: [] };
    // Where not all rows of unix sockets are wanted, those that are not can still tell that another is forged.
    const suspects = plan.unix === undefined ? undefined : new SuspectsAhead(plan.onIssue);
    yield* this.tablesOf(plan, ahead, tables, suspects);
    if (suspects === undefined && plan.protocols.includes("unix")) yield* markSuspects(tables.sockets, plan.onIssue);
    return tables;
  }

  /** Reads the tables of all wanted namespaces into `tables`. */
  private *tablesOf(plan: Plan, ahead: boolean, tables: TablesRead, suspects: SuspectsAhead | undefined): Steps<void> {
    tables.sources.push(...(yield* sourcesOf(this.procfs, plan)));
    yield* suspects?.read(tables.sources, plan, ahead) ?? [];
    for (const [at, source] of tables.sources.entries()) {
      let count = 0;
      const take = (socket: Socket): void => {
        count++;
        suspects?.check(socket);
        tables.sockets.push(socket);
      };
      const { pid, tables: read } = yield* readTables(source, plan, ahead, tables.skipped, take);
      tables.namespaces.push({ inode: source.inode, pid, tables: read, sockets: count });
      // The processes before that one have ended.
      if (pid !== undefined) tables.sources[at] = { ...source, pids: source.pids.slice(source.pids.indexOf(pid)) };
    }
  }

  private firstOwners({ sockets }: TablesRead): Steps<Found | undefined> {
    return firstOwners(this.procfs, this.holders, sockets);
  }

  private *answer(
    plan: Plan,
    takenAt: Date,
    tables: TablesRead,
    ahead: boolean,
    look: Outcome | undefined,
    found: Found["found"] | undefined,
  ): Steps<SocketsResult> {
    let { sockets } = tables;
    const asked = { plan, sources: tables.sources, ahead, isWhole: true, found };
    const outcome = look && (yield* this.joiner.join(sockets, asked, look));
    if (look !== undefined) yield* this.forged.mark(sockets, new NamesBefore(), asked);
    if (plan.pids !== undefined) sockets = yield* heldBy(sockets, plan.pids);
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

  /** @internal */
  visibility(): Visibility {
    return this.joiner.visibility();
  }
}

/** Sockets that `eachSocket` keeps at a time. */
const AT_ONCE = 8192;

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

interface TablesRead {
  readonly sockets: Socket[];
  readonly sources: NamespaceSource[];
  readonly skipped: Skipped[];
  readonly namespaces: ReadNamespace[];
}
