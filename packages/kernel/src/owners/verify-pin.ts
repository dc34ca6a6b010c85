import { readlinkSync } from "node:fs";
import { foreignProcessIds, type HeldSockets, PinnedOwners } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import { PinFailure } from "./bpffs.ts";

const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;

/**
 * Reads a pin once, and compares what it tells of a socket that is made for it with the link of its descriptor. `false` where process ids
 * are others than those it tells.
 *
 * @throws PinFailure where they differ: then this kernel is otherwise than it says
 */
export async function verifyPin(door: KernelDoor, path: string): Promise<boolean> {
  if (foreignProcessIds("/proc") !== undefined) return false;
  const fd = door.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
  if (fd < 0) throw new KernelError("socket(AF_UNIX)", -fd);
  try {
    const notes: string[] = [];
    const held = await new PinnedOwners(path).held("/proc", (why) => notes.push(why));
    if (held === undefined) throw new PinFailure(`what was pinned cannot be read: ${notes.join("; ")}`);
    const told = `socket:[${inodeOf(held, fd)}]`;
    const linked = readlinkSync(`/proc/self/fd/${fd}`);
    if (told === linked) return true;
    throw new PinFailure(`what was pinned says of descriptor ${fd} that it is ${told}, and its link ${linked}`);
  } finally {
    door.close(fd);
  }
}

function inodeOf(held: readonly HeldSockets[], fd: number): number | undefined {
  const pairs = held.find(({ pid }) => pid === process.pid)?.pairs ?? [];
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === fd) return pairs[at + 1];
  return undefined;
}
