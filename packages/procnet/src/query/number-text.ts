import { type KernelUnit, kernelValue } from "../view/kernel-values.ts";
import type { NumberField } from "./filter.ts";

/** Of a time, in microseconds. */
const TIMES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["", 1],
  ["us", 1],
  ["ms", 1e3],
  ["s", 1e6],
]);

/** Of bytes: as the kernel and as traders count. */
const SIZES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
  ["t", 1e12],
  ["ki", 2 ** 10],
  ["mi", 2 ** 20],
  ["gi", 2 ** 30],
  ["ti", 2 ** 40],
]);

/** The number that a condition compares with, in the unit of its field; a text that says what is wrong with it. */
export function numberOf(text: string, field: NumberField): number | string {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const value = kernelValue(field);
  if (value === undefined) return `"${text}" is no number`;
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number(text);
  const { unit } = value;
  const [, digits, word = ""] = /^(\d{1,12}(?:\.\d{1,6})?)([a-z]*)$/i.exec(text) ?? [];
  const factor = unit === "" ? undefined : unitsOf(unit).get(word.toLowerCase());
  if (digits === undefined || factor === undefined) return `"${text}" is no number${helpFor(unit)}`;
  return Number(digits) * factor;
}

function unitsOf(unit: Exclude<KernelUnit, "">): ReadonlyMap<string, number> {
  return unit === "microseconds" ? TIMES : SIZES;
}

function helpFor(unit: KernelUnit): string {
  if (unit === "") return "";
  return unit === "microseconds" ? " of microseconds, nor as 100ms or 2s" : ` of ${unit}, nor as 10k or 64Ki`;
}
