import { createRequire } from "node:module";
import type { KernelDoor } from "./door.ts";
import { CALLS, type CallName, type CType, libcDoor, outcome, type Value } from "./libc.ts";
import { FILE_CALLS } from "./pool.ts";

/** As much of `bun:ffi` as is used here. */
interface BunFfi {
  dlopen(
    path: string,
    symbols: Readonly<Record<string, { readonly args: readonly string[]; readonly returns: string }>>,
  ): { readonly symbols: Readonly<Record<string, (...values: readonly Value[]) => number | bigint>> };
  ptr(bytes: Uint8Array): number;
  readonly read: { i32(pointer: number): number };
}

/** The C libraries that there are: glibc's name, and musl's on Alpine. */
const LIBRARIES = ["libc.so.6", "libc.so", `/lib/ld-musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`];

const TYPES: Readonly<Record<CType, string>> = {
  int: "i32",
  unsigned: "u32",
  long: "i64_fast",
  size: "usize",
  ssize: "i64_fast",
  bytes: "ptr",
};

const SYMBOLS = {
  ...Object.fromEntries(
    Object.entries(CALLS).map(([name, [result, ...parameters]]) => [
      name,
      { args: parameters.map((type) => TYPES[type]), returns: TYPES[result] },
    ]),
  ),
  __errno_location: { args: [], returns: "ptr" },
};

/** Bun. @throws where this is no Bun, or its C library is not found */
export function bunDoor(): KernelDoor {
  const ffi = createRequire(import.meta.url)("bun:ffi") as BunFfi;
  const { symbols } = firstOf(LIBRARIES, (path) => ffi.dlopen(path, SYMBOLS));
  const errno = (): number => ffi.read.i32(Number(symbols.__errno_location!()));
  const call =
    (name: CallName) =>
    (...values: readonly Value[]): number =>
      outcome(Number(symbols[name]!(...values)), errno);
  return libcDoor(call, { ...FILE_CALLS, name: "bun:ffi", addressOf: (bytes) => BigInt(ffi.ptr(bytes)) });
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
