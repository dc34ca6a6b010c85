import { readdirSync } from "node:fs";
import { type BaseProcess, baseProcFs, isProcfsError, type ProcessSockets, processSockets } from "procnet";
import { foreign } from "../text/printf.ts";

/*
 * Who holds a socket, as netstat tells it: the first process that has it, by ascending number, with the last part of its
 * first argument. `sockets()` finds all owners with everything about them; here one name is enough.
 */

/** Room for number and name together. */
const WIDTH = 19;

/** As much of a command line as is looked at. */
const CMDLINE = 511;

const SLASH = 0x2f;

/** Whom netstat names as the owner of its sockets. */
export interface Owner {
  /** `PID/program` */
  readonly shown: string;
  /** Where its files are. */
  readonly directory: string;
  /** Its descriptors and the inodes of their sockets, in pairs. */
  readonly fds: Float64Array;
}

export interface Owners {
  /** By inode. One for all sockets of a process: with 100,000 of them, to look for one of its own would take as long as its line. */
  readonly owners: ReadonlyMap<number, Owner>;
  /** What is to be said when some processes could not be looked at. */
  readonly notice: string | undefined;
}

export async function findOwners(root: string | undefined): Promise<Owners> {
  const procfs = baseProcFs(root === undefined ? {} : { root });
  const owners = new Map<number, Owner>();
  let refused = false;
  for (const held of await processSockets({ procfs })) {
    const directory = `${procfs.root}/${held.process.pid}`;
    if (held.error === undefined) take(held, directory, owners);
    else if (held.error.code === "EACCES" && !isListed(directory)) refused = true; // else it ended meanwhile
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

function take({ process, fds }: ProcessSockets, directory: string, owners: Map<number, Owner>): void {
  let owner: Owner | undefined;
  try {
    for (let at = 1; at < fds.length; at += 2) {
      const inode = fds[at]!;
      if (owners.has(inode)) continue;
      owner ??= { shown: programOf(process), directory, fds };
      owners.set(inode, owner);
    }
  } catch (error) {
    if (!isProcfsError(error)) throw error; // it ended meanwhile, and holds nothing
  }
}

/** Whether the descriptors may be listed: netstat says nothing where only the links refuse. */
export function isListed(directory: string): boolean {
  try {
    readdirSync(`${directory}/fd`);
    return true;
  } catch {
    return false;
  }
}

/** `PID/program`. A first argument that is no path is a title that the process gave itself, and stays whole. */
function programOf(process: BaseProcess): string {
  const argument = firstArgument(process.cmdlineBytes(CMDLINE));
  const name = argument[0] === SLASH ? argument.subarray(argument.lastIndexOf(SLASH) + 1) : argument;
  const shown = wholeCharacters(Buffer.concat([Buffer.from(`${process.pid}/`), name]), WIDTH);
  const text = shown.toString();
  return foreign(text.includes("\ufffd") ? shown : text);
}

/** As much as fits, without the beginning of a character whose end does not. */
function wholeCharacters(bytes: Buffer, width: number): Buffer {
  let end = Math.min(bytes.length, width);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80 && width - end < 3) end--;
  return bytes.subarray(0, end);
}

function firstArgument(arguments_: Uint8Array): Uint8Array {
  const end = arguments_.indexOf(0);
  return end === -1 ? arguments_ : arguments_.subarray(0, end);
}
