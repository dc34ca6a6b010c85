import { readdirSync, readlinkSync } from "node:fs";
import { type FailureContext, failure, isGone, isSystemError } from "./failure.ts";

/** Links read between two pauses: about a millisecond. */
const STEP = 128;

const PREFIX = "socket:[";
const NINE = 0x39;

/** Descriptors and inodes of the sockets of one process, in pairs: a form that threads can hand over. */
export type SocketFds = Float64Array;

/**
 * The descriptors of a process that are sockets, by one read of a link each. Yields now and then, so that a caller may let
 * others run; descriptors closed in between are left out.
 *
 * With `upTo`, only descriptors below that number: they are tried one after the other, since listing a directory of
 * 17,000 descriptors takes the kernel 25 ms. `isEnough` is told of each socket found, and may end the search.
 */
export function* socketFds(
  directory: string,
  context: FailureContext,
  upTo?: number,
  isEnough?: (inode: number) => boolean,
): Generator<undefined, SocketFds, undefined> {
  const fds = `${directory}/fd`;
  const names = upTo === undefined ? list(fds, context) : Array.from({ length: upTo }, (_, fd) => String(fd));
  const pairs: number[] = [];
  let links = 0;
  for (const name of names) {
    const inode = socketInode(`${fds}/${name}`, context);
    if (inode !== undefined) {
      pairs.push(Number(name), inode);
      if (isEnough?.(inode)) break;
    }
    if (++links % STEP === 0) yield;
  }
  return Float64Array.from(pairs);
}

function list(fds: string, context: FailureContext): string[] {
  try {
    return readdirSync(fds);
  } catch (error) {
    throw failure(error, fds, { ...context, action: "list" });
  }
}

/** The inode when the link is that of a socket; `undefined` when it is another's, or was closed. */
function socketInode(path: string, context: FailureContext): number | undefined {
  let link: string;
  try {
    link = readlinkSync(path);
  } catch (error) {
    if (isGone(error) || (isSystemError(error) && error.code === "ENAMETOOLONG")) return undefined;
    throw failure(error, path, context);
  }
  // Names of files begin with a slash, so no file can be called like this.
  if (!link.startsWith(PREFIX) || link.charCodeAt(PREFIX.length) > NINE) return undefined;
  return Number(link.slice(PREFIX.length, -1));
}
