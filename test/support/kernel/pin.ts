import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KernelDoor } from "../../../packages/kernel/src/door/door.ts";
import { openDoor } from "../../../packages/kernel/src/door/open.ts";
import { Bpf } from "../../../packages/kernel/src/owners/bpf.ts";
import { OwnersIterator } from "../../../packages/kernel/src/owners/iterator.ts";
import { offsetsHere } from "../../../packages/kernel/src/owners/offsets.ts";
import { ownersProgram } from "../../../packages/kernel/src/owners/program.ts";
import { OWNER_MARK } from "../../../packages/procnet/src/sockets/pinned/record.ts";

/** Why the iterator cannot be had here; `undefined` where it can. */
export async function noIterator(): Promise<string | undefined> {
  try {
    (await OwnersIterator.open(openDoor())).close();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A bpffs at a place of its own. */
export interface OwnBpffs {
  readonly directory: string;
  readonly door: KernelDoor;
  remove(): void;
}

export function ownBpffs(): OwnBpffs {
  const door = openDoor();
  const directory = mkdtempSync(join(tmpdir(), "procnet-bpffs-"));
  const result = door.mount("bpf", directory, 0, "mode=0755");
  if (result !== 0) throw new Error(`mount of a bpffs at ${directory}: ${result}`);
  const remove = (): void => {
    door.unmount(directory);
    rmSync(directory, { recursive: true });
  };
  return { directory, door, remove };
}

/** Pins an iterator whose records begin otherwise, as those of another form would. */
export async function pinForeign(door: KernelDoor, path: string): Promise<void> {
  const bpf = new Bpf(door);
  const at = await offsetsHere();
  const program = ownersProgram(at);
  const words = new Uint32Array(program.buffer);
  words[words.indexOf(OWNER_MARK)] = OWNER_MARK + 8;
  const loaded = bpf.loadIterator(program, at.attachTo);
  const link = bpf.link(loaded);
  bpf.pin(link, path);
  bpf.close(link);
  bpf.close(loaded);
}
