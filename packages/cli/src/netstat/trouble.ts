import type { Io } from "../io.ts";

/** Where there are no files of the network, an empty list would look like an answer. */
export function nothingToRead(): string {
  const { platform } = process;
  const help = "--root DIR reads one mounted elsewhere, or a captured tree";
  if (platform !== "linux" && platform !== "android") return `procfs is of Linux and this is ${platform}; ${help}`;
  return `there are no files of the network in /proc: no procfs is mounted there, or one without them (subset=pid); ${help}`;
}

/**
 * What is to be said of an error; `undefined` where nobody listens any more. What the system or the runtime (Deno's NotCapable) refuses
 * is one sentence. What nobody expected is shown with its stack, and not left to Node, whose code is 1.
 */
export function failureOf(error: unknown, io: Io): string | undefined {
  if (io.signal.aborted) return undefined;
  if (!(error instanceof Error)) return `unexpected: ${error}`;
  // Deno asks before the system is: without a right that was not given it throws an error of its own.
  const isRefused = error.name === "NotCapable" || error.name === "PermissionDenied";
  if (isRefused || "syscall" in error || "path" in error) return error.message;
  return `unexpected: ${error.stack ?? error.message}`;
}
