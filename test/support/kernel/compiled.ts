import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingTools, run } from "../tools.ts";

/** Why nothing can be compiled here; `undefined` when it can. */
export function noCompiler(): string | undefined {
  return missingTools("gcc");
}

/** What a C program prints: the headers of the kernel, as its own language reads them. */
export function compiled(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "procnet-"));
  try {
    const file = join(folder, "main.c");
    writeFileSync(file, source);
    run("gcc", ["-w", "-o", join(folder, "main"), file]);
    return run(join(folder, "main"), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
