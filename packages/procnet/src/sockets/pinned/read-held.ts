import { runAsync } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import type { HeldRecords } from "./held-records.ts";
import { OWNER_RECORD } from "./record.ts";

/** An iteration over open files that goes on with each read. */
export interface HeldFile {
  /** Bytes that were read; 0 at the end. The event loop goes on meanwhile. */
  read(into: Uint8Array): Promise<number>;
}

/**
 * Bytes that are read at a time, a multiple of a record's: the kernel gives eight pages at most, 32 KiB or 512, and what does not fit goes
 * on with the next read.
 */
const ROOM = 1024 * OWNER_RECORD.length;

/**
 * Reads a walk to its end: while the kernel walks on for one read, what the one before gave is looked at. A read may take long, where
 * processes hold many descriptors that are no sockets, but it holds a thread of the runtime's pool and not the event loop.
 *
 * For the package `@procnet/kernel`: it may change with any release.
 *
 * @example
 * ```ts
 * import { HeldRecords, readHeld } from "procnet";
 * await readHeld({ read: async () => 0 }, new HeldRecords(), undefined); // []
 * ```
 */
export async function readHeld(
  file: HeldFile,
  records: HeldRecords,
  signal: AbortSignal | undefined,
): Promise<HeldSockets[]> {
  records.begin();
  const rooms = [new Uint32Array(ROOM / 4), new Uint32Array(ROOM / 4)] as const;
  let coming = some(file, rooms[0]);
  try {
    for (let turn = 0; ; turn ^= 1) {
      const length = await coming;
      signal?.throwIfAborted();
      if (length === 0) break;
      coming = some(file, rooms[(turn ^ 1) as 0 | 1]);
      records.take(rooms[turn as 0 | 1], length);
    }
  } finally {
    // Whoever opened it closes it next.
    await coming.catch(() => {});
  }
  return runAsync(records.end(), signal);
}

/**
 * What one read gives. Over a million descriptors without one that is told, a read ends with EAGAIN, and the next one goes on
 * (MAX_ITER_OBJECTS, kernel/bpf/bpf_iter.c).
 */
async function some(file: HeldFile, room: Uint32Array): Promise<number> {
  const bytes = new Uint8Array(room.buffer);
  for (;;) {
    try {
      return await file.read(bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
