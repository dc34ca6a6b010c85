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

const succeeds = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

let refusal: string | undefined | null = null;

/** Why this process can make no network namespaces with devices in them; `undefined` when it can. Found out by trying. */
export function noNamespaces(): string | undefined {
  if (refusal !== null) return refusal;
  refusal = missingTools("ip");
  if (refusal !== undefined) return refusal;
  const name = `procnet-test-${process.pid}-trial`;
  if (!succeeds("ip", "netns", "add", name)) refusal = "no right to make network namespaces (needs CAP_SYS_ADMIN)";
  else if (!succeeds("ip", "-n", name, "link", "add", "v0", "type", "veth", "peer", "name", "v1")) {
    refusal = "no veth devices (need CAP_NET_ADMIN and the module veth)";
  }
  spawnSync("ip", ["netns", "del", name]);
  return refusal;
}

/** Why this process can mount nothing in a namespace of its own; `undefined` when it can. */
export function noMounts(): string | undefined {
  const allowed = () => succeeds("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt");
  return missingTools("unshare", "mount") ?? (allowed() ? undefined : "no right to mount (needs CAP_SYS_ADMIN)");
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
