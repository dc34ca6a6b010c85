import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { DoorName } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { KernelError } from "../netlink/errors.ts";
import { openNetlink } from "../netlink/socket.ts";
import { withoutAdmin } from "../netlink/without-admin.ts";

/** What the thread is told. */
export interface NamespaceWork {
  readonly door: DoorName;
  /** Links of namespaces: `ns/net` of processes. */
  readonly paths: readonly string[];
  /** Their numbers, where they are known: a process may have moved, or its number be another's. */
  readonly inodes: readonly (number | undefined)[];
  /** Of netlink. */
  readonly protocol: number;
  /** Whether the sockets are to be without CAP_NET_ADMIN. */
  readonly isPlain: boolean;
}

/** Descriptors, which are the whole process's, or negative numbers of errors. */
export type NamespaceAnswer = readonly number[];

const CLONE_NEWNET = 0x40000000;
const ESRCH = 3;

/** setns(2) moves the calling thread: this one, which goes away with its work. A socket stays in the namespace it was made in. */
function work({ door: name, paths, inodes, protocol, isPlain }: NamespaceWork): NamespaceAnswer {
  const door = openDoor(name);
  return paths.map((path, at) => {
    const namespace = door.open(path);
    if (namespace < 0) return namespace;
    if (inodes[at] !== undefined && inodes[at] !== inodeOf(namespace)) {
      door.close(namespace);
      return -ESRCH;
    }
    const moved = door.setns(namespace, CLONE_NEWNET);
    door.close(namespace);
    if (moved < 0) return moved;
    try {
      const open = (): number => openNetlink(door, protocol);
      return isPlain ? withoutAdmin(door, open) : open();
    } catch (error) {
      return error instanceof KernelError ? -error.errno : -5;
    }
  });
}

/** By its link: a runtime may have other descriptors for its own files. */
function inodeOf(fd: number): number | undefined {
  try {
    return statSync(`/proc/self/fd/${fd}`).ino;
  } catch {
    return undefined;
  }
}

parentPort?.postMessage(work(workerData as NamespaceWork));
