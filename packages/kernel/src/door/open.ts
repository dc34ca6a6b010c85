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
  /** What is the case, without what would help. */
  readonly why: string;
  /** The command that would bring a door, where one would. */
  readonly remedy: string | undefined;

  constructor(why: string, remedy?: string) {
    super(remedy === undefined ? why : `${why}: ${remedy}`);
    this.why = why;
    this.remedy = remedy;
  }
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
      reasons.push(reasonOf(name, error as NodeJS.ErrnoException));
    }
  }
  const why = `@procnet/kernel has no foreign-function interface to use (${reasons.join("; ")})`;
  throw new NoDoor(why, names.includes("koffi") ? "npm install koffi" : undefined);
}

/** Why a door does not open: what is not there is told plainly, all else as it was said. */
function reasonOf(name: DoorName, { code, message }: NodeJS.ErrnoException): string {
  if (name === "koffi" && code === "MODULE_NOT_FOUND") return "koffi is not installed";
  if (code === "ERR_UNKNOWN_BUILTIN_MODULE") return `this Node has no ${name}`;
  return `${name}: ${message.split("\n")[0]}`;
}

function usual(): readonly DoorName[] {
  if ("Bun" in globalThis) return ["bun:ffi"];
  if ("Deno" in globalThis) return ["Deno.dlopen"];
  return ["koffi", "node:ffi"];
}
