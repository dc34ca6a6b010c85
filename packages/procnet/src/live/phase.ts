import { invalidArgument } from "../errors.ts";

/**
 * The place of a machine within an interval, milliseconds from 0 on and less than the interval: that of its boot id. Machines that do
 * something every so often do it at `n * interval + phase` by the wall clock: each at a time of its own, and at the same one
 * after a restart of the program.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for what is no interval
 * @example
 * ```ts
 * import { intervalPhase } from "procnet";
 * intervalPhase("0f9a3c1e-6b7d-4c2a-9e58-123456789abc", 60_000); // a whole number below 60,000
 * ```
 */
export function intervalPhase(bootId: string, interval: number): number {
  if (!(interval > 0 && interval < Number.POSITIVE_INFINITY))
    throw invalidArgument("intervalPhase: interval must be milliseconds, above 0");
  return Math.floor((hash(bootId) / 2 ** 32) * interval);
}

/**
 * How long it is until the next time that has this phase, by the wall clock: more than nothing, the interval at most.
 *
 * @example
 * ```ts
 * import { intervalPhase, untilPhase } from "procnet";
 * const phase = intervalPhase("0f9a3c1e-6b7d-4c2a-9e58-123456789abc", 60_000);
 * const wait = untilPhase(Date.now(), 60_000, phase); // milliseconds, for setTimeout
 * ```
 */
export function untilPhase(now: number, interval: number, phase: number): number {
  const past = (now - phase) % interval;
  return interval - (past < 0 ? past + interval : past);
}

/** FNV-1a, with the last steps of MurmurHash3 behind it: of texts that differ in one digit all bits differ, the high ones too. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
