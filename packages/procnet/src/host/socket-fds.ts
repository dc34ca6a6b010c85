import { readdirSync, readlinkSync } from "node:fs";
import { numberInBrackets } from "../process/fd-target.ts";
import { type FailureContext, failure, isGone, isSystemError } from "../read/failure.ts";
import { fsPath } from "../read/fs-path.ts";
import { listing, numbersIn, numbersInSteps } from "../read/listing.ts";
import { activityMark } from "./activity.ts";
import { knownCount } from "./fd-count.ts";

/** Links read between two pauses: about a millisecond. */
const STEP = 128;

const PREFIX = "socket:[";

/** Descriptors, ascending, and inodes of the sockets of one process, in pairs: a form that threads can hand over. */
export type SocketFds = Float64Array;

/** How far the descriptors of a process are read. */
export interface SearchOptions {
  /** Only those below this number. */
  readonly upTo?: number | undefined;
  /** Is told of each socket found, and may end the search. */
  readonly isEnough?: ((inode: number) => boolean) | undefined;
  /** How many there are, where that has just been counted. */
  readonly size?: number | undefined;
}

/** With fewer descriptors than this, listing them costs nothing to speak of. */
export const MANY = 256;

/** Numbers without a descriptor that are tried before the rest is listed after all. A failed try costs three good ones. */
const GAPS = 64;

/**
 * The descriptors of a process that are sockets, by one read of a link each. Yields now and then, so that a caller may let
 * others run; descriptors closed in between are left out.
 *
 * Many descriptors are tried number by number, as far as they lie close, rather than listed: 18,000 take 100 ms so, and
 * 130 ms listed.
 */
export function* socketFds(
  directory: string,
  context: FailureContext,
  { upTo, isEnough, size }: SearchOptions = {},
): Generator<undefined, SocketFds, undefined> {
  const fds = `${directory}/fd`;
  const link = linkReader(fds);
  const pairs: number[] = [];
  const count = upTo === undefined ? (size ?? countOf(fds, context)) : Number.POSITIVE_INFINITY;
  let left = count;
  let next = 0;
  if (left >= MANY) {
    const mark = upTo === undefined ? activityMark(directory) : undefined;
    for (let gaps = 0; left > 0 && next < (upTo ?? Number.POSITIVE_INFINITY); next++) {
      const inode = socketInode(link, `${fds}/${next}`, context);
      if (inode === null) {
        if (upTo === undefined && ++gaps > GAPS) break;
        continue;
      }
      left--;
      if (inode !== undefined) {
        pairs.push(next, inode);
        if (isEnough?.(inode)) return new Float64Array(pairs);
      }
      if (next % STEP === 0) yield;
    }
    if (upTo !== undefined) return new Float64Array(pairs);
    if (left === 0) {
      // One opened since in a gap ahead counts for an older one behind. Without gaps there was no room for it.
      const isWhole = next === count && countOf(fds, context) === count;
      if (isWhole || (mark !== undefined && activityMark(directory) === mark)) return new Float64Array(pairs);
    }
  }
  let links = 0;
  let gone = false;
  const isSmall = count > 0 && count < MANY;
  for (const fd of isSmall ? numbersIn(fds, context) : yield* numbersInSteps(fds, context)) {
    if (fd < next) continue;
    const inode = socketInode(link, `${fds}/${fd}`, context);
    gone ||= inode === null;
    if (inode !== undefined && inode !== null) {
      pairs.push(fd, inode);
      if (isEnough?.(inode)) break;
    }
    if (++links % STEP === 0) yield;
  }
  if (gone) countOf(fds, context); // closed, or the process has ended: that throws
  return new Float64Array(pairs);
}

/**
 * The same at once, of a process of a running kernel with few descriptors: half of what the steps take. `undefined` where there
 * are many.
 */
export function fewSocketFds(directory: string, context: FailureContext): SocketFds | undefined {
  const fds = `${directory}/fd`;
  const names = listing(fds, context, () => readdirSync(fsPath(fds)) as string[]);
  if (names.length >= MANY) return undefined;
  // The kernel lists them by number, Node by their digits.
  if (names.some(({ length }) => length > 1)) names.sort((a, b) => Number(a) - Number(b));
  const link = linkReader(fds);
  let pairs: number[] | undefined;
  let gone = false;
  for (const name of names) {
    const inode = socketInode(link, `${fds}/${name}`, context);
    gone ||= inode === null;
    if (inode === undefined || inode === null) continue;
    pairs ??= [];
    pairs.push(Number(name), inode);
  }
  if (gone) countOf(fds, context); // closed, or the process has ended: that throws
  return pairs === undefined ? NO_FDS : new Float64Array(pairs);
}

/** Of a process without sockets, as most are: an array of its own for each would be more than all else that is kept of it. */
export const NO_FDS: SocketFds = /* @__PURE__ */ new Float64Array(0);

/** How many descriptors there are, as far as the kernel says so. */
function countOf(fds: string, context: FailureContext): number {
  try {
    return knownCount(fds, context);
  } catch (error) {
    throw failure(error, fds, { ...context, action: "count" });
  }
}

type LinkReader = (path: string) => string;

/** What reads the links of a directory: what its path is made of is looked at once, and not with each of a million links. */
function linkReader(directory: string): LinkReader {
  const isText = typeof fsPath(directory) === "string";
  return isText ? (path) => readlinkSync(path) : (path) => readlinkSync(fsPath(path));
}

/** The inode when the link is that of a socket; `undefined` when it is another's; `null` when there is none. */
function socketInode(read: LinkReader, path: string, context: FailureContext): number | undefined | null {
  let link: string;
  try {
    link = read(path);
  } catch (error) {
    if (isGone(error)) return null;
    // Too long for the kernel, no link (in a copy), or (Deno) not UTF-8: the link of a socket is none of these.
    if (!isSystemError(error) || error.code === "ENAMETOOLONG" || error.code === "EINVAL") return undefined;
    throw failure(error, path, context);
  }
  // Names of files begin with a slash, so no file can be called like this.
  return link.startsWith(PREFIX) ? numberInBrackets(link, PREFIX.length) : undefined;
}
