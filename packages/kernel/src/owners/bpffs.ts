import { chmodSync, mkdirSync, readdirSync, rmdirSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PIN_PLACES } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";

/** `f_type` of bpffs: BPF_FS_MAGIC, include/uapi/linux/magic.h. */
const BPF_FS_MAGIC = 0xcafe4a11;

/** MS_NOSUID, MS_NODEV and MS_NOEXEC, as systemd mounts it. */
const MOUNT_FLAGS = 0x2 | 0x4 | 0x8;

/** Where a bpffs is mounted by custom, and where one is that is procnet's own. */
export const USUAL = "/sys/fs/bpf";
export const OWN = "/run/procnet";

/** The pin in each. */
export const USUAL_PLACE: string = PIN_PLACES[0]!;
export const OWN_PLACE: string = PIN_PLACES[1]!;

/** Why no pin can be made or taken away, in words for who wanted it. */
export class PinFailure extends Error {
  override readonly name = "PinFailure";
  /** What would help, where that is known. */
  readonly help: string | undefined;

  constructor(message: string, help?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.help = help;
  }
}

/** Whether a directory lies in a bpffs. */
export function isBpffs(directory: string): boolean {
  try {
    return statfsSync(directory).type === BPF_FS_MAGIC;
  } catch {
    return false;
  }
}

/** Whether others than root can pass through a directory to what is in it. */
export function isOpen(directory: string): boolean {
  return (statSync(directory).mode & 0o001) !== 0;
}

/** Mounts a bpffs where none is; `true` where it did. @throws PinFailure */
export function mountBpffs(door: KernelDoor, directory: string): boolean {
  if (directory === OWN) mkdirSync(OWN, { recursive: true, mode: 0o755 });
  if (isBpffs(directory)) return false;
  // Who may pass is for the files in it to say.
  const result = door.mount("bpf", directory, MOUNT_FLAGS, "mode=0755");
  if (result === 0) return true;
  const { code } = new KernelError("mount", -result);
  const help =
    code === "ENODEV"
      ? "this kernel has no bpffs: CONFIG_BPF_SYSCALL"
      : `as root: mount -t bpf -o mode=0755 bpf ${directory}`;
  throw new PinFailure(`a bpffs cannot be mounted at ${directory}: ${code}`, help);
}

/** Makes the directory of a usual place; others must lie in a bpffs already. @throws PinFailure */
export function readyDirectory(door: KernelDoor, path: string): string | undefined {
  const directory = dirname(path);
  const root = path === OWN_PLACE ? OWN : path.startsWith(`${USUAL}/`) ? USUAL : undefined;
  const isMounted = root !== undefined && mountBpffs(door, root);
  if (path === USUAL_PLACE) makeDirectory(directory);
  if (!isBpffs(directory)) {
    throw new PinFailure(
      `${directory} is no directory of a bpffs, where alone something can be pinned`,
      "an empty directory becomes one, as root: mount -t bpf -o mode=0755 bpf DIRECTORY",
    );
  }
  if (statSync(directory).uid !== 0) throw new PinFailure(`${directory} is not root's: others could replace the pin`);
  return isMounted ? root : undefined;
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory);
    chmodSync(directory, 0o755); // whatever the mask of this process
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Takes away the directory of a usual place, where nothing else is in it, and the bpffs that is procnet's own. */
export function tidy(door: () => KernelDoor, path: string): void {
  try {
    if (path === OWN_PLACE && isMountPoint(OWN) && isEmpty(OWN)) {
      const result = door().unmount(OWN);
      if (result !== 0) throw new KernelError(`umount ${OWN}`, -result);
    }
    if (path === OWN_PLACE || path === USUAL_PLACE) rmdirSync(dirname(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "ENOENT" && code !== "EBUSY") throw error;
  }
}

function isMountPoint(directory: string): boolean {
  return isBpffs(directory) && statSync(directory).dev !== statSync(dirname(directory)).dev;
}

/** Names with a dot are the kernel's own: `maps.debug`, `progs.debug`. */
function isEmpty(directory: string): boolean {
  return readdirSync(directory).every((name) => name.includes("."));
}
