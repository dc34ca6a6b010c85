import { runAsync } from "../drive.ts";
import type { HeldSockets } from "../source.ts";
import type { HeldRecords } from "./held-records.ts";
import { OWNER_RECORD } from "./record.ts";

/** An iteration over open files that goes on with each read. */
export interface HeldFile {
  /** Bytes that were read, by readv(2), or into the first of the buffers; 0 at the end. The event loop goes on meanwhile. */
  read(into: readonly Uint8Array[]): Promise<number>;
}

/**
 * Bytes of one buffer: one record less than the kernel's own holds, eight pages (bpf_seq_read, kernel/bpf/bpf_iter.c), which is read again
 * where it is filled to its end. So each is filled wholly, and readv(2) goes on to the next.
 */
const ROOM = 511 * OWNER_RECORD.length;

/**
 * Buffers read at a time: between two reads an event loop that is busy, as with rows that are made meanwhile, lets milliseconds go by, in
 * which the kernel would tell as much.
 */
const ROOMS = 16;

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
  const rooms = [roomOf(ROOMS), roomOf(ROOMS)] as const;
  let coming = some(file, rooms[0]);
  try {
    for (let turn = 0; ; turn ^= 1) {
      const length = await coming;
      signal?.throwIfAborted();
      if (length === 0) break;
      coming = some(file, rooms[(turn ^ 1) as 0 | 1]);
      records.take(rooms[turn as 0 | 1].words, length);
    }
  } finally {
    // Whoever opened it closes it next.
    await coming.catch(() => {});
  }
  return runAsync(records.end(), signal);
}

/** The same bytes in words, and as buffers one behind the other. */
interface Room {
  readonly words: Uint32Array;
  readonly buffers: readonly Uint8Array[];
}

function roomOf(count: number): Room {
  const words = new Uint32Array((count * ROOM) / 4);
  const buffers = Array.from({ length: count }, (_, at) => new Uint8Array(words.buffer, at * ROOM, ROOM));
  return { words, buffers };
}

/**
 * What one read gives. Over a million descriptors without one that is told, a read ends with EAGAIN, and the next one goes on
 * (MAX_ITER_OBJECTS, kernel/bpf/bpf_iter.c).
 */
async function some(file: HeldFile, { buffers }: Room): Promise<number> {
  for (;;) {
    try {
      return await file.read(buffers);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
