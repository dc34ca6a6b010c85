import { escapeText } from "./bytes/escape.ts";
import { ProcfsError } from "./errors.ts";

/** A longer value is cut in a message. */
const LONGEST = 80;

/**
 * One value or several, as a list; `expected` says what each must be.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option
 */
export function listOf<Value>(
  name: string,
  given: Value | readonly Value[] | undefined,
  isOne: (value: unknown) => value is Value,
  expected: string,
): readonly Value[] | undefined {
  if (given === undefined) return undefined;
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  return values.map((value) => {
    if (!isOne(value)) throw wrongValue(name, expected, value);
    return value;
  });
}

/**
 * Whole numbers from 0 to `most`, one or several.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option
 */
export function numbers(
  name: string,
  given: number | readonly number[] | undefined,
  most: number = Number.MAX_SAFE_INTEGER,
): readonly number[] | undefined {
  const isOne = (value: unknown): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most;
  return listOf(name, given, isOne, `whole numbers up to ${most}`);
}

/** The same as a set, which can be given too. */
export function numberSet(
  name: string,
  given: number | readonly number[] | ReadonlySet<number> | undefined,
  most?: number,
): ReadonlySet<number> | undefined {
  if (given === undefined || isSet(given)) return given;
  return new Set(numbers(name, given, most));
}

/** Told by its form: programs can have several classes of that name. */
function isSet(given: unknown): given is ReadonlySet<number> {
  return typeof (given as Partial<ReadonlySet<number>> | null)?.has === "function";
}

/**
 * Refuses conditions that do not exist: ignored, they would let everything pass. Readers have told more of them before.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function checkConditions(where: object, known: readonly string[]): void {
  if (typeof where !== "object" || where === null) throw wrongValue("where", "an object", where);
  const unknown = Object.keys(where).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `where has no condition "${escapeText(unknown.slice(0, LONGEST))}"; it has ${known.join(", ")}`;
    throw new ProcfsError({ code: "ERR_INVALID_ARG", message });
  }
}

/** The error for an option whose value is none that it takes. */
export function wrongValue(name: string, expected: string, value: unknown): ProcfsError {
  const text = typeof value === "string" || Array.isArray(value) ? JSON.stringify(value) : String(value);
  const message = `${name} must be ${expected}, not ${escapeText(text.slice(0, LONGEST))}`;
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
