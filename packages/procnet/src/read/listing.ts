import { readdirSync } from "node:fs";
import { type FailureContext, refusal } from "./failure.ts";
import { fsPath } from "./fs-path.ts";
import { nextName, openNames } from "./names.ts";
import { sortedInSteps } from "./sorted.ts";

/** Names between two pauses. */
const BATCH = 256;

/** A number without leading zeros that a double holds exactly. */
const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;

/** The same of a directory that is known to be small, at once: half the time of opening it to read it in pieces. */
export function numbersIn(path: string, context: FailureContext): number[] {
  const names = listing(path, context, () => readdirSync(fsPath(path)) as string[]);
  return names
    .filter((name) => NUMBER.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * The names in a directory that are numbers, ascending: processes, descriptors, threads. There can be a million of them, so
 * it yields between pieces.
 *
 * @throws `ProcfsError` when the directory cannot be listed
 */
export function* numbersInSteps(path: string, context: FailureContext): Generator<undefined, number[], undefined> {
  const numbers: number[] = [];
  let isAscending = true;
  let names = 0;
  const directory = listing(path, context, () => openNames(path));
  try {
    const next = (): string | undefined => listing(path, context, () => nextName(directory));
    for (let name = next(); name !== undefined; name = next()) {
      if (++names % BATCH === 0) yield;
      if (!NUMBER.test(name)) continue;
      const number = Number(name);
      isAscending &&= numbers.length === 0 || numbers[numbers.length - 1]! < number;
      numbers.push(number);
    }
  } finally {
    directory.closeSync();
  }
  // The kernel lists them so; a captured tree on disk need not.
  return isAscending ? numbers : yield* sortedInSteps(numbers, (a, b) => a - b);
}

/** Does something with a directory; says that it could not be listed where that fails. */
export function listing<Value>(path: string, context: FailureContext, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    throw refusal(error, path, { ...context, action: "list" });
  }
}
