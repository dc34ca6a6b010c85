import { escapeHidden } from "./bytes/escape-hidden.ts";

/**
 * Codes of {@link ProcfsError} and {@link ProcfsIssue}. docs/errors.md says for each when it happens and what helps.
 *
 * - `ENOENT`: the kernel has no such file here; the message names the option or module that brings it
 * - `EACCES`: the kernel refused (also for `EPERM`)
 * - `ESRCH`: the process has ended
 * - `ERR_PARSE`: a row or file does not have the form the kernel gives it
 * - `ERR_TRUNCATED`: the text does not end in a newline, so its last row may be cut (an issue only, never thrown)
 * - `ERR_SUSPECT`: a row may be forged: it shares its inode with another (an issue only, never thrown)
 * - `ERR_UNUSUAL`: the text is read whole, but no kernel writes it so: blank lines, CR before LF, blanks for tabs (an issue
 *   only, never thrown)
 * - `ERR_PLATFORM`: there is no procfs of Linux here
 * - `ERR_INVALID_ARG`: the caller passed something unusable
 * - `ERR_NO_NET`: a root without network files, or with those of several namespaces and no sign of which are meant
 * - `ERR_FILE_TYPE`: a pipe, socket or device stands where a file of procfs is expected
 * - `ERR_RUNTIME`: the JavaScript runtime refused, and not the kernel: Deno does so for links that are not UTF-8
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
  | "ERR_UNUSUAL"
  | "ERR_PLATFORM"
  | "ERR_INVALID_ARG"
  | "ERR_NO_NET"
  | "ERR_FILE_TYPE"
  | "ERR_RUNTIME"
  | (string & {});

/** What is known about a problem: where it is, and what stood there. */
export interface ProcfsIssue {
  /** What happened, for programs. */
  readonly code: ProcfsErrorCode;
  /** One sentence for people; foreign text in it is escaped, and the whole is at most 2,000 characters long. */
  readonly message: string;
  /** The file, as it was opened or as the caller named it. */
  readonly path: string | undefined;
  /** Line in the file, from 1; absent when the problem is not in a line. */
  readonly line: number | undefined;
  /** Byte in the line, from 1. */
  readonly column: number | undefined;
  /** The field that could not be read; escaped like the message, at most 80 characters of it. */
  readonly field: string | undefined;
  /** The raw line, one character for each byte; the first 1,000 bytes of it. */
  readonly text: string | undefined;
}

/** The longest message. Its middle is left out where it would be longer: what happened stands at the end of some. */
const LONGEST_MESSAGE = 2000;
const LONGEST_FIELD = 80;
const LONGEST_TEXT = 1000;

/** Text that shows itself, as nearly all does: a hostile file can have a bad row in every line, and each makes a message. */
const PLAIN = /^[ -[\]-~]*$/;
/** The same where it was escaped before, and perhaps cut. */
const PLAIN_OR_ESCAPED = /^[ -~…]*$/;

/** Foreign text as a message may show it: escaped, and cut behind `longest` characters. */
export function shown(text: string, longest: number): string {
  if (text.length <= longest && PLAIN.test(text)) return text;
  const escaped = escapeHidden(text.slice(0, longest));
  if (escaped.length <= longest && text.length <= longest) return escaped;
  return `${wholeHead(escaped, longest - 1)}…`;
}

/**
 * An issue with all its fields, whose message and field are fit to be printed whatever its maker put there. Every issue and
 * every {@link ProcfsError} comes from here.
 */
export function issueOf(issue: Pick<ProcfsIssue, "code" | "message"> & Partial<ProcfsIssue>): ProcfsIssue {
  return {
    code: issue.code,
    message: printable(issue.message, LONGEST_MESSAGE),
    path: issue.path,
    line: issue.line,
    column: issue.column,
    field: issue.field === undefined ? undefined : printable(issue.field, LONGEST_FIELD),
    text: issue.text?.slice(0, LONGEST_TEXT),
  };
}

/** Text without unsafe characters. What is escaped in it already stays as it is: backslashes are not doubled. */
function printable(text: string, longest: number): string {
  if (text.length <= longest && PLAIN_OR_ESCAPED.test(text)) return text;
  const safe = cut(text, longest).split("\\").map(escapeHidden).join("\\");
  return cut(safe, longest);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = longest / 2;
  return `${wholeHead(text, half)}…${wholeTail(text, half - 1)}`;
}

/** The first characters, without the first half of a surrogate pair. */
function wholeHead(text: string, length: number): string {
  return text.slice(0, /[\ud800-\udbff]/.test(text[length - 1] ?? "") ? length - 1 : length);
}

/** The last characters, without the second half of a surrogate pair. */
function wholeTail(text: string, length: number): string {
  const tail = text.slice(-length);
  return /[\udc00-\udfff]/.test(tail[0] ?? "") ? tail.slice(1) : tail;
}

const BRAND = /* @__PURE__ */ Symbol.for("procnet.ProcfsError");

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
  /** Always `ProcfsError`. */
  override readonly name = "ProcfsError";
  /** What happened, for programs. */
  readonly code: ProcfsErrorCode;
  /** The file, as it was opened or as the caller named it. */
  readonly path: string | undefined;
  /** Line in the file, from 1; absent when the problem is not in a line. */
  readonly line: number | undefined;
  /** Byte in the line, from 1. */
  readonly column: number | undefined;
  /** The field that could not be read, escaped. */
  readonly field: string | undefined;
  /** The raw line, one character for each byte. */
  readonly text: string | undefined;

  constructor(parts: Pick<ProcfsIssue, "code" | "message"> & Partial<ProcfsIssue>, options?: ErrorOptions) {
    const issue = issueOf(parts);
    super(issue.message, options);
    Object.defineProperty(this, BRAND, { value: true });
    this.code = issue.code;
    this.path = issue.path;
    this.line = issue.line;
    this.column = issue.column;
    this.field = issue.field;
    this.text = issue.text;
  }
}

/** The error for what a caller passed. */
export function invalidArgument(message: string): ProcfsError {
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}

/**
 * Whether a value is a {@link ProcfsError}, also one from another copy of this package.
 *
 * @example
 * ```ts
 * import { isProcfsError, read } from "procnet";
 * import { tcp6 } from "procnet/tables";
 * try {
 *   read(tcp6);
 * } catch (error) {
 *   if (!isProcfsError(error)) throw error;
 *   console.log(error.code);
 * }
 * ```
 */
export function isProcfsError(value: unknown): value is ProcfsError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** Receives what a parser found wrong instead of an exception; the row is skipped and reading goes on. */
export type OnIssue = (issue: ProcfsIssue) => void;
