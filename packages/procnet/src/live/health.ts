import { checkOptions, optionNames } from "../check-options.ts";
import { type BaseProcFs, baseProcFs, checkProcfs } from "../host/procfs.ts";
import { checkSignal } from "../option-values.ts";
import type { SocketSource } from "../sockets/source.ts";
import type { Health } from "./health/finding.ts";
import { HealthMonitor, type MonitorOptions } from "./health/monitor.ts";
import { limits as limitsNow } from "./limits.ts";
import { checkInterval, ending, paced } from "./pause.ts";
import { takeSample } from "./take-sample.ts";

/** Options of {@link health}; all optional. */
export interface HealthOptions extends MonitorOptions {
  /** The procfs to look at; that of this machine by default. */
  readonly procfs?: BaseProcFs;
  /** A process: its network namespace is judged, as far as that can be without the settings of that namespace. */
  readonly pid?: number;
  /** Milliseconds from one sample to the next: 1,000 by default. */
  readonly interval?: number;
  /** Whether sockets are looked at, without which most findings are unknown: true by default. */
  readonly sockets?: boolean;
  /** Who is asked for sockets before procfs: see `SocketsOptions.source`. */
  readonly source?: SocketSource;
  /** Ends the iterator. */
  readonly signal?: AbortSignal;
}

const OPTIONS = optionNames<HealthOptions>({
  procfs: true,
  pid: true,
  interval: true,
  sockets: true,
  source: true,
  signal: true,
  limits: true,
  thresholds: true,
  only: true,
  window: true,
  hold: true,
  clearRounds: true,
});

/**
 * What is wrong, again and again: after the first sample what can be told of one, and from the second on all. A finding comes when its
 * mark is passed and goes when it was below a lower one for some rounds: see {@link HealthMonitor}. The settings are read with each
 * sample, unless they are given.
 *
 * Nothing is read while nobody waits for the next value. `return()` ends it at once.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option
 * @example
 * ```ts
 * import { health } from "procnet";
 * for await (const { findings, samples } of health({ interval: 200 })) {
 *   for (const { severity, summary } of findings) console.log(severity, summary);
 *   if (samples > 2) break;
 * }
 * ```
 */
export function health(options: HealthOptions = {}): AsyncGenerator<Health, void, undefined> {
  checkOptions("health", options, OPTIONS);
  const { procfs = baseProcFs(), pid, interval = 1000, sockets = true, source, signal, ...monitored } = options;
  checkProcfs("health", procfs);
  checkSignal("health: signal", signal);
  checkInterval("health", interval);
  const monitor = new HealthMonitor(monitored);
  const where = { procfs, ...(pid !== undefined && { pid }) };
  const from = source && { source };
  const given = monitored.limits;
  return ending(signal, async function* (ends) {
    for await (const _ of paced(interval, ends)) {
      const sample = await takeSample({ ...where, ...from, sockets, signal: ends });
      yield monitor.add(sample, given ?? limitsNow(where));
    }
  });
}
