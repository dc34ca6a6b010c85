import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { Absent, type Place } from "../case.ts";

const running = new Set<ChildProcess>();

process.once("exit", () => {
  for (const child of running) if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
});

/** Starts a program that ends with this process at the latest, with all that it started itself. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** Builds `<name>.c` of this workspace. Where the program is; throws {@link Absent} without a compiler. */
export async function built(name: string, { temp, sources }: Place): Promise<string> {
  const binary = join(temp, name);
  const { code } = await capture(find("cc"), ["-O2", "-o", binary, join(sources, `${name}.c`)]);
  if (code !== 0) throw new Absent(`cc could not build ${name}.c`);
  return binary;
}

/** Runs a program to its end with its output in `file`. Milliseconds from its start to its end. */
export async function timed(file: string, command: string, args: readonly string[]): Promise<number> {
  const output = openSync(file, "w");
  try {
    const begin = performance.now();
    const child = start(command, args, { stdio: ["ignore", output, "ignore"] });
    const [code, signal] = await once(child, "exit");
    const ms = performance.now() - begin;
    // lsof ends with 1 when it could not look into some process.
    if (signal !== null || code > 1) throw new Error(`${command} ended with ${signal ?? code}`);
    return ms;
  } finally {
    closeSync(output);
  }
}

/** Runs a program to its end. Its exit code and all that it printed. */
export async function capture(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ code: number | null; text: string }> {
  const child = start(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  const [code] = await once(child, "close");
  return { code, text };
}

/** Path of a program; throws {@link Absent} when PATH has none. */
export function find(program: string): string {
  for (const directory of (process.env.PATH ?? "").split(":")) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next directory may have it.
    }
  }
  throw new Absent(`no ${program} on this machine`);
}
