import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Namespace } from "../support/namespace.ts";
import { copyDependencies, makeReadable, readableFolder } from "../support/readable.ts";
import { scaled } from "../support/time.ts";
import { ROOT, run } from "../support/tools.ts";

/** A runtime, as `runtimes.mjs` has prepared it. */
export interface Runtime {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** An emulator: each start takes long. */
  readonly slow: boolean;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project of a user who installed the packages from their tarballs, and koffi, by which Node reaches the kernel. */
export class Project {
  readonly folder: string = readableFolder();

  constructor() {
    const dependencies: Record<string, string> = {};
    for (const [name, source] of [
      ["procnet", "procnet"],
      ["@procnet/cli", "cli"],
      ["@procnet/kernel", "kernel"],
    ] as const) {
      const path = join(ROOT, "packages", source);
      const args = ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", this.folder, path];
      const [pack] = JSON.parse(run("npm", args)) as [{ filename: string; version: string }];
      const target = join(this.folder, "node_modules", name);
      mkdirSync(target, { recursive: true });
      run("tar", ["-xzf", join(this.folder, pack.filename), "--strip-components=1", "-C", target]);
      dependencies[name] = pack.version;
    }
    copyDependencies(join(ROOT, "packages", "cli"), join(this.folder, "node_modules", "@procnet", "cli"));
    for (const name of ["koffi", "@koromix"]) {
      const installed = join(ROOT, "node_modules", name);
      if (existsSync(installed)) cpSync(installed, join(this.folder, "node_modules", name), { recursive: true });
    }
    // Deno looks for packages in node_modules where a manifest names them.
    writeFileSync(join(this.folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
    makeReadable(this.folder);
  }

  /** Writes a program of the project, and gives its path. */
  write(name: string, code: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, code);
    return path;
  }

  /** The command of the packed package. */
  get bin(): string {
    return join(this.folder, "node_modules", "@procnet", "cli", "bin", "procnet.js");
  }
}

/** Runs a program with a runtime, in a namespace when there is one. */
export function runWith(runtime: Runtime, args: readonly string[], cwd: string, namespace?: Namespace): Ran {
  const inside = namespace === undefined ? [] : ["ip", "netns", "exec", namespace.name];
  const [command = "", ...rest] = [...inside, ...runtime.command, ...args];
  const { status, stdout, stderr } = spawnSync(command, rest, {
    cwd,
    encoding: "utf8",
    input: "",
    maxBuffer: 1 << 28,
    timeout: scaled(280_000),
    // Colours and questions are for people; a mixed version of the packages is none of ours.
    env: { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_NO_PROMPT: "1", ...runtime.env },
  });
  return { code: status, out: stdout, err: stderr };
}
