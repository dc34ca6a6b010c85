import { closeSync, openSync } from "node:fs";
import { openDoor } from "../../../packages/kernel/src/index.ts";
import { NetlinkSocket, openNetlink } from "../../../packages/kernel/src/netlink/socket.ts";
import type { Namespace } from "../namespace.ts";

const CLONE_NEWNET = 0x40000000;
const SOCK_DIAG = 4;

/** Why the kernel cannot be asked here; `undefined` when it can. */
export function noDoor(): string | undefined {
  try {
    openDoor();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A netlink socket of a namespace. The thread is in it for as long as socket(2) takes, in which nothing else runs. */
export function netlinkIn({ name }: Namespace, protocol: number = SOCK_DIAG): NetlinkSocket {
  const door = openDoor();
  const own = openSync("/proc/thread-self/ns/net", "r");
  const other = openSync(`/run/netns/${name}`, "r");
  try {
    const entered = door.setns(other, CLONE_NEWNET);
    if (entered < 0) throw new Error(`setns: ${entered}`);
    try {
      return new NetlinkSocket(door, protocol, openNetlink(door, protocol));
    } finally {
      door.setns(own, CLONE_NEWNET);
    }
  } finally {
    closeSync(other);
    closeSync(own);
  }
}
