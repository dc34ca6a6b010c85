import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf } from "./bytes.ts";
import type { ProcfsIssue } from "./library.ts";
import { literalTexts } from "./literals.ts";
import type { Target } from "./targets.ts";

/** Good texts by target, and all texts together, for what is taken from one file and put into another. */
export interface Seeds {
  readonly of: ReadonlyMap<string, readonly string[]>;
  readonly all: readonly string[];
}

/** Good texts for a target that are kept: the more kinds of rows, the better, but each is to be met often. */
const MOST = 24;

/**
 * Gathers texts: captured files, what the tests of the parsers spell out, and those of this workspace. A text is one of each
 * target that reads something in it without an issue.
 */
export function gatherSeeds(root: string, targets: readonly Target[]): Seeds {
  const all = [...new Set([...captured(root), ...spelledOut(root)])].sort();
  // A text without a newline is a cut one; rt_acct has numbers in binary.
  const whole = all.filter((text) => text.endsWith("\n") || text.includes("\0"));
  const of = new Map<string, string[]>();
  for (const target of targets) {
    const good = target.shape === "text" ? all.filter(isLink) : whole.filter((text) => isGood(target, bytesOf(text)));
    of.set(target.name, spread(good));
  }
  return { of, all };
}

/** Every file of the captured trees. */
function captured(root: string): string[] {
  const folder = join(root, "test", "fixtures");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => readFileSync(file, "latin1"));
}

/** Folders whose programs spell out texts of files. */
const TESTS = ["packages/procnet/src", "test/every-table", "test/support/tables", "fuzz/seeds"];

function spelledOut(root: string): string[] {
  const files = TESTS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && (name.endsWith(".test.ts") || !folder.endsWith("src")))
      .map((name) => join(root, folder, name)),
  );
  return files.flatMap((file) => literalTexts(readFileSync(file, "utf8"))).map(asBytes);
}

/** A text of TypeScript as one character for each byte of it. */
function asBytes(text: string): string {
  return /[^\u0000-\u00ff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

function isLink(text: string): boolean {
  return text !== "" && text.length < 200 && !text.includes("\n");
}

/** Whether the target reads something in the text, and has nothing to say against it. */
function isGood(target: Target, text: Uint8Array): boolean {
  const issues: ProcfsIssue[] = [];
  let result: unknown;
  try {
    result = target.parse(text, { onIssue: (issue) => issues.push(issue) });
  } catch {
    return false;
  }
  return issues.length === 0 && !isEmpty(result);
}

function isEmpty(result: unknown): boolean {
  if (Array.isArray(result)) return result.length === 0;
  if (result instanceof Map) return result.size === 0;
  if (typeof result === "object" && result !== null) return Object.keys(result).length === 0;
  return result === undefined || result === "";
}

/** At most {@link MOST} texts, taken evenly from the shortest to the longest. */
function spread(texts: readonly string[]): string[] {
  const sorted = [...texts].sort((a, b) => a.length - b.length);
  if (sorted.length <= MOST) return sorted;
  return Array.from({ length: MOST }, (_, at) => sorted[Math.floor((at * sorted.length) / MOST)]!);
}
