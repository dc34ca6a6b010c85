import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeReadable, NOBODY, readableFolder, readableNode } from "../readable.ts";
import { scaled } from "../time.ts";
import { ROOT } from "../tools.ts";

export { NOBODY };

/** Why no program can be run as another user; `undefined` when one can. */
export function notRoot(): string | undefined {
  return process.geteuid?.() === 0 ? undefined : "not root: cannot run a program as another user";
}

/** The built package where every user can read it, for programs of their own. */
export class Built {
  private readonly directory: string = readableFolder();

  constructor() {
    const isDeclaration = (name: string): boolean => name.endsWith(".d.ts") || name.endsWith(".map");
    cpSync(join(ROOT, "packages/procnet/dist"), this.directory, {
      recursive: true,
      filter: (name) => !isDeclaration(name),
    });
    writeFileSync(join(this.directory, "package.json"), '{ "type": "module" }\n');
    makeReadable(this.directory);
  }

  /**
   * Runs the body of a program, which has the package as `procnet`, to its end, and gives what it reports: the value it
   * hands to `report`. `through` is put in front of the command.
   */
  run<Report>(body: string, through: readonly string[] = [], options: readonly string[] = []): Report {
    const file = join(this.directory, "program.js");
    const report = "const report = (value) => process.stdout.write(JSON.stringify(value));";
    writeFileSync(file, `import * as procnet from "./index.js";\n${report}\n${body}\n`);
    makeReadable(file);
    const [command = "", ...args] = [...through, readableNode(), ...options, file];
    // A program that does not end by itself is a failure.
    const { status, stdout, stderr, signal } = spawnSync(command, args, {
      encoding: "utf8",
      timeout: scaled(100_000),
      maxBuffer: 1 << 28,
    });
    if (status !== 0 || stderr !== "") throw new Error(`program ended with ${status ?? signal}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as Report;
  }

  /** As {@link run}, as a user without rights. */
  runAsNobody<Report>(body: string): Report {
    return this.run(body, ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"]);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
