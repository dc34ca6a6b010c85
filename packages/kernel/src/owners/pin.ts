import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
} from "node:fs";
import { basename, isAbsolute } from "node:path";
import { OWNER_MARK, OWNER_RECORD, PIN_PLACES } from "procnet";
import type { DoorName } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { LITTLE_ENDIAN } from "../netlink/bytes.ts";
import { KernelError } from "../netlink/errors.ts";
import { Bpf } from "./bpf.ts";
import { isBpffs, isOpen, OWN_PLACE, PinFailure, readyDirectory, tidy, USUAL, USUAL_PLACE } from "./bpffs.ts";
import { BtfError } from "./btf.ts";
import { linkIn } from "./iterator.ts";
import { verifyPin } from "./verify-pin.ts";

/** Options of {@link pinOwners}; all optional. */
export interface PinOptions {
  /** Where: `/sys/fs/bpf/procnet/owners-v1`, or `/run/procnet/owners-v1` where others are to read it and do not get into the first. */
  readonly path?: string;
  /** Who may read it, of 0o444: 0o440 by default. */
  readonly mode?: number;
  /** Number of the group whose members may, with 0o040: root's by default. */
  readonly group?: number;
  /** Through which interface of the runtime. */
  readonly door?: DoorName;
}

/** What {@link pinOwners} made. */
export interface Pinned {
  readonly path: string;
  /** Where a bpffs was mounted for it, if one was. */
  readonly mounted: string | undefined;
  /** Whether there was one already, whose place it took. */
  readonly replaced: boolean;
  /** Whether it was compared with a link of this process: not in another pid namespace than the first. */
  readonly verified: boolean;
}

const READ_BITS = 0o444;

/**
 * Loads the iterator over open files and gives it a name, so that owners of sockets are read by `pinnedOwners()` of procnet, without rights
 * but those of the file, until {@link unpinOwners} or the machine's end. It is made beside its place, compared with the link of a
 * descriptor, and put in place in one step: who reads one that is there already notices nothing.
 *
 * @throws PinFailure, NoDoor
 * @example
 * ```ts
 * import { pinOwners, unpinOwners } from "@procnet/kernel";
 * export async function install(group: number): Promise<() => string[]> {
 *   const { path } = await pinOwners({ group });
 *   return () => unpinOwners({ path });
 * }
 * ```
 */
export async function pinOwners(options: PinOptions = {}): Promise<Pinned> {
  const { mode = 0o440, group = 0 } = options;
  if (!Number.isInteger(mode) || (mode & ~READ_BITS) !== 0 || mode === 0)
    throw new PinFailure("a pin can be read and nothing else: its mode is of 0444, as 0440");
  const door = openDoor(options.door);
  const path = placeFor(options.path, (mode & 0o004) !== 0 || ((mode & 0o040) !== 0 && group !== 0));
  const bpf = new Bpf(door);
  const link = await loaded(bpf);
  try {
    const mounted = readyDirectory(door, path);
    const replaced = existsSync(path);
    if (replaced && !isOurs(path)) throw new PinFailure(`${path} is something else than owners that were pinned`);
    // Without a dot, which bpffs keeps for itself.
    const beside = `${path}-new-${process.pid}`;
    bpf.pin(link, beside);
    try {
      chownSync(beside, 0, group);
      chmodSync(beside, mode);
      const verified = await verifyPin(door, beside);
      renameSync(beside, path);
      return { path, mounted, replaced, verified };
    } catch (error) {
      unlinkSync(beside);
      throw error;
    }
  } catch (error) {
    throw asFailure(error);
  } finally {
    bpf.close(link);
  }
}

/** Options of {@link unpinOwners}; all optional. */
export interface UnpinOptions {
  /** Where it is: at the usual places by default. */
  readonly path?: string;
  /** Through which interface of the runtime. */
  readonly door?: DoorName;
}

/**
 * Takes a pin away, with the directory or the mount that was made for it where nothing else is in it. Gives the paths that are gone: none
 * where there was none. Who reads it at this moment reads on.
 *
 * @throws PinFailure for something else than a pin, and without the rights
 * @example
 * ```ts
 * import { unpinOwners } from "@procnet/kernel";
 * export const uninstall = (): string[] => unpinOwners(); // as root
 * ```
 */
export function unpinOwners({ path, door }: UnpinOptions = {}): string[] {
  const gone: string[] = [];
  for (const place of path === undefined ? PIN_PLACES : [path]) {
    try {
      if (!existsSync(place)) continue;
      if (!isOurs(place)) throw new PinFailure(`${place} is something else than owners that were pinned`);
      unlinkSync(place);
      gone.push(place);
      tidy(() => openDoor(door), place);
    } catch (error) {
      throw asFailure(error);
    }
  }
  return gone;
}

function placeFor(path: string | undefined, isForOthers: boolean): string {
  if (path === undefined) return isForOthers && isBpffs(USUAL) && !isOpen(USUAL) ? OWN_PLACE : USUAL_PLACE;
  if (!isAbsolute(path) || path.includes("\0")) throw new PinFailure("the path of a pin begins with a slash");
  if (basename(path).includes(".")) throw new PinFailure(`${path}: names in a bpffs have no dot`);
  return path;
}

/** Whether a file gives records of owners. */
function isOurs(path: string): boolean {
  const first = new Uint8Array(OWNER_RECORD.length);
  try {
    const fd = openSync(path, "r");
    try {
      const length = readSync(fd, first, 0, first.length, null);
      // Without a single socket it gives nothing, as in a pid namespace with few processes.
      if (length === 0) return PIN_PLACES.includes(path);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw error;
    return false; // what is pinned besides iterators is not read
  }
  return new DataView(first.buffer).getUint32(OWNER_RECORD.mark, LITTLE_ENDIAN) === OWNER_MARK;
}

async function loaded(bpf: Bpf): Promise<number> {
  try {
    return await linkIn(bpf);
  } catch (error) {
    throw asFailure(error);
  }
}

/** The same, with what would help. */
function asFailure(error: unknown): PinFailure {
  if (error instanceof PinFailure) return error;
  if (!(error instanceof Error)) return new PinFailure(String(error));
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EPERM" || code === "EACCES") {
    const help = isLockedDown()
      ? "the kernel is locked down (confidentiality), which may forbid it: procnet reads links of descriptors instead"
      : "run it as root: it takes CAP_BPF and CAP_PERFMON, and CAP_SYS_ADMIN to mount a bpffs";
    return new PinFailure(error.message, help, error);
  }
  if (error instanceof BtfError || (code === "ENOENT" && error.message.includes("btf"))) {
    const help = "it takes a kernel that describes its types: Linux 5.8 or newer with CONFIG_DEBUG_INFO_BTF";
    return new PinFailure(error.message, help, error);
  }
  if (error instanceof KernelError && code === "ENOSYS")
    return new PinFailure(error.message, "it takes a kernel of 64 bits with CONFIG_BPF_SYSCALL", error);
  return new PinFailure(error.message, undefined, error);
}

/** Whether programs may not read the kernel's memory: `none integrity [confidentiality]`. */
function isLockedDown(): boolean {
  try {
    return readFileSync("/sys/kernel/security/lockdown", "latin1").includes("[confidentiality]");
  } catch {
    return false;
  }
}
