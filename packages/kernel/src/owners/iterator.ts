import { readFileSync } from "node:fs";
import { HeldRecords, type HeldSockets, readHeld } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import { Bpf } from "./bpf.ts";
import { Btf } from "./btf.ts";
import { offsetsIn, ownersProgram } from "./program.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

/** Sockets that processes hold, told by the kernel itself: one walk over the open files of all processes. */
export class OwnersIterator {
  private readonly door: KernelDoor;
  private readonly bpf: Bpf;
  private readonly link: number;
  private readonly records = new HeldRecords();
  /** The last one to read: two that read at a time would compare with one another. */
  private last: Promise<unknown> = Promise.resolve();

  /** @throws KernelError, BtfError, or the system's own where there is no BTF */
  constructor(door: KernelDoor) {
    this.door = door;
    this.bpf = new Bpf(door);
    this.link = linkIn(this.bpf);
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

  private async some(fd: number, into: Uint8Array): Promise<number> {
    const length = await this.door.readApart(fd, into);
    if (length < 0) throw new KernelError("read of the iterator over open files", -length);
    return length;
  }
}

/** A link of the program; whoever has it closes it. @throws as {@link OwnersIterator} */
export function linkIn(bpf: Bpf): number {
  const at = offsetsIn(new Btf(readFileSync(VMLINUX)));
  const program = bpf.loadIterator(ownersProgram(at), at.attachTo);
  try {
    return bpf.link(program);
  } finally {
    // The link holds it.
    bpf.close(program);
  }
}
