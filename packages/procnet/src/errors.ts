/**
 * Codes of {@link ProcfsError} and {@link ProcfsIssue}. docs/errors.md says for each when it happens and what helps.
 *
 * - `ENOENT`: the kernel has no such file here; the message names the option or module that brings it
 * - `EACCES`: the kernel refused (also for `EPERM`)
 * - `ESRCH`: the process has ended
 * - `ERR_PARSE`: a row or file does not have the form the kernel gives it
 * - `ERR_TRUNCATED`: the text does not end in a newline, so its last row may be cut (an issue only, never thrown)
 * - `ERR_SUSPECT`: a row may be forged: it shares its inode with another (an issue only, never thrown)
 * - `ERR_PLATFORM`: there is no procfs of Linux here
 * - `ERR_INVALID_ARG`: the caller passed something unusable
 * - `ERR_SIDE_EFFECT`, `ERR_UNKNOWN`: why `net.readAll()` left a file out: reading it changes something, or nothing is known
 *   of it (never thrown)
 *
 * Any other code is the system's own (`EMFILE`, `ENXIO`, ...).
 */
export type ProcfsErrorCode =
  | "ENOENT"
  | "EACCES"
  | "ESRCH"
  | "ERR_PARSE"
  | "ERR_TRUNCATED"
  | "ERR_SUSPECT"
  | "ERR_PLATFORM"
  | "ERR_INVALID_ARG"
  | (string & {});

/** What is known about a problem: where it is, and what stood there. */
export interface ProcfsIssue {
  readonly code: ProcfsErrorCode;
  /** One sentence for people; foreign text in it is escaped. */
  readonly message: string;
  /** The file, as it was opened or as the caller named it. */
  readonly path: string | undefined;
  /** Line in the file, from 1; absent when the problem is not in a line. */
  readonly line: number | undefined;
  /** Byte in the line, from 1. */
  readonly column: number | undefined;
  /** The field that could not be read. */
  readonly field: string | undefined;
  /** The raw line, one character for each byte; the first 1,000 bytes of it. */
  readonly text: string | undefined;
}

const BRAND = Symbol.for("procnet.ProcfsError");

/**
 * The only error that readers and parsers throw for what files contain or the kernel answers.
 *
 * @example
 * ```ts
 * import { isProcfsError, net } from "procnet";
 *
 * try {
 *   console.log(net.tcp6().length);
 * } catch (error) {
 *   if (!isProcfsError(error) || error.code !== "ENOENT") throw error;
 *   console.log("this kernel has no IPv6");
 * }
 * ```
 */
export class ProcfsError extends Error implements ProcfsIssue {
  override readonly name = "ProcfsError";
  readonly code: ProcfsErrorCode;
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly field: string | undefined;
  readonly text: string | undefined;

  constructor(issue: Pick<ProcfsIssue, "code" | "message"> & Partial<ProcfsIssue>, options?: ErrorOptions) {
    super(issue.message, options);
    this.code = issue.code;
    this.path = issue.path;
    this.line = issue.line;
    this.column = issue.column;
    this.field = issue.field;
    this.text = issue.text;
  }

  static {
    Object.defineProperty(ProcfsError.prototype, BRAND, { value: true });
  }
}

/** Whether a value is a {@link ProcfsError}, also one from another copy of this package. */
export function isProcfsError(value: unknown): value is ProcfsError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** Receives what a parser found wrong instead of an exception; the row is skipped and reading goes on. */
export type OnIssue = (issue: ProcfsIssue) => void;
