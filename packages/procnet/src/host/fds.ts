import { type Dir, readdirSync, readlinkSync, statSync } from "node:fs";
import { isProcfsError } from "../errors.ts";
import { type FdTarget, parseFdTarget } from "../process/fd-target.ts";
import { type FailureContext, isGone, refusal } from "../read/failure.ts";
import { closedWhenForgotten, type Held, isClosed } from "../read/forgotten.ts";
import { fsPath } from "../read/fs-path.ts";
import { listing } from "../read/listing.ts";
import { nextName, openNames } from "../read/names.ts";
import { knownCount } from "./fd-count.ts";

/** An open file descriptor of a process. */
export interface Fd {
  /** Its number. */
  readonly fd: number;
  /** What it stands for. */
  readonly target: FdTarget;
}

/** Numbers of descriptors as the kernel writes them. */
const NUMBER = /^(?:0|[1-9][0-9]{0,9})$/;

/** The entries of a directory `fd`, see `Process.fds()`. */
export function eachFd(path: string, context: FailureContext): Generator<Fd, void, undefined> {
  const held = new HeldDirectory();
  return closedWhenForgotten(held, fdsOf(held, path, context));
}

function* fdsOf(held: HeldDirectory, path: string, context: FailureContext): Generator<Fd, void, undefined> {
  const directory = listing(path, context, () => openNames(path));
  const next = (): string | undefined => listing(path, context, () => nextName(directory));
  held.directory = directory;
  try {
    for (let name = next(); name !== undefined; name = next()) {
      if (!NUMBER.test(name)) continue; // of a captured tree: the kernel lists numbers only
      const target = readTarget(`${path}/${name}`, context);
      if (target !== undefined) yield { fd: Number(name), target };
    }
    // When the process ends, so does its list, as if it were complete: the C library hides the kernel's error.
    listing(path, context, () => statSync(fsPath(path)));
  } finally {
    isClosed(held);
    held.close();
  }
}

class HeldDirectory implements Held {
  directory: Dir | undefined;

  close(): void {
    this.directory?.closeSync();
    this.directory = undefined;
  }
}

/** How many descriptors there are, see `Process.fdCount()`. */
export function countFds(path: string, context: FailureContext): number {
  try {
    return knownCount(path, context) || readdirSync(fsPath(path)).filter((name) => NUMBER.test(name)).length;
  } catch (error) {
    throw refusal(error, path, { ...context, action: "count" });
  }
}

/** `undefined` for a descriptor that was closed since it was listed. */
function readTarget(path: string, context: FailureContext): FdTarget | undefined {
  try {
    return parseFdTarget(readlinkSync(fsPath(path), "latin1"));
  } catch (error) {
    if (isGone(error)) return undefined;
    const failed = refusal(error, path, context);
    // One that cannot be read must not hide the others: a path too long for the kernel, a file that is no link in a copied
    // tree. Who may not read one may read none.
    if (isProcfsError(failed) && !["EACCES", "ERR_PLATFORM"].includes(failed.code))
      return { kind: "unreadable", code: failed.code };
    throw failed;
  }
}
