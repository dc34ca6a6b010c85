import { abortable, runAsync, type Steps, waitFor } from "../drive.ts";
import type { Plan } from "../tables/plan.ts";
import { searchAll } from "./all.ts";
import { budgetOf, UNLIMITED } from "./budget.ts";
import type { OwnersFound } from "./found.ts";
import type { Holders } from "./holders.ts";
import { LinkReaders } from "./pool.ts";
import { SharedLook } from "./shared-look.ts";

/** Looks at all processes: asynchronous callers who ask at the same time share one, in which threads may take part. */
export class Looks {
  private readonly holders: Holders;
  private readonly threads: number | undefined;
  private readers: LinkReaders | undefined;
  private readonly shared: SharedLook;

  /** `threads`: the most to start. */
  constructor(holders: Holders, threads: number | undefined) {
    this.holders = holders;
    this.threads = threads;
    const readers = (): LinkReaders => {
      this.readers ??= new LinkReaders(this.threads);
      return this.readers;
    };
    const helpers = threads === 0 ? undefined : readers;
    this.shared = new SharedLook(() => runAsync(searchAll(holders, UNLIMITED, helpers), undefined));
  }

  /** A look that is under way while its caller does something else. */
  begin(): Promise<OwnersFound> {
    const look = this.shared.current();
    look.catch(() => {}); // whoever waits for it is told: until then a failure has no handler
    return look;
  }

  /** The one that has begun, or the one that others have begun, or one of its own where they cannot share. */
  *look(plan: Plan, ahead: boolean, begun?: Promise<OwnersFound>): Steps<OwnersFound> {
    const budget = budgetOf(plan);
    if (!ahead || budget !== UNLIMITED) return yield* searchAll(this.holders, budget, undefined);
    return yield* waitFor(abortable(begun ?? this.shared.current(), plan.signal));
  }

  /** A look that begins now or later: one that is under way may have passed by what has changed since it began. */
  *lookFromNow(ahead: boolean, signal: AbortSignal | undefined): Steps<OwnersFound> {
    if (!ahead) return yield* searchAll(this.holders, UNLIMITED, undefined);
    return yield* waitFor(abortable(this.shared.fromNow(), signal));
  }

  /** Ends the threads. */
  close(): void {
    this.readers?.close();
    this.readers = undefined;
  }
}
