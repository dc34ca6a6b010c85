import type { KernelDoor } from "../door/door.ts";
import { Batch } from "./batch.ts";
import { type KernelBytes, kernelBytes } from "./bytes.ts";

/** The kernel's datagrams have 32 KiB at most, but for one message that is longer. */
const ROOM = 1 << 18;

/** Where datagrams are read into: netlink sockets that take turns share one room, and each that waits for another thread has its own. */
export class Rooms {
  private readonly free: KernelBytes[] = [];
  private readonly batches: Batch[] = [];
  /** Whether a datagram was longer than those of a batch may be: then they are taken one by one. */
  private isNarrow = false;

  /** A room that nobody else uses until it is given back. */
  take(): KernelBytes {
    return this.free.pop() ?? kernelBytes(new Uint8Array(ROOM));
  }

  /** What was read into it has been used. */
  give(room: KernelBytes): void {
    this.free.push(room);
  }

  /** Whether many datagrams can be taken by one call. */
  hasBatches(door: KernelDoor): boolean {
    return !this.isNarrow && Batch.isKnownTo(door);
  }

  /** No more of them: an answer that is asked for again has the room it takes. */
  endBatches(): void {
    this.isNarrow = true;
  }

  /** Room for many datagrams, likewise. */
  takeBatch(door: KernelDoor): Batch {
    return this.batches.pop() ?? new Batch(door);
  }

  giveBatch(batch: Batch): void {
    this.batches.push(batch);
  }

  /** A larger one, in place of one that was too small. */
  grow(length: number): void {
    this.free.push(kernelBytes(new Uint8Array(length)));
  }
}
