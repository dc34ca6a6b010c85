/**
 * The parsers alone: bytes in, rows out. They open nothing and run anywhere, also in a browser.
 *
 * @packageDocumentation
 */

export * from "./codes/index.ts";
export { isProcfsError, type OnIssue, ProcfsError, type ProcfsErrorCode, type ProcfsIssue } from "./errors.ts";
export type { Counters } from "./form/mib.ts";
export type { BigIntOptions, Counter, CounterOf, ExactOptions, NumberOptions, ParseOptions } from "./form/options.ts";
export * from "./parsers.ts";
export * from "./process/index.ts";
