import { grouped } from "../bytes/grouped.ts";

/*
 * How numbers are written for people, in tables, on screens and on pages alike. Programs get numbers as they are.
 */

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/**
 * A number of things: `12,345`.
 *
 * @example
 * ```ts
 * import { countText } from "procnet/view";
 * countText(12345); // "12,345"
 * ```
 */
export function countText(count: number | bigint): string {
  const digits = typeof count === "number" && !Number.isInteger(count) ? fraction(count) : String(count);
  const [whole = "", part] = digits.split(".");
  return part === undefined ? grouped(whole) : `${grouped(whole)}.${part}`;
}

/**
 * Bytes in the largest unit of 1024 that leaves something before the point: `117.7 MiB`.
 *
 * @example
 * ```ts
 * import { bytesText } from "procnet/view";
 * bytesText(1536); // "1.5 KiB"
 * ```
 */
export function bytesText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // What would be rounded to 1024 is one of the next unit.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${countText(Math.round(value))} B` : `${value.toFixed(1)} ${UNITS[unit]}`;
}

/**
 * What happens a second: with one digit behind the point below 10, where a whole number would say nothing.
 *
 * @example
 * ```ts
 * import { perSecondText } from "procnet/view";
 * perSecondText(2.25); // "2.3/s"
 * ```
 */
export function perSecondText(perSecond: number): string {
  return `${rateText(perSecond)}/s`;
}

/**
 * How long something took or is ago, of milliseconds, in one unit: `250ms`, `3s`, `12m`, `4h`, `2d`.
 *
 * @example
 * ```ts
 * import { ageText } from "procnet/view";
 * ageText(90_000); // "1m"
 * ```
 */
export function ageText(milliseconds: number): string {
  if (!(milliseconds >= 0)) return "0s";
  if (milliseconds < 1000) return `${Math.floor(milliseconds)}ms`;
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}

/**
 * A time of microseconds, as of a round trip, in milliseconds: `0.018 ms`, `1.15 ms`, `12.3 ms`, `204 ms`.
 *
 * @example
 * ```ts
 * import { rttText } from "procnet/view";
 * rttText(12_345); // "12.3 ms"
 * ```
 */
export function rttText(microseconds: number): string {
  const milliseconds = microseconds / 1000;
  const digits = [1, 10, 100].filter((most) => milliseconds < most).length;
  return `${milliseconds.toFixed(digits)} ms`;
}

/**
 * A share as a whole number of hundredths; never 100 % before all is used, nor 0 while something is.
 *
 * @example
 * ```ts
 * import { shareText } from "procnet/view";
 * shareText(28_231, 28_232); // "99 %"
 * ```
 */
export function shareText(part: number, whole: number): string {
  const share = (100 * part) / whole;
  if (share > 99 && part < whole) return "99 %";
  return share > 0 && share < 1 ? "<1 %" : `${Math.round(share)} %`;
}

function rateText(rate: number): string {
  if (rate === 0) return "0";
  return rate < 9.95 ? fraction(rate) : countText(Math.round(rate));
}

function fraction(value: number): string {
  const size = Math.abs(value);
  if (size >= 0.05) return value.toFixed(1);
  return size > 0 ? "<0.1" : "0";
}
