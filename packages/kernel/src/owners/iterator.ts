import { HeldRecords, type HeldSockets, readHeld } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import { Bpf } from "./bpf.ts";
import { offsetsHere } from "./offsets.ts";
import { ownersProgram } from "./program.ts";

/** Sockets that processes hold, told by the kernel itself: one walk over the open files of all processes. */
export class OwnersIterator {
  private readonly door: KernelDoor;
  private readonly bpf: Bpf;
  private readonly link: number;
  private readonly records = new HeldRecords();
  /** The last one to read: two that read at a time would compare with one another. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(door: KernelDoor, bpf: Bpf, link: number) {
    this.door = door;
    this.bpf = bpf;
    this.link = link;
  }

  /** Loads it, while the event loop goes on but for one call. @throws KernelError, BtfError, or the system's own where there is no BTF */
  static async open(door: KernelDoor): Promise<OwnersIterator> {
    const bpf = new Bpf(door);
    return new OwnersIterator(door, bpf, await linkIn(bpf));
  }

  /** What all processes hold. @throws KernelError where the kernel refuses, as for lack of memory */
  held(signal?: AbortSignal): Promise<HeldSockets[]> {
    const held = this.last.then(() => this.walk(signal));
    this.last = held.catch(() => {});
    return held;
  }

  /** Ends it: what is under way ends by itself. */
  close(): void {
    this.bpf.close(this.link);
  }

  private async walk(signal: AbortSignal | undefined): Promise<HeldSockets[]> {
    signal?.throwIfAborted();
    const fd = this.bpf.iterator(this.link);
    try {
      return await readHeld({ read: (into) => this.some(fd, into) }, this.records, signal);
    } finally {
      this.bpf.close(fd);
    }
  }

  private async some(fd: number, into: readonly Uint8Array[]): Promise<number> {
    const length = await this.door.readManyApart(fd, into);
    if (length < 0) throw new KernelError("read of the iterator over open files", -length);
    return length;
  }
}

/** A link of the program; whoever has it closes it. @throws as {@link OwnersIterator.open} */
export async function linkIn(bpf: Bpf): Promise<number> {
  const at = await offsetsHere();
  const program = bpf.loadIterator(ownersProgram(at), at.attachTo);
  try {
    return bpf.link(program);
  } finally {
    // The link holds it.
    bpf.close(program);
  }
}
