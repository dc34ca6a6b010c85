import { readdirSync, readlinkSync } from "node:fs";
import { foreign } from "../text/printf.ts";
import { readBeginning } from "./files.ts";

/*
 * Who holds a socket, as netstat tells it: the first process that has it, by ascending number, with the last part of its
 * first argument.
 *
 * The library's `sockets()` finds all owners with everything about them; here one name is enough, and loading the engine
 * alone takes longer than this search on an ordinary machine.
 */

/** Room for number and name together. */
const WIDTH = 19;

/** As much of a command line as is looked at. */
const CMDLINE = 511;

const SLASH = 0x2f;
const PREFIX = "socket:[";
const PID = /^[1-9][0-9]*$/;

/** Whom netstat names as the owner of a socket. */
export interface Owner {
  /** `PID/program` */
  readonly shown: string;
  /** Where its files are, and which of its descriptors it is. */
  readonly directory: string;
  readonly fd: number;
}

export interface Owners {
  /** By inode. */
  readonly owners: ReadonlyMap<number, Owner>;
  /** What is to be said when some processes could not be looked at. */
  readonly notice: string | undefined;
}

export function findOwners(root: string = ["", "proc"].join("/")): Owners {
  const owners = new Map<number, Owner>();
  let refused = false;
  // Of several processes with one socket the first is shown: the kernel lists them by number, Node by their digits.
  const pids = readdirSync(root).filter((name) => PID.test(name));
  for (const pid of pids.sort((one, other) => Number(one) - Number(other))) {
    if (!lookAt(`${root}/${pid}`, pid, owners)) refused = true;
  }
  return { owners, notice: noticeOf(owners.size, refused) };
}

function noticeOf(found: number, refused: boolean): string | undefined {
  if (!refused) return undefined;
  if (found === 0) {
    return `(No info could be read for "-p": geteuid()=${process.geteuid?.() ?? "?"} but you should be root.)`;
  }
  return "(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)";
}

/** False when the process does not let its descriptors be read. One that ended meanwhile holds nothing. */
function lookAt(directory: string, pid: string, owners: Map<number, Owner>): boolean {
  let fds: string[];
  try {
    fds = readdirSync(`${directory}/fd`);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EACCES";
  }
  let shown: string | undefined;
  for (const fd of fds) {
    const inode = socketInode(`${directory}/fd/${fd}`);
    if (inode === undefined || owners.has(inode)) continue;
    shown ??= programOf(directory, pid);
    if (shown === undefined) break; // ended meanwhile
    owners.set(inode, { shown, directory, fd: Number(fd) });
  }
  return true;
}

function socketInode(path: string): number | undefined {
  try {
    const link = readlinkSync(path);
    // Names of files begin with a slash, so no file can be called like this.
    return link.startsWith(PREFIX) ? Number(link.slice(PREFIX.length, -1)) : undefined;
  } catch {
    return undefined; // closed meanwhile
  }
}

/** `PID/program`. A first argument that is no path is a title that the process gave itself, and stays whole. */
function programOf(directory: string, pid: string): string | undefined {
  const argument = firstArgument(`${directory}/cmdline`);
  if (argument === undefined) return undefined;
  const name = argument[0] === SLASH ? argument.subarray(argument.lastIndexOf(SLASH) + 1) : argument;
  const shown = wholeCharacters(Buffer.concat([Buffer.from(`${pid}/`), name]), WIDTH);
  const text = shown.toString();
  return foreign(text.includes("\ufffd") ? shown : text);
}

/** As much as fits, without the beginning of a character whose end does not. */
function wholeCharacters(bytes: Buffer, width: number): Buffer {
  let end = Math.min(bytes.length, width);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80 && width - end < 3) end--;
  return bytes.subarray(0, end);
}

function firstArgument(path: string): Uint8Array | undefined {
  try {
    const read = readBeginning(path)?.subarray(0, CMDLINE);
    const end = read?.indexOf(0) ?? -1;
    return end === -1 ? read : read?.subarray(0, end);
  } catch {
    return undefined; // ended meanwhile
  }
}
