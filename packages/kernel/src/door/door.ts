/**
 * The system calls that netlink and BPF take, as a runtime's own foreign-function interface reaches them. Each gives what the call gave,
 * or the negative number of the error: -13 for EACCES. Buffers are read and written where they are; none is kept.
 */
export interface KernelDoor {
  /** Which interface it is. */
  readonly name: DoorName;
  /** socket(2): a descriptor. */
  socket(family: number, type: number, protocol: number): number;
  /** connect(2) to an address as its bytes. A netlink socket that is connected to the kernel takes nothing that others send to it. */
  connect(fd: number, address: Uint8Array): number;
  /** send(2): bytes that were sent. */
  send(fd: number, bytes: Uint8Array, flags: number): number;
  /** recv(2): bytes that came; with MSG_TRUNC in the flags, bytes that there were. */
  recv(fd: number, into: Uint8Array, flags: number): number;
  /** The same with who sent it: recvfrom(2), which fills in the bytes of an address. */
  recvFrom(fd: number, into: Uint8Array, flags: number, from: Uint8Array): number;
  /** open(2), for reading, closed by execve(2). */
  open(path: string): number;
  /** read(2). */
  read(fd: number, into: Uint8Array): number;
  /**
   * The same on another thread, while this one goes on: for what takes the kernel long. Neither the descriptor may be closed nor the buffer
   * be used until it is over.
   */
  readApart(fd: number, into: Uint8Array): Promise<number>;
  /** The same into several buffers, one after the other: readv(2). A runtime that cannot reads into the first. */
  readManyApart(fd: number, into: readonly Uint8Array[]): Promise<number>;
  /**
   * recvmmsg(2) on another thread, of so many datagrams as there are, without waiting for more: how many came. `headers` are of struct
   * mmsghdr, and what they point to must stay as well. Not every runtime can.
   */
  receiveManyApart?(fd: number, headers: Uint8Array, count: number): Promise<number>;
  /** write(2) on another thread. A netlink socket that is connected to the kernel, or to nobody, writes to the kernel, which begins to answer within the call. */
  writeApart(fd: number, bytes: Uint8Array): Promise<number>;
  /** close(2). */
  close(fd: number): number;
  /** setns(2), of the calling thread alone: never on the main thread. */
  setns(fd: number, kind: number): number;
  /** setsockopt(2) with a number as its value. */
  setOption(fd: number, level: number, option: number, value: number): number;
  /** syscall(2) with a number, a buffer and its length: the form of bpf(2). */
  syscall(call: number, first: number, bytes: Uint8Array, length: number): number;
  /** mount(2) of a file system that takes no options but those of its own. */
  mount(type: string, target: string, flags: number, options: string): number;
  /** umount2(2). */
  unmount(target: string): number;
  /** Where a buffer lies, for structures that hold pointers. It must not be moved or let go of until the call is over. */
  addressOf(bytes: Uint8Array): bigint;
}

/** The interfaces that there are. */
export type DoorName = "koffi" | "node:ffi" | "bun:ffi" | "Deno.dlopen";

/** `O_RDONLY | O_CLOEXEC`, the same on all processors that are known here. */
export const O_RDONLY_CLOEXEC = 0o2000000;

/** A text as C has it. */
export function cString(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}
