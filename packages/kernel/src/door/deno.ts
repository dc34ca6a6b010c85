import { firstOf } from "./bun.ts";
import { cString, type KernelDoor, O_RDONLY_CLOEXEC, outcome } from "./door.ts";

type Call = (...values: readonly unknown[]) => number | bigint;
type CallApart = (...values: readonly unknown[]) => Promise<number | bigint>;
type Pointer = { readonly pointer: unique symbol };

/** As much of Deno as is used here. */
interface Deno {
  dlopen(
    path: string,
    symbols: Readonly<Record<string, Signature>>,
  ): {
    readonly symbols: {
      readonly __errno_location: () => Pointer;
      readonly readApart: CallApart;
      readonly writeApart: CallApart;
    } & Readonly<Record<string, Call>>;
  };
  readonly UnsafePointer: { of(bytes: Uint8Array): Pointer; value(pointer: Pointer): bigint };
  readonly UnsafePointerView: new (pointer: Pointer) => { getInt32(): number };
}

/** How a function of C is called: with `nonblocking`, on another thread. */
interface Signature {
  readonly name?: string;
  readonly parameters: readonly string[];
  readonly result: string;
  readonly nonblocking?: boolean;
}

const LIBRARIES = ["libc.so.6", "libc.so"];

const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recvfrom: { parameters: ["i32", "buffer", "usize", "i32", "buffer", "buffer"], result: "isize" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
  setns: { parameters: ["i32", "i32"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  syscall: { parameters: ["i64", "i64", "buffer", "i64"], result: "i64" },
  // Its descriptors of files are none of the kernel's: the calls themselves have to be made elsewhere.
  readApart: { name: "read", parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
  writeApart: { name: "write", parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
  mount: { parameters: ["buffer", "buffer", "buffer", "usize", "buffer"], result: "i32" },
  umount2: { parameters: ["buffer", "i32"], result: "i32" },
  __errno_location: { parameters: [], result: "pointer" },
} as const;

/** Deno, with the permission `--allow-ffi`. @throws where this is no Deno, or it may not */
export function denoDoor(): KernelDoor {
  const { Deno } = globalThis as { readonly Deno?: Deno };
  if (Deno?.dlopen === undefined) throw new Error("this is no Deno");
  const { symbols } = firstOf(LIBRARIES, (path) => Deno.dlopen(path, SYMBOLS));
  const errno = (): number => new Deno.UnsafePointerView(symbols.__errno_location()).getInt32();
  const call =
    (name: keyof typeof SYMBOLS) =>
    (...values: readonly unknown[]): number =>
      outcome(Number(symbols[name]!(...values)), errno);
  const [send, recv, read] = [call("send"), call("recv"), call("read")];
  const [connect, recvfrom] = [call("connect"), call("recvfrom")];
  const [setsockopt, syscall, open] = [call("setsockopt"), call("syscall"), call("open")];
  const [mount, unmount] = [call("mount"), call("umount2")];
  const readApart = async (fd: number, into: Uint8Array): Promise<number> =>
    apart(await symbols.readApart(fd, into, BigInt(into.length)));
  return {
    name: "Deno.dlopen",
    socket: call("socket"),
    connect: (fd, address) => connect(fd, address, address.length),
    send: (fd, bytes, flags) => send(fd, bytes, BigInt(bytes.length), flags),
    recv: (fd, into, flags) => recv(fd, into, BigInt(into.length), flags),
    recvFrom: (fd, into, flags, from) =>
      recvfrom(fd, into, BigInt(into.length), flags, from, Uint32Array.of(from.length)),
    open: (path) => open(cString(path), O_RDONLY_CLOEXEC),
    read: (fd, into) => read(fd, into, BigInt(into.length)),
    readApart,
    readManyApart: (fd, [into]) => readApart(fd, into!),
    writeApart: async (fd, bytes) => apart(await symbols.writeApart(fd, bytes, BigInt(bytes.length))),
    close: call("close"),
    setns: call("setns"),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, Int32Array.of(value), 4),
    syscall: (number, first, bytes, length) => syscall(BigInt(number), BigInt(first), bytes, BigInt(length)),
    mount: (type, target, flags, options) =>
      mount(cString(type), cString(target), cString(type), BigInt(flags), cString(options)),
    unmount: (target) => unmount(cString(target), 0),
    addressOf: (bytes) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)),
  };
}

/** The number of an error stays with the thread that made the call: all are EIO here. */
function apart(result: number | bigint): number {
  return Number(result) < 0 ? -5 : Number(result);
}
