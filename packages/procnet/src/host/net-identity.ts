import { statSync } from "node:fs";
import { fsPath } from "../read/fs-path.ts";

/**
 * A number that processes share exactly when they share their network namespace: the inode of `net/dev`, unique to each
 * namespace and readable by everybody, unlike the link `ns/net`. `undefined` when it cannot be had.
 */
export function netIdentity(directory: string): number | undefined {
  return inodeOf(`${directory}/net/dev`);
}

/** The same of a directory `net` in a captured tree: it may be a link to that of another process. */
export function directoryIdentity(directory: string): number | undefined {
  return inodeOf(directory);
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(fsPath(path)).ino;
  } catch {
    return undefined; // ended, a zombie, or hidden
  }
}
