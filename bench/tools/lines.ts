import { readFileSync } from "node:fs";

/** Lines of a file that match; the expression has the flags `gm`. */
export function countLines(path: string, row: RegExp): number {
  return readFileSync(path, "latin1").match(row)?.length ?? 0;
}
