import { createRequire } from "node:module";
import { MSG_DONTWAIT } from "../netlink/constants.ts";
import type { KernelDoor } from "./door.ts";
import { CALLS, type CallName, type CType, libcDoor, outcome } from "./libc.ts";
import { FILE_CALLS } from "./pool.ts";

/** As much of koffi as is used here: it is not there for every user. */
interface Koffi {
  load(path: null): { func(prototype: string): Func };
  address(value: Uint8Array): bigint | number;
  errno(): number;
}

interface Func {
  (...values: unknown[]): number;
  /** On a thread in which the runtime reads files; what it is given last is told of the end. */
  async(...values: unknown[]): void;
}

const TYPES: Readonly<Record<CType, string>> = {
  int: "int",
  unsigned: "uint32_t",
  long: "long",
  size: "size_t",
  ssize: "intptr_t",
  bytes: "void *",
};

/** Node 20 and later, with the package koffi. @throws where it is not installed, or has nothing for this processor */
export function koffiDoor(): KernelDoor {
  const koffi = createRequire(import.meta.url)("koffi") as Koffi;
  // The symbols of the process itself: no path of a C library is needed.
  const libc = koffi.load(null);
  const call = (name: CallName) => {
    const [result, ...parameters] = CALLS[name].map((type) => TYPES[type]);
    const made = libc.func(`${result} ${name}(${parameters.join(", ")})`);
    return (...values: readonly unknown[]): number => outcome(Number(made(...values)), () => koffi.errno());
  };
  const recvmmsg = libc.func("int recvmmsg(int, void *, uint32_t, int, void *)");
  return libcDoor(call, {
    ...FILE_CALLS,
    name: "koffi",
    addressOf: (bytes) => BigInt(koffi.address(bytes)),
    receiveManyApart: (fd, headers, count) =>
      new Promise((resolve) => {
        // The number of an error stays with the thread that made the call: all are EIO here.
        const end = (error: unknown, came: number): void => resolve(error === null && came >= 0 ? came : -5);
        recvmmsg.async(fd, headers, count, MSG_DONTWAIT, null, end);
      }),
  });
}
