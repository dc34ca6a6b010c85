import { checkOptions, optionNames } from "../check-options.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { checkSignal } from "../option-values.ts";
import { type Rates, ratesBetween } from "./counters/between.ts";
import { checkInterval, ending, paced } from "./pause.ts";
import type { Sample } from "./sample.ts";
import { countersOf } from "./take-sample.ts";

/** Options of {@link rates}; all optional. */
export interface RatesOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** A process: the counters are those of its network namespace. */
  readonly pid?: number;
  /** Milliseconds from one sample to the next: 1,000 by default. */
  readonly interval?: number;
  /** Ends the iterator. */
  readonly signal?: AbortSignal;
}

const OPTIONS = optionNames<RatesOptions>({ procfs: true, pid: true, interval: true, signal: true });

/**
 * What all counters do, again and again: the first value has none of it, as one sample tells no rate. Seconds are those of a clock that
 * never goes back. A counter that begins anew is an event, and has no rate that time.
 *
 * Nothing is read while nobody waits for the next value, which then is of a longer time. `return()` ends it at once.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option; while it runs, `ESRCH` when the process has ended
 * @example
 * ```ts
 * import { rates } from "procnet";
 * for await (const { seconds, rates: all } of rates({ interval: 100 })) {
 *   if (seconds === undefined) continue;
 *   console.log(all.filter(({ perSecond = 0 }) => perSecond > 0).map(({ name, perSecond }) => `${name} ${perSecond}`));
 *   break;
 * }
 * ```
 */
export function rates(options: RatesOptions = {}): AsyncGenerator<Rates, void, undefined> {
  checkOptions("rates", options, OPTIONS);
  const { procfs = baseProcFs(), pid, interval = 1000, signal } = options;
  checkProcfs("rates", procfs);
  checkSignal("rates: signal", signal);
  checkInterval("rates", interval);
  return ending(signal, (ends) => inTurn(procfs, pid, paced(interval, ends)));
}

async function* inTurn(
  procfs: BaseProcFs,
  pid: number | undefined,
  turns: AsyncIterable<void>,
): AsyncGenerator<Rates, void, undefined> {
  let before: Sample | undefined;
  for await (const _ of turns) {
    const sample = countersOf(procfs, pid);
    yield ratesBetween(before, sample);
    before = sample;
  }
}
