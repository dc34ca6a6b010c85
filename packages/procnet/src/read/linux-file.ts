import { fstatSync, statSync } from "node:fs";
import type { ProcContext } from "./context.ts";
import { isProcfs } from "./procfs-type.ts";

/** Inode of the root of every procfs of Linux: PROC_ROOT_INO, include/linux/proc_fs.h (since 6.18 include/linux/proc_ns.h). */
const PROC_ROOT_INO = 1;

/**
 * The least inode of a file that a part of the kernel registered in procfs: PROC_DYNAMIC_FIRST, fs/proc/generic.c. Files of
 * processes, whose text a process may choose (`environ`, `cmdline`), get theirs from another counter.
 */
const PROC_DYNAMIC_FIRST = 0xf0000000;
const LAST_INODE = 0xffffffff;

/**
 * Whether an open file is one that a part of Linux prints into the procfs of this machine. The descriptor is asked, not the
 * path: any file can be mounted over a path in procfs, and only its own device tells. A copy, a file in FUSE, or one of another
 * procfs has another device than the root. gVisor and LX zones say PROC_SUPER_MAGIC as well, but count inodes in their own way:
 * gVisor from 1 on (kernfs), LX by process id (lxpr_inode), both far below.
 */
export function isLinuxFile(fd: number, context: ProcContext): boolean {
  if (!context.own) return false;
  try {
    const file = fstatSync(fd);
    return file.isFile() && file.ino >= PROC_DYNAMIC_FIRST && file.ino <= LAST_INODE && file.dev === deviceOf(context);
  } catch {
    return false; // not told, so not proven
  }
}

/** Devices found before. Where another procfs has been mounted since, its files have another one, and are not believed. */
const devices = /* @__PURE__ */ new WeakMap<ProcContext, number | undefined>();

/** The device of a procfs of Linux; `undefined` where the root is none. */
function deviceOf(context: ProcContext): number | undefined {
  if (devices.has(context)) return devices.get(context);
  const top = statSync(context.root);
  const device = top.ino === PROC_ROOT_INO && isProcfs(context.root) ? top.dev : undefined;
  devices.set(context, device);
  return device;
}
