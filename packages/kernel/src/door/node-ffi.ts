import { createRequire } from "node:module";
import type { KernelDoor } from "./door.ts";
import { CALLS, type CallName, type CType, libcDoor, outcome, type Value, widened } from "./libc.ts";
import { FILE_CALLS } from "./pool.ts";

/** As much of `node:ffi` as is used here. */
interface NodeFfi {
  readonly DynamicLibrary: new (
    path: null,
  ) => {
    getFunction(
      name: string,
      signature: { readonly return: string; readonly arguments: readonly string[] },
    ): (...values: readonly (number | bigint)[]) => number | bigint;
  };
  getRawPointer(bytes: Uint8Array): bigint;
  getInt32(pointer: bigint): number;
}

const TYPES: Readonly<Record<CType, string>> = {
  int: "i32",
  unsigned: "u32",
  long: "i64",
  size: "u64",
  ssize: "i64",
  bytes: "pointer",
};

/** Node 26 and later, which has an interface of its own. @throws where this Node has none */
export function nodeFfiDoor(): KernelDoor {
  const ffi = createRequire(import.meta.url)("node:ffi") as NodeFfi;
  const libc = new ffi.DynamicLibrary(null);
  const place = libc.getFunction("__errno_location", { return: "pointer", arguments: [] });
  const errno = (): number => ffi.getInt32(BigInt(place()));
  const call = (name: CallName) => {
    const [result, ...parameters] = CALLS[name];
    const made = libc.getFunction(name, { return: TYPES[result], arguments: parameters.map((type) => TYPES[type]) });
    return (...values: readonly Value[]): number => {
      const given = widened(parameters, values).map((value) =>
        value instanceof Uint8Array ? ffi.getRawPointer(value) : value,
      );
      return outcome(Number(made(...given)), errno);
    };
  };
  return libcDoor(call, { ...FILE_CALLS, name: "node:ffi", addressOf: (bytes) => ffi.getRawPointer(bytes) });
}
