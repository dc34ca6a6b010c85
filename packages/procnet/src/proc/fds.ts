import { type Dir, type Dirent, opendirSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { type FdTarget, parseFdTarget } from "../parse/fd-target.ts";
import { type FailureContext, failure, isGone, isSystemError } from "./failure.ts";
import { knownCount } from "./fd-count.ts";

/** An open file descriptor of a process. */
export interface Fd {
  /** Its number. */
  readonly fd: number;
  /** What it stands for. */
  readonly target: FdTarget;
}

/** Names asked for at a time: a process can have a million descriptors. */
const BATCH = 128;

/** The entries of a directory `fd`, see `Process.fds()`. */
export function* eachFd(path: string, context: FailureContext): Generator<Fd, void, undefined> {
  const directory = openDirectory(path, context);
  try {
    for (let entry = nextEntry(directory, path, context); entry !== null; entry = nextEntry(directory, path, context)) {
      const target = readTarget(`${path}/${entry.name}`, context);
      if (target !== undefined) yield { fd: Number(entry.name), target };
    }
    // When the process ends, so does its list, as if it were complete: the C library hides the kernel's error.
    checkExists(path, context);
  } finally {
    directory.closeSync();
  }
}

/** How many descriptors there are, see `Process.fdCount()`. */
export function countFds(path: string, context: FailureContext): number {
  try {
    return knownCount(path) || readdirSync(path).length;
  } catch (error) {
    throw failure(error, path, { ...context, action: "count" });
  }
}

function openDirectory(path: string, context: FailureContext): Dir {
  try {
    return opendirSync(path, { bufferSize: BATCH });
  } catch (error) {
    throw failure(error, path, { ...context, action: "list" });
  }
}

function checkExists(path: string, context: FailureContext): void {
  try {
    statSync(path);
  } catch (error) {
    throw failure(error, path, { ...context, action: "list" });
  }
}

function nextEntry(directory: Dir, path: string, context: FailureContext): Dirent | null {
  try {
    return directory.readSync();
  } catch (error) {
    throw failure(error, path, { ...context, action: "list" });
  }
}

/** `undefined` for a descriptor that was closed since it was listed. */
function readTarget(path: string, context: FailureContext): FdTarget | undefined {
  try {
    return parseFdTarget(readlinkSync(path, "latin1"));
  } catch (error) {
    if (isGone(error)) return undefined;
    // One path too long for the kernel must not hide the other descriptors.
    if (isSystemError(error) && error.code === "ENAMETOOLONG") return { kind: "unreadable", code: error.code };
    throw failure(error, path, context);
  }
}
