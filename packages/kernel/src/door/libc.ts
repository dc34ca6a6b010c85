import { cString, type KernelDoor, O_RDONLY_CLOEXEC } from "./door.ts";

/** Types of C that calls take and give. `bytes` is a pointer to a buffer. */
export type CType = "int" | "unsigned" | "long" | "size" | "ssize" | "bytes";

/** What a function of the C library gives, and what it takes. */
export type Signature = readonly [result: CType, ...parameters: CType[]];

/** The functions of the C library that a door calls. */
export type CallName =
  | ("socket" | "connect" | "send" | "recv" | "recvfrom" | "open" | "read" | "close")
  | ("setns" | "setsockopt" | "syscall" | "mount" | "umount2");

/** What they give and take. */
export const CALLS: Readonly<Record<CallName, Signature>> = {
  socket: ["int", "int", "int", "int"],
  connect: ["int", "int", "bytes", "unsigned"],
  send: ["ssize", "int", "bytes", "size", "int"],
  recv: ["ssize", "int", "bytes", "size", "int"],
  recvfrom: ["ssize", "int", "bytes", "size", "int", "bytes", "bytes"],
  open: ["int", "bytes", "int"],
  read: ["ssize", "int", "bytes", "size"],
  close: ["int", "int"],
  setns: ["int", "int", "int"],
  setsockopt: ["int", "int", "int", "int", "bytes", "unsigned"],
  syscall: ["long", "long", "long", "bytes", "long"],
  mount: ["int", "bytes", "bytes", "bytes", "size", "bytes"],
  umount2: ["int", "bytes", "int"],
};

/** What a call is given. */
export type Value = number | Uint8Array;

/** A function of the C library: what it gave, or the negative number of its error. */
export type Call = (...values: readonly Value[]) => number;

/** A door by what a runtime has: how a function is called, and the rest that is its own. */
export function libcDoor(
  call: (name: CallName) => Call,
  own: Pick<KernelDoor, "name" | "addressOf" | "readApart" | "readManyApart" | "receiveManyApart" | "writeApart">,
): KernelDoor {
  const [connect, send, recv, recvfrom] = [call("connect"), call("send"), call("recv"), call("recvfrom")];
  const [open, read, setsockopt] = [call("open"), call("read"), call("setsockopt")];
  const [mount, unmount] = [call("mount"), call("umount2")];
  return {
    ...own,
    socket: call("socket"),
    connect: (fd, address) => connect(fd, address, address.length),
    send: (fd, bytes, flags) => send(fd, bytes, bytes.length, flags),
    recv: (fd, into, flags) => recv(fd, into, into.length, flags),
    recvFrom: (fd, into, flags, from) => recvfrom(fd, into, into.length, flags, from, inMemory(from.length)),
    open: (path) => open(cString(path), O_RDONLY_CLOEXEC),
    read: (fd, into) => read(fd, into, into.length),
    close: call("close"),
    setns: call("setns"),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, inMemory(value), 4),
    syscall: call("syscall"),
    mount: (type, target, flags, options) =>
      mount(cString(type), cString(target), cString(type), flags, cString(options)),
    unmount: (target) => unmount(cString(target), 0),
  };
}

/** A number where C has a pointer to an int. */
function inMemory(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}

/** What an errno means here: calls give the negative number, as the kernel itself does. */
export function outcome(result: number, errno: () => number): number {
  return result < 0 ? -errno() : result;
}

/** Values for runtimes that take numbers of 64 bits as such alone. */
export function widened(types: readonly CType[], values: readonly Value[]): (Value | bigint)[] {
  return values.map((value, at) => (typeof value === "number" && IS_WIDE.has(types[at]!) ? BigInt(value) : value));
}

const IS_WIDE: ReadonlySet<CType> = new Set(["long", "size", "ssize"] as const);
