import { readFileSync } from "node:fs";
import type { KernelDoor } from "../door/door.ts";
import { type KernelBytes, kernelBytes, text, u64 } from "../netlink/bytes.ts";
import { KernelError } from "../netlink/errors.ts";
import { Bpf } from "./bpf.ts";
import { Btf } from "./btf.ts";
import { COMM, offsetsIn, ownersProgram, RECORD } from "./program.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

/** A descriptor that is a socket, and who has it. */
export interface HeldSocket {
  readonly pid: number;
  readonly fd: number;
  readonly inode: number;
  /** When the process began, nanoseconds since boot. */
  readonly start: number;
  /** Number of its control group in cgroup2. */
  readonly cgroup: number;
  readonly comm: string;
}

/** Called with each; `comm` is read by who wants it. */
export type TakeHeld = (pid: number, fd: number, inode: number, at: number) => void;

/** A file that begins anew with each opening. */
export interface Opened {
  /** Bytes that were read; 0 at the end. */
  read(into: Uint8Array): number;
  close(): void;
}

/** Bytes that are read at a time: the kernel gives 32 KiB at most. */
const ROOM = 1 << 16;

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 4;

/** Sockets that processes hold, told by the kernel itself: one walk over the open files of all processes. */
export class OwnersIterator {
  private readonly open: () => Opened;
  private readonly end: () => void;
  private readonly of: KernelBytes = kernelBytes(new Uint8Array(ROOM));

  /** @param open gives a file that begins anew; `end` lets go of what it comes from */
  constructor(open: () => Opened, end: () => void) {
    this.open = open;
    this.end = end;
  }

  /** Where a record that was handed on is read from, until the next one. */
  get buffer(): KernelBytes {
    return this.of;
  }

  /** Hands on each. @throws KernelError where the kernel refuses, as for lack of memory */
  each(take: TakeHeld): void {
    const file = this.open();
    try {
      while (this.some(file, take)) {}
    } finally {
      file.close();
    }
  }

  /** The same in slices, with turns of the event loop between. */
  async eachInTurns(take: TakeHeld, signal?: AbortSignal): Promise<void> {
    const file = this.open();
    try {
      for (let began = performance.now(); this.some(file, take); ) {
        signal?.throwIfAborted();
        if (performance.now() - began < SLICE) continue;
        await new Promise<void>((resolve) => setImmediate(resolve));
        began = performance.now();
      }
    } finally {
      file.close();
    }
  }

  /** What one read gives; `false` at the end. A read ends with a whole record, as each is written at once. */
  private some(file: Opened, take: TakeHeld): boolean {
    const { bytes, view, littleEndian } = this.of;
    const length = file.read(bytes);
    for (let at = 0; at + RECORD.length <= length; at += RECORD.length)
      take(
        view.getInt32(at + RECORD.pid, littleEndian),
        view.getInt32(at + RECORD.fd, littleEndian),
        u64(this.of, at + RECORD.inode),
        at,
      );
    return length > 0;
  }

  /** All of a record that was handed on. */
  record(at: number): HeldSocket {
    const { view, littleEndian } = this.of;
    return {
      pid: view.getInt32(at + RECORD.pid, littleEndian),
      fd: view.getInt32(at + RECORD.fd, littleEndian),
      inode: u64(this.of, at + RECORD.inode),
      start: u64(this.of, at + RECORD.start),
      cgroup: u64(this.of, at + RECORD.cgroup),
      comm: text(this.of, at + RECORD.comm, at + RECORD.comm + COMM),
    };
  }

  close(): void {
    this.end();
  }
}

/** Loads the program for this process alone: it is gone with it. @throws KernelError, BtfError, or the system's own for no BTF */
export function loadOwners(door: KernelDoor): OwnersIterator {
  const bpf = new Bpf(door);
  const link = linkIn(bpf);
  return new OwnersIterator(
    () => openedIn(door, bpf.iterator(link)),
    () => bpf.close(link),
  );
}

/** By the door: not every runtime reads descriptors that it did not open. */
function openedIn(door: KernelDoor, fd: number): Opened {
  const read = (into: Uint8Array): number => {
    const length = door.read(fd, into);
    if (length < 0) throw new KernelError("read of the iterator over open files", -length);
    return length;
  };
  return { read, close: () => door.close(fd) };
}

/** A link of the program; whoever has it closes it. */
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
