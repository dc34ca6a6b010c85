import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "../statistics.ts";

/** A program for Node: its arguments, the file first. */
export interface Program {
  readonly args: readonly string[];
  /** Exit codes that are an answer. */
  readonly codes?: readonly number[];
}

/** How long a process lives, in milliseconds; throws when it fails. */
function lifetime({ args, codes = [0] }: Program, before: readonly string[] = []): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, [...before, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const ms = performance.now() - start;
  if (status !== null && codes.includes(status)) return ms;
  throw new Error(`node ${args.join(" ")}: ${error?.message ?? `exit code ${status}: ${stderr}`}`);
}

/**
 * What programs take more than `empty`, in milliseconds: the medians of the differences of each round, in which each runs once, so
 * that what disturbs the machine falls on all alike. Two rounds before them warm up.
 */
export function overEmpty(empty: Program, programs: readonly Program[], rounds: number): number[] {
  const differences = programs.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    const bare = lifetime(empty);
    for (const [at, program] of programs.entries()) {
      const more = lifetime(program) - bare;
      if (round >= 0) differences[at]!.push(more);
    }
  }
  return differences.map(median);
}

/** The median of the whole life of a process, in milliseconds. */
export function wholeLife(program: Program, rounds: number): number {
  lifetime(program);
  return median(Array.from({ length: rounds }, () => lifetime(program)));
}

/**
 * The most memory a process had at a time, in MB, as the kernel tells it at its end. Not from its resource usage, which begins with
 * what its parent had.
 */
export function peakMemory(program: Program, temp: string): number {
  const result = join(temp, "peak");
  const atEnd = join(temp, "peak.mjs");
  writeFileSync(
    atEnd,
    `import { readFileSync, writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(result)}, readFileSync("/proc/self/status")));\n`,
  );
  lifetime(program, ["--import", atEnd]);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(result, "utf8"));
  rmSync(result);
  return (Number(peak?.[1]) * 1024) / 1e6;
}
