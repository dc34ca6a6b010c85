import { parentPort, workerData } from "node:worker_threads";
import type { DoorName } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { KernelError } from "../netlink/errors.ts";
import { openNetlink } from "../netlink/socket.ts";

/** What the thread is told. */
export interface NamespaceWork {
  readonly door: DoorName;
  /** Links of namespaces: `ns/net` of processes. */
  readonly paths: readonly string[];
  /** Of netlink. */
  readonly protocol: number;
}

/** Descriptors, which are the whole process's, or negative numbers of errors. */
export type NamespaceAnswer = readonly number[];

const CLONE_NEWNET = 0x40000000;

/** setns(2) moves the calling thread: this one, which goes away with its work. A socket stays in the namespace it was made in. */
function work({ door: name, paths, protocol }: NamespaceWork): NamespaceAnswer {
  const door = openDoor(name);
  return paths.map((path) => {
    const namespace = door.open(path);
    if (namespace < 0) return namespace;
    const moved = door.setns(namespace, CLONE_NEWNET);
    door.close(namespace);
    if (moved < 0) return moved;
    try {
      return openNetlink(door, protocol);
    } catch (error) {
      return error instanceof KernelError ? -error.errno : -5;
    }
  });
}

parentPort?.postMessage(work(workerData as NamespaceWork));
