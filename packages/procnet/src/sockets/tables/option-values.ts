import { listOf, wrongValue } from "../../check-options.ts";

/** Whole numbers from 0 to `most`, one or several. */
export function numbers(
  name: string,
  given: number | readonly number[] | undefined,
  most: number,
): readonly number[] | undefined {
  const isOne = (value: unknown): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most;
  return listOf(name, given, isOne, `whole numbers up to ${most}`);
}

/** A limit; infinite when it is not given. */
export function limit(name: string, given: number | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  if (typeof given !== "number" || !(given >= 0)) throw wrongValue(name, "a number from 0 up", given);
  return given;
}
