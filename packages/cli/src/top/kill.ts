import type { BaseProcFs } from "procnet";
import { type Holder, refusal, sparedBecause, uidTest } from "../commands/kill/kill-plan.ts";
import { FLAGS, name, refuseOtherNumbers } from "../commands/kill/kill-signal.ts";
import { publisherOf } from "../commands/proxies.ts";

/** Who is asked about, and why the others are not. */
export interface KillPlan {
  readonly meant: readonly Holder[];
  readonly refusals: readonly string[];
}

/**
 * Who of those that hold a row may be ended: as `procnet port --kill`, which has flags for those who are spared here.
 *
 * @throws CommandFailure where process ids of this procfs mean nothing here
 */
export function killPlan(holders: readonly Holder[], procfs: BaseProcFs): KillPlan {
  refuseOtherNumbers(procfs);
  const isNumbered = uidTest(procfs);
  const meant: Holder[] = [];
  const refusals: string[] = [];
  for (const holder of holders) {
    const why = refusal(holder.owner.pid, procfs) ?? sparedText(holder, isNumbered);
    if (why === undefined) meant.push(holder);
    else refusals.push(`not killed: ${name(holder.owner)} ${why}`);
  }
  return { meant, refusals };
}

function sparedText(holder: Holder, isNumbered: (uid: number) => boolean): string | undefined {
  const { owner, uids } = holder;
  const reason = sparedBecause(holder, {}, isNumbered);
  if (reason === undefined) return undefined;
  const why =
    reason === "publisher"
      ? `is ${publisherOf(owner)?.whose ?? "another's"}: what answers is elsewhere`
      : `is of uid ${owner.uid}, and holds what uid ${[...uids].join(" and ")} opened`;
  return `${why}; procnet port --kill has ${FLAGS[reason]}`;
}
