import { bunDoor } from "./bun.ts";
import { denoDoor } from "./deno.ts";
import type { DoorName, KernelDoor } from "./door.ts";
import { koffiDoor } from "./koffi.ts";
import { nodeFfiDoor } from "./node-ffi.ts";

const DOORS: Readonly<Record<DoorName, () => KernelDoor>> = {
  koffi: koffiDoor,
  "node:ffi": nodeFfiDoor,
  "bun:ffi": bunDoor,
  "Deno.dlopen": denoDoor,
};

/** Why there is no door: nothing in it is a fault of the user's. */
export class NoDoor extends Error {
  override readonly name = "NoDoor";
}

/**
 * Opens the door that this runtime has: Bun's and Deno's own; in Node koffi where it is installed, which is the fastest, else `node:ffi`.
 *
 * @throws NoDoor where there is none, with what would help
 */
export function openDoor(wanted?: DoorName): KernelDoor {
  if (process.platform !== "linux") throw new NoDoor(`netlink is Linux's, and this is ${process.platform}`);
  const names = wanted === undefined ? usual() : [wanted];
  const reasons: string[] = [];
  for (const name of names) {
    try {
      return DOORS[name]();
    } catch (error) {
      reasons.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  const help = names.includes("koffi") ? "; npm install koffi brings one" : "";
  throw new NoDoor(`no foreign-function interface can be used (${reasons.join("; ")})${help}`);
}

function usual(): readonly DoorName[] {
  if ("Bun" in globalThis) return ["bun:ffi"];
  if ("Deno" in globalThis) return ["Deno.dlopen"];
  return ["koffi", "node:ffi"];
}
