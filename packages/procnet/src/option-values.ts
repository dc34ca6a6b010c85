import { escapeHidden } from "./bytes/escape-hidden.ts";
import { invalidArgument, type ProcfsError } from "./errors.ts";

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
  // A list may have holes, which are no values either.
  return Array.from<unknown, Value>(Array.isArray(given) ? given : [given], (value) => {
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
    const message = `where has no condition "${escapeHidden(unknown.slice(0, LONGEST))}"; it has ${known.join(", ")}`;
    throw invalidArgument(message);
  }
}

/**
 * Refuses values of the options that parsers have: a byte order that is misspelt would turn every address round without a word.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option
 */
export function checkParsing(
  what: string,
  {
    byteOrder,
    bigint,
    onIssue,
  }: { readonly byteOrder?: unknown; readonly bigint?: unknown; readonly onIssue?: unknown },
): void {
  if (byteOrder !== undefined && byteOrder !== "LE" && byteOrder !== "BE")
    throw wrongValue(`${what}: byteOrder`, '"LE" or "BE"', byteOrder);
  if (bigint !== undefined && typeof bigint !== "boolean") throw wrongValue(`${what}: bigint`, "true or false", bigint);
  if (onIssue !== undefined && typeof onIssue !== "function")
    throw wrongValue(`${what}: onIssue`, "a function", onIssue);
}

/**
 * Refuses what is no signal; told by its form, as programs can have several classes of that name. `name` is the option's.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function checkSignal(name: string, value: unknown): void {
  if (value === undefined || typeof (value as Partial<AbortSignal> | null)?.throwIfAborted === "function") return;
  throw wrongValue(name, "an AbortSignal", value);
}

/**
 * Refuses what is no number of threads.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function checkThreads(threads: unknown): void {
  if (threads === undefined || (Number.isInteger(threads) && Number(threads) >= 0)) return;
  throw wrongValue("threads", "a whole number", threads);
}

/** The error for an option whose value is none that it takes. */
export function wrongValue(name: string, expected: string, value: unknown): ProcfsError {
  const message = `${name} must be ${expected}, not ${escapeHidden(textOf(value).slice(0, LONGEST))}`;
  return invalidArgument(message);
}

/** What a value is, for a message: an object need not have a text. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
