import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Wrapper } from "../netstat/compare.ts";
import { run } from "../tools.ts";

/** What stands between a program and the kernel. */
export interface Between {
  /** A folder of its own, for what it reads. */
  readonly folder: string;
  /** Runs a program with it, and with variables of the environment. */
  readonly with: (variables?: Readonly<Record<string, string>>) => Wrapper;
  readonly remove: () => void;
}

/** A library, of one of the C files here, that is loaded before those of a program. */
export function between(name: string): Between {
  const folder = mkdtempSync(join(tmpdir(), "procnet-"));
  const library = join(folder, "between.so");
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  run("gcc", ["-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source, "-ldl"]);
  const setting = (variables: Readonly<Record<string, string>>): string[] =>
    Object.entries(variables).map(([variable, value]) => `${variable}=${value}`);
  return {
    folder,
    with: (variables = {}) => ["env", `LD_PRELOAD=${library}`, ...setting(variables)],
    remove: () => rmSync(folder, { recursive: true }),
  };
}
