import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { literal, textOf } from "./bytes.ts";
import type { Finding } from "./try.ts";

/** More kinds of findings than anybody reads at once. */
const MOST = 400;

/** Findings of a run: the shortest text for each parser and property. */
export class Findings {
  private readonly found: Map<string, Finding> = new Map();

  add(finding: Finding): void {
    const key = `${finding.target} ${finding.check}`;
    const before = this.found.get(key);
    if (before === undefined ? this.found.size < MOST : finding.text.length < before.text.length) {
      this.found.set(key, finding);
    }
  }

  get all(): readonly Finding[] {
    return [...this.found.values()];
  }
}

/** Prints a finding, and writes its text to a file that can become a regression as it is. */
export function reportFinding(finding: Finding, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const name = `${finding.target}--${finding.check}`.replaceAll(/[^a-zA-Z0-9-]+/g, "-");
  const file = join(folder, name);
  writeFileSync(file, finding.text);
  const shown = literal(textOf(finding.text.subarray(0, 600)));
  console.log(`FOUND ${finding.target}: ${finding.check}`);
  console.log(`  ${literal(finding.problem.slice(0, 600)).slice(1, -1)}`);
  console.log(`  input of ${finding.text.length} bytes: ${shown}${finding.text.length > 600 ? "..." : ""}`);
  console.log(`  written to ${file}`);
}
