import { type Dirent, readdirSync, statSync } from "node:fs";
import { escapeHidden } from "../bytes/escape-hidden.ts";
import { latin1Bytes } from "../bytes/strings.ts";
import { invalidArgument } from "../errors.ts";
import { wrongValue } from "../option-values.ts";
import { type FailureContext, isSystemError, refusal } from "./failure.ts";
import { fsPath, nameOf } from "./fs-path.ts";

/** Deeper than any directory of the kernel; a captured tree with a loop must end. */
const DEEPEST = 5;

/** Names of the regular files below a directory, relative to it, in alphabetical order. */
export function listFiles(directory: string, context: FailureContext): string[] {
  const names: string[] = [];
  collect(directory, "", DEEPEST, context, names);
  return names.sort();
}

function collect(directory: string, prefix: string, depth: number, context: FailureContext, names: string[]): void {
  for (const entry of entriesOf(prefix === "" ? directory : `${directory}/${prefix}`, prefix === "", context)) {
    const own = nameIn(entry.name);
    const name = prefix === "" ? own : `${prefix}/${own}`;
    if (entry.isFile()) names.push(name);
    else if (entry.isDirectory() && depth > 0) collect(directory, name, depth - 1, context, names);
  }
}

/** Names come with one character for each byte. A runtime that decodes them all the same has characters that are no bytes. */
function nameIn(latin1: string): string {
  return /[^\0-\xff]/.test(latin1) ? latin1 : nameOf(latin1Bytes(latin1));
}

/** What is in a directory. One below the first that is not for this reader's eyes counts as empty, as in `ls`. */
function entriesOf(path: string, isFirst: boolean, context: FailureContext): Dirent[] {
  try {
    return readdirSync(fsPath(path), { withFileTypes: true, encoding: "latin1" });
  } catch (error) {
    if (!isFirst && isSystemError(error)) return [];
    throw refusal(error, path, { ...context, action: "list" });
  }
}

/** Refuses names that lead out of the directory: they may come from somebody else. */
export function checkName(name: string): void {
  if (typeof name !== "string") throw wrongValue("the name of a file", "a text", name);
  const parts = name.split("/");
  const isBad = parts.some((part) => part === "" || part === "." || part === "..") || name.includes("\0");
  if (!isBad) return;
  const message = `"${escapeHidden(name)}" cannot be the name of a file in the directory net of procfs`;
  throw invalidArgument(message);
}

/** Whether something is there by that name; of what may not be seen it cannot be told, and reading says so. */
export function isThere(path: string): boolean {
  return statSync(fsPath(path), { throwIfNoEntry: false }) !== undefined;
}
