import type { Rate } from "../../live/counters/between.ts";
import type { Column } from "../column.ts";

/** Columns of the table of counters, in their order. */
export const COUNTER_COLUMNS: readonly Column<Rate>[] = [
  { key: "name", title: "COUNTER", value: ({ name }) => name },
  { key: "of", title: "OF", value: ({ of }) => ofText(of), ifAny: true },
  {
    key: "persecond",
    title: "PER-SECOND",
    align: "right",
    value: ({ perSecond }) => rateText(perSecond),
    order: ({ perSecond }) => perSecond ?? -1,
    raw: ({ perSecond }) => perSecond,
  },
  { key: "delta", title: "DELTA", align: "right", value: ({ delta }) => delta, drop: 2 },
  { key: "value", title: "VALUE", align: "right", value: ({ value }) => value, drop: 3 },
  { key: "file", title: "FILE", value: ({ file }) => file, drop: 1 },
];

/**
 * Whose a number is: `CPU 1`, `eth0`; `undefined` where it is that of all.
 *
 * @example
 * ```ts
 * import { ofText } from "procnet/view";
 * ofText({ kind: "cpu", cpu: 1 }); // "CPU 1"
 * ```
 */
export function ofText(of: Rate["of"]): string | undefined {
  if (of === undefined) return undefined;
  if (of.kind === "cpus") return "all CPUs";
  return of.kind === "cpu" ? `CPU ${of.cpu}` : of.interface;
}

/**
 * A rate as tables of counters have it, without its unit: whole from 100 on, with one digit behind the point below.
 *
 * @example
 * ```ts
 * import { rateText } from "procnet/view";
 * rateText(2.25); // "2.3"
 * ```
 */
export function rateText(perSecond: number): string;
export function rateText(perSecond: number | undefined): string | undefined;
export function rateText(perSecond: number | undefined): string | undefined {
  if (perSecond === undefined) return undefined;
  return Number.isInteger(perSecond) || perSecond >= 100 ? perSecond.toFixed(0) : perSecond.toFixed(1);
}
