import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

/** The repository. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Whether a program is installed. `ip` and its kin live where only root looks. */
function has(tool: string): boolean {
  const directories = `${process.env.PATH ?? ""}${delimiter}/usr/sbin${delimiter}/sbin`.split(delimiter);
  return directories.some((directory) => isExecutable(join(directory, tool)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What is missing of `tools`, as a reason to skip; `undefined` when all are here. */
export function missingTools(...tools: string[]): string | undefined {
  const missing = tools.filter((tool) => !has(tool));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}

let refusal: string | undefined | null = null;

/** Why this process can make no network namespaces; `undefined` when it can. */
export function noNamespaces(): string | undefined {
  if (refusal !== null) return refusal;
  refusal = missingTools("ip", "unshare");
  if (refusal === undefined && spawnSync("unshare", ["--net", "true"]).status !== 0) {
    refusal = "no right to make network namespaces (needs CAP_SYS_ADMIN)";
  }
  return refusal;
}

/** Skips the test, and prints why, when there is a reason to. */
export function skipIf(context: TestContext, reason: string | undefined): void {
  if (reason === undefined) return;
  console.warn(`skipped: ${context.task.name}: ${reason}`);
  context.skip(reason);
}

/** Runs a program to its end and gives what it printed; throws with its complaint when it fails. */
export function run(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    ...(input !== undefined && { input }),
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? `exit code ${status}: ${stderr}${stdout}`}`);
}
