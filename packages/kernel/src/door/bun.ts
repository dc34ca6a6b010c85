import { createRequire } from "node:module";
import { cString, type KernelDoor, O_RDONLY_CLOEXEC, outcome } from "./door.ts";
import { FILE_CALLS } from "./pool.ts";

type Call = (...values: readonly unknown[]) => number | bigint;

/** As much of `bun:ffi` as is used here. */
interface BunFfi {
  dlopen(
    path: string,
    symbols: Readonly<Record<string, { readonly args: readonly string[]; readonly returns: string }>>,
  ): { readonly symbols: Readonly<Record<string, Call>> };
  ptr(bytes: Uint8Array): number;
  readonly read: { i32(pointer: number): number };
}

/** The C libraries that there are: glibc's name, and musl's on Alpine. */
const LIBRARIES = ["libc.so.6", "libc.so", `/lib/ld-musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`];

const SYMBOLS = {
  socket: { args: ["i32", "i32", "i32"], returns: "i32" },
  connect: { args: ["i32", "ptr", "u32"], returns: "i32" },
  send: { args: ["i32", "ptr", "usize", "i32"], returns: "i64_fast" },
  recv: { args: ["i32", "ptr", "usize", "i32"], returns: "i64_fast" },
  recvfrom: { args: ["i32", "ptr", "usize", "i32", "ptr", "ptr"], returns: "i64_fast" },
  open: { args: ["ptr", "i32"], returns: "i32" },
  read: { args: ["i32", "ptr", "usize"], returns: "i64_fast" },
  close: { args: ["i32"], returns: "i32" },
  setns: { args: ["i32", "i32"], returns: "i32" },
  setsockopt: { args: ["i32", "i32", "i32", "ptr", "u32"], returns: "i32" },
  syscall: { args: ["i64_fast", "i64_fast", "ptr", "i64_fast"], returns: "i64_fast" },
  mount: { args: ["ptr", "ptr", "ptr", "usize", "ptr"], returns: "i32" },
  umount2: { args: ["ptr", "i32"], returns: "i32" },
  __errno_location: { args: [], returns: "ptr" },
} as const;

/** Bun. @throws where this is no Bun, or its C library is not found */
export function bunDoor(): KernelDoor {
  const ffi = createRequire(import.meta.url)("bun:ffi") as BunFfi;
  const { symbols } = firstOf(LIBRARIES, (path) => ffi.dlopen(path, SYMBOLS));
  const errno = (): number => ffi.read.i32(Number(symbols.__errno_location!()));
  const call =
    (name: keyof typeof SYMBOLS) =>
    (...values: readonly unknown[]): number =>
      outcome(Number(symbols[name]!(...values)), errno);
  const [send, recv, read] = [call("send"), call("recv"), call("read")];
  const [connect, recvfrom] = [call("connect"), call("recvfrom")];
  const [setsockopt, open] = [call("setsockopt"), call("open")];
  const [mount, unmount] = [call("mount"), call("umount2")];
  return {
    ...FILE_CALLS,
    name: "bun:ffi",
    socket: call("socket"),
    connect: (fd, address) => connect(fd, address, address.length),
    send: (fd, bytes, flags) => send(fd, bytes, bytes.length, flags),
    recv: (fd, into, flags) => recv(fd, into, into.length, flags),
    recvFrom: (fd, into, flags, from) => recvfrom(fd, into, into.length, flags, from, Uint32Array.of(from.length)),
    open: (path) => open(cString(path), O_RDONLY_CLOEXEC),
    read: (fd, into) => read(fd, into, into.length),
    close: call("close"),
    setns: call("setns"),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, Int32Array.of(value), 4),
    syscall: call("syscall"),
    mount: (type, target, flags, options) =>
      mount(cString(type), cString(target), cString(type), flags, cString(options)),
    unmount: (target) => unmount(cString(target), 0),
    addressOf: (bytes) => BigInt(ffi.ptr(bytes)),
  };
}

/** What can be made of the first that it can be made of. */
export function firstOf<From, Made>(all: readonly From[], make: (from: From) => Made): Made {
  let problem: unknown;
  for (const one of all) {
    try {
      return make(one);
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}
