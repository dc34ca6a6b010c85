/**
 * The parsers alone: bytes in, rows out. They open nothing and run anywhere, also in a browser.
 *
 * @packageDocumentation
 */
export { isProcfsError, type OnIssue, ProcfsError, type ProcfsErrorCode, type ProcfsIssue } from "../errors.ts";
export * from "../net/public.ts";
export * from "./public.ts";
