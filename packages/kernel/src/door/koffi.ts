import { createRequire } from "node:module";
import type { KernelDoor } from "./door.ts";
import { CALLS, type CallName, type CType, libcDoor, outcome } from "./libc.ts";
import { FILE_CALLS } from "./pool.ts";

/** As much of koffi as is used here: it is not there for every user. */
interface Koffi {
  load(path: null): { func(prototype: string): (...values: unknown[]) => number };
  address(value: Uint8Array): bigint | number;
  errno(): number;
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
  return libcDoor(call, { ...FILE_CALLS, name: "koffi", addressOf: (bytes) => BigInt(koffi.address(bytes)) });
}
