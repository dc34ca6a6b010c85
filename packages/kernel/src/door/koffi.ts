import { createRequire } from "node:module";
import { cString, type KernelDoor, O_RDONLY_CLOEXEC, outcome } from "./door.ts";
import { FILE_CALLS } from "./pool.ts";

/** As much of koffi as is used here: it is not there for every user. */
interface Koffi {
  load(path: null): { func(prototype: string): (...values: unknown[]) => number };
  address(value: Uint8Array): bigint | number;
  errno(): number;
}

/** Node 20 and later, with the package koffi. @throws where it is not installed, or has nothing for this processor */
export function koffiDoor(): KernelDoor {
  const koffi = createRequire(import.meta.url)("koffi") as Koffi;
  // The symbols of the process itself: no path of a C library is needed.
  const libc = koffi.load(null);
  const call = (prototype: string): ((...values: unknown[]) => number) => {
    const made = libc.func(prototype);
    return (...values) => outcome(Number(made(...values)), () => koffi.errno());
  };
  const socket = call("int socket(int, int, int)");
  const connect = call("int connect(int, const void *, uint32_t)");
  const send = call("intptr_t send(int, const void *, size_t, int)");
  const recv = call("intptr_t recv(int, void *, size_t, int)");
  const recvfrom = call("intptr_t recvfrom(int, void *, size_t, int, void *, void *)");
  const open = call("int open(const void *, int)");
  const read = call("intptr_t read(int, void *, size_t)");
  const setsockopt = call("int setsockopt(int, int, int, const void *, uint32_t)");
  const mount = call("int mount(const void *, const void *, const void *, unsigned long, const void *)");
  const unmount = call("int umount2(const void *, int)");
  const syscall = call("long syscall(long, long, void *, long)");
  return {
    ...FILE_CALLS,
    name: "koffi",
    socket,
    connect: (fd, address) => connect(fd, address, address.length),
    send: (fd, bytes, flags) => send(fd, bytes, bytes.length, flags),
    recv: (fd, into, flags) => recv(fd, into, into.length, flags),
    recvFrom: (fd, into, flags, from) => recvfrom(fd, into, into.length, flags, from, Uint32Array.of(from.length)),
    open: (path) => open(cString(path), O_RDONLY_CLOEXEC),
    read: (fd, into) => read(fd, into, into.length),
    close: call("int close(int)"),
    setns: call("int setns(int, int)"),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, Int32Array.of(value), 4),
    syscall,
    mount: (type, target, flags, options) =>
      mount(cString(type), cString(target), cString(type), flags, cString(options)),
    unmount: (target) => unmount(cString(target), 0),
    addressOf: (bytes) => BigInt(koffi.address(bytes)),
  };
}
