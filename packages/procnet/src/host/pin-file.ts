import { readlinkSync, type Stats, statfsSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { shown } from "../errors.ts";

/** Number of the form that records of owners have. */
export const OWNER_FORM = 1;

/** What a pin is called: the form of its records is part of the name. */
const NAME = `owners-v${OWNER_FORM}`;

/** Where `procnet pin` puts it: where most systems mount a bpffs, or in one of its own where that one lets nobody in. */
export const PIN_PLACES: readonly string[] = [`/sys/fs/bpf/procnet/${NAME}`, `/run/procnet/${NAME}`];

/** `f_type` of bpffs: BPF_FS_MAGIC, include/uapi/linux/magic.h. */
const BPF_FS_MAGIC = 0xcafe4a11;

/** The first pid namespace (PROC_PID_INIT_INO): process ids of a pin are those that are valid there. */
const FIRST_PID_NAMESPACE = "pid:[4026531836]";

const LONGEST_PATH = 400;

/** What is known of a pin without reading it. */
export type PinnedOwnersState =
  | {
      readonly kind: "ready";
      /** Where it is. */
      readonly path: string;
    }
  | { readonly kind: "absent" }
  | {
      readonly kind: "unusable";
      /** Where it is. */
      readonly path: string;
      /** One sentence for people. */
      readonly why: string;
    };

/** Why a pin is not read. */
export class NoPin extends Error {
  override readonly name = "NoPin";
}

/** The pin at a path, or the first at one of the usual places. */
export function pinState(path: string | undefined): PinnedOwnersState {
  for (const place of path === undefined ? PIN_PLACES : [path]) {
    try {
      checked(place);
      return { kind: "ready", path: place };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") continue;
      // Who may not even look there cannot tell whether there is one.
      if (code === "EACCES" && path === undefined) continue;
      return { kind: "unusable", path: place, why: reasonOf(error, place) };
    }
  }
  return { kind: "absent" };
}

/** A pin that was opened: each opening is a walk of its own, which goes on with each read. */
export interface OpenedPin {
  read(into: readonly Uint8Array[]): Promise<number>;
  close(): Promise<void>;
}

/** Opens it, as it was checked. @throws NoPin */
export async function openPin(path: string): Promise<OpenedPin> {
  try {
    const { dev, ino } = checked(path);
    const handle = await open(path, "r");
    const pin: OpenedPin = {
      read: async (into) => (await handle.readv(into)).bytesRead,
      close: () => handle.close(),
    };
    const opened = await handle.stat();
    if (opened.dev === dev && opened.ino === ino) return pin;
    await pin.close();
    throw new NoPin(`${shownPath(path)} was replaced meanwhile`);
  } catch (error) {
    throw error instanceof NoPin ? error : new NoPin(reasonOf(error, path));
  }
}

/**
 * Why process ids as the kernel's iterator over open files tells them mean nothing to a reader of this procfs; `undefined` where they do.
 *
 * For the package `@procnet/kernel`: it may change with any release.
 *
 * @example
 * ```ts
 * import { foreignProcessIds } from "procnet";
 * foreignProcessIds("/proc"); // undefined on a host, a sentence in a container
 * ```
 */
export function foreignProcessIds(root: string): string | undefined {
  try {
    // Only a procfs of its own pid namespace shows a reader by its own number.
    const isOwn = readlinkSync(`${root}/self`) === String(process.pid);
    if (isOwn && readlinkSync(`${root}/self/ns/pid`) === FIRST_PID_NAMESPACE) return undefined;
  } catch {
    // A kernel without pid namespaces, or no procfs: nothing is known of the numbers.
  }
  return "process ids are told as in the first pid namespace, and this is another";
}

function checked(path: string): Stats {
  const stats = statSync(path);
  const isOfBpf = statfsSync(path).type === BPF_FS_MAGIC;
  if (!stats.isFile() || !isOfBpf) throw new NoPin(`${shownPath(path)} is no pin: it is not a file of a bpffs`);
  if (stats.uid !== 0) throw new NoPin(`${shownPath(path)} is not root's: what it tells may be forged`);
  if (!mayRead(stats)) throw new NoPin(refused(path));
  return stats;
}

/** As the kernel decides for the effective user, but for rights that pass by it. */
function mayRead({ mode, uid, gid }: Stats): boolean {
  const own = process.geteuid?.() ?? -1;
  if (own === 0) return true;
  if (own === uid) return (mode & 0o400) !== 0;
  const isMember = process.getegid?.() === gid || (process.getgroups?.() ?? []).includes(gid);
  return (mode & (isMember ? 0o040 : 0o004)) !== 0;
}

function reasonOf(error: unknown, path: string): string {
  if (error instanceof NoPin) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `there is no pin at ${shownPath(path)}: procnet pin makes it`;
  return code === "EACCES" || code === "EPERM" ? refused(path) : shown(message, LONGEST_PATH);
}

function refused(path: string): string {
  return `${shownPath(path)} may not be read by this user: procnet pin --group NAME lets members of a group`;
}

function shownPath(path: string): string {
  return shown(path, LONGEST_PATH);
}
