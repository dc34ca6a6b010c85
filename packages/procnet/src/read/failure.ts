import { statSync } from "node:fs";
import { dirname } from "node:path";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { ROOT_NEEDS } from "../codes/looking-rights.ts";
import { isProcfsError, ProcfsError } from "../errors.ts";
import { MACHINE_ROOT } from "./context.ts";
import { fsPath } from "./fs-path.ts";

/** What a reader knows that the kernel's answer does not say. */
export interface FailureContext {
  /** What is being done, as a verb; `read` by default. */
  readonly action?: string;
  /** What brings a file that is not there: `needs CONFIG_IPV6 (module ipv6)`. */
  readonly hint?: string;
  /** Which right opens a file that is refused; `root` by default. */
  readonly right?: string | (() => string);
  /** Directory of the process that the file belongs to: once that has gone, the process has ended. */
  readonly processDirectory?: string;
  /** Whether the file is one of a running kernel, where none blocks. */
  readonly live?: boolean;
}

/** Which right shows the links and descriptors of another process: to root, what it may lack or what stands above it. */
export function traceRight(): string {
  return process.geteuid?.() === 0 ? ROOT_NEEDS : "the process's own user, root or CAP_SYS_PTRACE";
}

/** What node:fs throws when the system refuses. Told by its form, since test runners have several `Error` classes. */
interface SystemError {
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
}

/**
 * The typed form of an error that node:fs threw for `path`. Anything but an answer of the system comes back as it is:
 * wrong arguments, errors of parsers.
 */
export function failure(error: unknown, path: string, context: FailureContext): unknown {
  if (!isSystemError(error)) return error;
  const { code, advice } = judge(error.code, path, context);
  const said = error.code === code ? error.code : `${error.code}, here ${code}`;
  // Of a process that is not there the system says so, or that a file is not there: said once, and plainly.
  const why = code === "ESRCH" ? `${advice} (ESRCH)` : `${answer(error)} (${said})${advice}`;
  const message = `cannot ${context.action ?? "read"} ${escapeHidden(path)}: ${why}`;
  return new ProcfsError({ code, message, path }, { cause: error });
}

/**
 * The same for a call of nothing but the runtime's: whatever it throws is typed, so that it costs one file only. Deno throws
 * an error of its own for a link whose text is not UTF-8.
 */
export function refusal(error: unknown, path: string, context: FailureContext): unknown {
  const typed = failure(error, path, context);
  if (isProcfsError(typed)) return typed;
  const said = escapeHidden(error instanceof Error ? error.message : String(error));
  const message = `cannot ${context.action ?? "read"} ${escapeHidden(path)}: ${said} (ERR_RUNTIME)`;
  return new ProcfsError({ code: "ERR_RUNTIME", message, path }, { cause: error });
}

/** Whatever was thrown while one process was looked at, typed: it must not cost the others. */
export function asProcfsError(error: unknown, directory: string): ProcfsError {
  return isProcfsError(error) ? error : (refusal(error, directory, {}) as ProcfsError);
}

/** Whether an error says that a file, or the process it belongs to, is not there (any more). */
export function isGone(error: unknown): boolean {
  return isSystemError(error) && (error.code === "ENOENT" || error.code === "ESRCH");
}

/** Whether node:fs threw this for an answer of the system. */
export function isSystemError(error: unknown): error is SystemError {
  return typeof error === "object" && error !== null && "syscall" in error && "code" in error;
}

function judge(code: string, path: string, context: FailureContext): { code: string; advice: string } {
  if (isForeignSystem() && (path === MACHINE_ROOT || path.startsWith(`${MACHINE_ROOT}/`))) {
    const advice =
      `; procfs is of Linux and this is ${process.platform}: ` +
      "procnet/parse reads text from elsewhere, and new ProcFs({ root }) a captured tree";
    return { code: "ERR_PLATFORM", advice };
  }
  if (code === "EACCES" || code === "EPERM") return { code: "EACCES", advice: `; needs ${rightOf(context)}` };
  if (code === "ESRCH" || (code === "ENOENT" && hasEnded(context))) {
    return { code: "ESRCH", advice: noProcess(context) };
  }
  // No option of a kernel brings a file where no procfs is mounted.
  if (code === "ENOENT" && path.startsWith(`${MACHINE_ROOT}/`) && !isThere(`${MACHINE_ROOT}/self`))
    return { code, advice: `; no procfs is mounted on ${MACHINE_ROOT}` };
  if (code === "ENOENT") return { code, advice: context.hint === undefined ? "" : `; ${context.hint}` };
  return { code, advice: "" };
}

function rightOf({ right = "root" }: FailureContext): string {
  return typeof right === "string" ? right : right();
}

function noProcess({ live, processDirectory }: FailureContext): string {
  if (live !== false || processDirectory === undefined) {
    return "there is no such process: it has ended, or the option hidepid hides it";
  }
  const root = dirname(processDirectory);
  return isThere(root)
    ? `the captured tree ${escapeHidden(root)} has no such process`
    : `there is no directory ${escapeHidden(root)}`;
}

/** Android's kernel is Linux too. */
function isForeignSystem(): boolean {
  return process.platform !== "linux" && process.platform !== "android";
}

function hasEnded(context: FailureContext): boolean {
  if (context.processDirectory === undefined) return false;
  return !isThere(context.processDirectory);
}

function isThere(path: string): boolean {
  try {
    statSync(fsPath(path));
    return true;
  } catch (error) {
    return !isGone(error);
  }
}

/** The system's own words: node writes `ENOENT: no such file or directory, open '/x'`. */
function answer(error: SystemError): string {
  const words = error.message.slice(error.message.indexOf(": ") + 2);
  const end = words.indexOf(`, ${error.syscall}`);
  return escapeHidden(end < 0 ? words : words.slice(0, end));
}
