import { firstOf } from "./bun.ts";
import type { KernelDoor } from "./door.ts";
import { CALLS, type CallName, type CType, libcDoor, outcome, type Value, widened } from "./libc.ts";

type Pointer = { readonly pointer: unique symbol };

/** As much of Deno as is used here. */
interface Deno {
  dlopen(
    path: string,
    symbols: Readonly<Record<string, Prototype>>,
  ): {
    readonly symbols: {
      readonly __errno_location: () => Pointer;
      readonly readApart: Apart;
      readonly writeApart: Apart;
    } & Readonly<Record<string, (...values: readonly (Value | bigint)[]) => number | bigint>>;
  };
  readonly UnsafePointer: { of(bytes: Uint8Array): Pointer; value(pointer: Pointer): bigint };
  readonly UnsafePointerView: new (pointer: Pointer) => { getInt32(): number };
}

type Apart = (...values: readonly (Value | bigint)[]) => Promise<number | bigint>;

/** How a function of C is called: with `nonblocking`, on another thread. */
type Prototype = Readonly<{ name?: string; parameters: readonly string[]; result: string; nonblocking?: boolean }>;

const LIBRARIES = ["libc.so.6", "libc.so"];

const TYPES: Readonly<Record<CType, string>> = {
  int: "i32",
  unsigned: "u32",
  long: "i64",
  size: "usize",
  ssize: "isize",
  bytes: "buffer",
};

/** Its descriptors of files are none of the kernel's: calls on other threads have to be made elsewhere. */
const APART = { parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true };

const SYMBOLS: Readonly<Record<string, Prototype>> = {
  ...Object.fromEntries(
    Object.entries(CALLS).map(([name, [result, ...parameters]]) => [
      name,
      { parameters: parameters.map((type) => TYPES[type]), result: TYPES[result] },
    ]),
  ),
  readApart: { ...APART, name: "read" },
  writeApart: { ...APART, name: "write" },
  __errno_location: { parameters: [], result: "pointer" },
};

/** Deno, with the permission `--allow-ffi`. @throws where this is no Deno, or it may not */
export function denoDoor(): KernelDoor {
  const { Deno } = globalThis as { readonly Deno?: Deno };
  if (Deno?.dlopen === undefined) throw new Error("this is no Deno");
  const { symbols } = firstOf(LIBRARIES, (path) => Deno.dlopen(path, SYMBOLS));
  const errno = (): number => new Deno.UnsafePointerView(symbols.__errno_location()).getInt32();
  const call = (name: CallName) => {
    const [, ...parameters] = CALLS[name];
    return (...values: readonly Value[]): number =>
      outcome(Number(symbols[name]!(...widened(parameters, values))), errno);
  };
  const apart =
    (made: Apart) =>
    async (fd: number, bytes: Uint8Array): Promise<number> => {
      const result = Number(await made(fd, bytes, BigInt(bytes.length)));
      // The number of an error stays with the thread that made the call: all are EIO here.
      return result < 0 ? -5 : result;
    };
  const readApart = apart(symbols.readApart);
  return libcDoor(call, {
    name: "Deno.dlopen",
    readApart,
    readManyApart: (fd, [into]) => readApart(fd, into!),
    writeApart: apart(symbols.writeApart),
    addressOf: (bytes) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)),
  });
}
