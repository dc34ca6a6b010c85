import type { HeldSockets } from "procnet";
import { u64 } from "../netlink/bytes.ts";
import type { OwnersIterator } from "./iterator.ts";
import { RECORD } from "./program.ts";

/** What one process holds so far. */
interface Gathered {
  readonly start: number;
  readonly pairs: number[];
  last: number;
  isSorted: boolean;
}

/** The sockets of each process, from one walk over all open files. */
export async function heldSockets(iterator: OwnersIterator, signal?: AbortSignal): Promise<HeldSockets[]> {
  const found = new Map<number, Gathered>();
  let known: Gathered | undefined;
  let knownPid = -1;
  await iterator.eachInTurns((pid, fd, inode, at) => {
    // Those of a process come one after the other.
    if (pid !== knownPid) {
      known = found.get(pid);
      if (known === undefined) {
        known = { start: u64(iterator.buffer, at + RECORD.start), pairs: [], last: -1, isSorted: true };
        found.set(pid, known);
      }
      knownPid = pid;
    }
    known!.pairs.push(fd, inode);
    if (fd <= known!.last) known!.isSorted = false;
    known!.last = fd;
  }, signal);
  return Array.from(found, ([pid, { start, pairs, isSorted }]) => {
    const all = Float64Array.from(pairs);
    return { pid, start, pairs: isSorted ? all : sorted(all) };
  });
}

/** Of threads with tables of their own: by number, one of several with the same. */
function sorted(pairs: Float64Array): Float64Array {
  const byKey = new Map<string, readonly [number, number]>();
  for (let at = 0; at < pairs.length; at += 2) byKey.set(`${pairs[at]} ${pairs[at + 1]}`, [pairs[at]!, pairs[at + 1]!]);
  return Float64Array.from([...byKey.values()].sort(([a], [b]) => a - b).flat());
}
