import { createRequire } from "node:module";
import { cString, type KernelDoor, O_RDONLY_CLOEXEC, outcome } from "./door.ts";
import { FILE_CALLS } from "./pool.ts";

type Call = (...values: readonly (number | bigint)[]) => number | bigint;

/** As much of `node:ffi` as is used here. */
interface NodeFfi {
  readonly DynamicLibrary: new (
    path: null,
  ) => {
    getFunction(name: string, signature: { readonly return: string; readonly arguments: readonly string[] }): Call;
  };
  getRawPointer(bytes: Uint8Array): bigint;
  getInt32(pointer: bigint): number;
}

/** Node 26 and later, which has an interface of its own. @throws where this Node has none */
export function nodeFfiDoor(): KernelDoor {
  const ffi = createRequire(import.meta.url)("node:ffi") as NodeFfi;
  const libc = new ffi.DynamicLibrary(null);
  const place = libc.getFunction("__errno_location", { return: "pointer", arguments: [] });
  const errno = (): number => ffi.getInt32(BigInt(place()));
  const call = (name: string, result: string, ...types: readonly string[]) => {
    const made = libc.getFunction(name, { return: result, arguments: types });
    return (...values: readonly (number | bigint)[]): number => outcome(Number(made(...values)), errno);
  };
  const socket = call("socket", "i32", "i32", "i32", "i32");
  const connect = call("connect", "i32", "i32", "pointer", "u32");
  const send = call("send", "i64", "i32", "pointer", "u64", "i32");
  const recv = call("recv", "i64", "i32", "pointer", "u64", "i32");
  const recvfrom = call("recvfrom", "i64", "i32", "pointer", "u64", "i32", "pointer", "pointer");
  const open = call("open", "i32", "pointer", "i32");
  const read = call("read", "i64", "i32", "pointer", "u64");
  const setsockopt = call("setsockopt", "i32", "i32", "i32", "i32", "pointer", "u32");
  const mount = call("mount", "i32", "pointer", "pointer", "pointer", "u64", "pointer");
  const unmount = call("umount2", "i32", "pointer", "i32");
  const syscall = call("syscall", "i64", "i64", "i64", "pointer", "i64");
  const at = (bytes: Uint8Array): bigint => ffi.getRawPointer(bytes);
  return {
    ...FILE_CALLS,
    name: "node:ffi",
    socket,
    connect: (fd, address) => connect(fd, at(address), address.length),
    send: (fd, bytes, flags) => send(fd, at(bytes), BigInt(bytes.length), flags),
    recv: (fd, into, flags) => recv(fd, at(into), BigInt(into.length), flags),
    recvFrom: (fd, into, flags, from) => {
      const length = bytesOf(from.length);
      return recvfrom(fd, at(into), BigInt(into.length), flags, at(from), at(length));
    },
    open: (path) => open(at(cString(path)), O_RDONLY_CLOEXEC),
    read: (fd, into) => read(fd, at(into), BigInt(into.length)),
    close: call("close", "i32", "i32"),
    setns: call("setns", "i32", "i32", "i32"),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, at(bytesOf(value)), 4),
    syscall: (number, first, bytes, length) => syscall(BigInt(number), BigInt(first), at(bytes), BigInt(length)),
    mount: (type, target, flags, options) => {
      const [name, place, said] = [cString(type), cString(target), cString(options)];
      return mount(at(name), at(place), at(name), BigInt(flags), at(said));
    },
    unmount: (target) => unmount(at(cString(target)), 0),
    addressOf: at,
  };
}

function bytesOf(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}
