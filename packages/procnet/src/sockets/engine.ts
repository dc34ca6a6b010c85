/// <reference lib="esnext.disposable" preserve="true" />
import { checkOptions, optionNames } from "../check-options.ts";
import { invalidArgument } from "../errors.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { checkThreads } from "../option-values.ts";
import { abandon, runAsync, runSync, runUntil, type Steps, Turns } from "./drive.ts";
import { type Known, newKnown } from "./known.ts";
import type { EachSocketOptions, SocketsOptions, UsualProtocol } from "./options.ts";
import { ForgedRows } from "./owners/forged.ts";
import type { Holders } from "./owners/holders.ts";
import { Joiner } from "./owners/join.ts";
import type { Looks } from "./owners/looks.ts";
import { type Visibility, visibilityOf } from "./owners/ownerless.ts";
import { answerInSteps, type Lot, type Memory } from "./sequence.ts";
import { type Plan, planOf } from "./tables/plan.ts";
import type { Skipped, Socket, SocketOf, SocketProtocol, SocketsResult } from "./types.ts";

/** Where a {@link SocketEngine} looks, and with how many threads. */
export interface SocketEngineOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
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
 * const { sockets } = await engine.sockets({ protocol: "tcp", state: "LISTEN" });
 * ```
 */
export class SocketEngine {
  /** Where it looks. */
  readonly procfs: BaseProcFs;
  /** @internal what is known of the processes */
  readonly holders: Holders;
  /** @internal */
  readonly looks: Looks;
  private readonly memory: Memory;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option */
  constructor(options: SocketEngineOptions = {}) {
    const known = options instanceof KnownBefore ? options.known : knownFor(options);
    const { procfs, holders, looks } = known;
    this.procfs = procfs;
    this.holders = holders;
    this.looks = looks;
    this.memory = { ...known, joiner: new Joiner(procfs.context, holders), forged: new ForgedRows(procfs) };
  }

  /** See the function `sockets`. */
  sockets<Asked extends SocketProtocol | "all" = UsualProtocol>(
    options?: SocketsOptions<Asked>,
  ): Promise<SocketsResult<SocketOf<Asked>>>;
  async sockets(options: SocketsOptions = {}): Promise<SocketsResult> {
    const plan = planOf(options, "sockets", this.procfs);
    return runAsync(this.all(plan, true), plan.signal);
  }

  /** See the function `socketsSync`. */
  socketsSync<Asked extends SocketProtocol | "all" = UsualProtocol>(
    options?: SocketsOptions<Asked>,
  ): SocketsResult<SocketOf<Asked>>;
  socketsSync(options: SocketsOptions = {}): SocketsResult {
    const plan = planOf(options, "socketsSync", this.procfs);
    plan.signal?.throwIfAborted();
    return runSync(this.all(plan, false));
  }

  /** See the function `eachSocket`. */
  eachSocket<Asked extends SocketProtocol | "all" = UsualProtocol>(
    options?: EachSocketOptions<Asked>,
  ): AsyncGenerator<SocketOf<Asked>, readonly Skipped[], undefined>;
  async *eachSocket(options: EachSocketOptions = {}): AsyncGenerator<Socket, readonly Skipped[], undefined> {
    const plan = planOf(options, "eachSocket", this.procfs, ["onEnd"]);
    const { onEnd } = options;
    if (onEnd !== undefined && typeof onEnd !== "function") {
      throw invalidArgument("onEnd must be a function");
    }
    const lot: Lot = { sockets: [] };
    const steps = answerInSteps(this.memory, plan, { ahead: true, atOnce: AT_ONCE }, lot);
    try {
      for (;;) {
        const end = await runUntil(steps, () => lot.sockets.length > 0, plan.signal);
        const { sockets } = lot;
        lot.sockets = [];
        const turns = new Turns();
        for (const socket of sockets) {
          const turn = turns.due();
          if (turn !== undefined) await turn;
          plan.signal?.throwIfAborted();
          yield socket;
        }
        if (end === undefined) continue;
        onEnd?.(end.result);
        return end.result.skipped;
      }
    } finally {
      abandon(steps);
    }
  }

  /** Ends the threads. The engine can still be used. */
  close(): void {
    this.looks.close();
  }

  /** The same as {@link SocketEngine.close}, at the end of a block with `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  private *all(plan: Plan, ahead: boolean): Steps<SocketsResult> {
    const lot: Lot = { sockets: [] };
    const rest = yield* answerInSteps(this.memory, plan, { ahead, atOnce: "all" }, lot);
    return { sockets: lot.sockets, ...rest };
  }

  /** @internal whether a process held a socket by the last look */
  isHeld(inode: number): boolean {
    return (this.memory.told.owners(inode) ?? this.holders.owners(inode)) !== undefined;
  }

  /** @internal */
  visibility(): Visibility {
    return visibilityOf(this.procfs.context);
  }
}

/** Options of an engine that goes on with what is known already. */
class KnownBefore implements SocketEngineOptions {
  readonly procfs: BaseProcFs;
  readonly known: Known;

  constructor(known: Known) {
    this.procfs = known.procfs;
    this.known = known;
  }
}

/** @internal an engine that shares what is known with others */
export function engineWith(known: Known): SocketEngine {
  return new SocketEngine(new KnownBefore(known));
}

function knownFor(options: SocketEngineOptions): Known {
  checkOptions("SocketEngine", options, OPTIONS);
  const { procfs = baseProcFs(), threads } = options;
  checkProcfs("SocketEngine", procfs);
  checkThreads(threads);
  return newKnown(procfs, threads);
}

/** Sockets that `eachSocket` keeps at a time. */
const AT_ONCE = 8192;
