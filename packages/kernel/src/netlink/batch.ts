import type { KernelDoor } from "../door/door.ts";
import { type KernelBytes, kernelBytes, LITTLE_ENDIAN } from "./bytes.ts";
import { MSG_TRUNC } from "./constants.ts";

/*
 * Many datagrams by one call, recvmmsg(2). Where a pointer has 64 bits:
 *
 *   struct iovec     0 pointer, 8 length
 *   struct mmsghdr   16 pointer to iovec, 24 how many, 48 flags, 56 bytes that came; 64 bytes long
 */

/** Datagrams of one call: as many as the kernel makes in two or three milliseconds, and rows are made of in as long. */
export const BATCH = 32;

/**
 * The kernel makes 32 KiB of a dump, for whoever has room for it (netlink_recvmsg, net/netlink/af_netlink.c), and twice as much of interfaces
 * with very many names.
 */
const ROOM = 1 << 16;

const HEADER = 64;
const VECTOR = 16;

/** Processors whose pointers are known here to have 64 bits. */
const WIDE: ReadonlySet<string> = new Set(["x64", "arm64", "riscv64", "loong64", "ppc64", "s390x"]);

/** Where so many datagrams are read into. */
export class Batch {
  /** The datagrams, as far as they came. */
  readonly datagrams: readonly KernelBytes[];
  private readonly headers: Uint8Array;
  private readonly view: DataView;
  /** Pointed to by the headers: it must be there as long as they are. */
  private readonly vectors: Uint8Array;

  constructor(door: KernelDoor) {
    const bytes = new Uint8Array(BATCH * ROOM);
    this.headers = new Uint8Array(BATCH * HEADER);
    this.vectors = new Uint8Array(BATCH * VECTOR);
    this.view = new DataView(this.headers.buffer);
    this.datagrams = Array.from({ length: BATCH }, (_, at) => kernelBytes(bytes.subarray(at * ROOM, (at + 1) * ROOM)));
    const [from, vectors] = [door.addressOf(bytes), door.addressOf(this.vectors)];
    const vector = new DataView(this.vectors.buffer);
    for (let at = 0; at < BATCH; at++) {
      vector.setBigUint64(at * VECTOR, from + BigInt(at * ROOM), LITTLE_ENDIAN);
      vector.setBigUint64(at * VECTOR + 8, BigInt(ROOM), LITTLE_ENDIAN);
      this.view.setBigUint64(at * HEADER + 16, vectors + BigInt(at * VECTOR), LITTLE_ENDIAN);
      this.view.setBigUint64(at * HEADER + 24, 1n, LITTLE_ENDIAN);
    }
  }

  /** Whether a door can fill one, on a processor that is known. */
  static isKnownTo(door: KernelDoor, arch: string = process.arch): boolean {
    return door.receiveManyApart !== undefined && WIDE.has(arch);
  }

  /** Takes what there is, on another thread: how many came, or the negative number of an error. */
  receive(door: KernelDoor, fd: number): Promise<number> {
    return door.receiveManyApart!(fd, this.headers, BATCH);
  }

  /** Bytes of one that came. */
  lengthOf(at: number): number {
    return this.view.getUint32(at * HEADER + 56, LITTLE_ENDIAN);
  }

  /** Whether one was longer than the room for it. */
  isCut(at: number): boolean {
    return (this.view.getUint32(at * HEADER + 48, LITTLE_ENDIAN) & MSG_TRUNC) !== 0;
  }
}
