import { readlinkSync } from "node:fs";
import type { HeldSockets } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { heldSockets } from "../owners/held.ts";
import { loadOwners, type OwnersIterator } from "../owners/iterator.ts";

/** The first pid namespace (PROC_PID_INIT_INO): the iterator tells the process ids that are valid there. */
const FIRST_PID_NAMESPACE = "pid:[4026531836]";

/** Who holds what, as long as the iterator can be had: whether it can is found out once. */
export class KernelOwners {
  private readonly door: KernelDoor;
  private iterator: OwnersIterator | undefined;
  /** Why it cannot be had. */
  private reason: string | undefined;

  constructor(door: KernelDoor) {
    this.door = door;
  }

  /** What all processes hold; `undefined` where that cannot be told, and `note` is told why. */
  async held(note: (why: string) => void, signal?: AbortSignal): Promise<HeldSockets[] | undefined> {
    const iterator = this.opened();
    if (iterator === undefined) {
      note(`owners are read from links of descriptors: ${this.reason}`);
      return undefined;
    }
    return heldSockets(iterator, signal);
  }

  close(): void {
    this.iterator?.close();
    this.iterator = undefined;
  }

  private opened(): OwnersIterator | undefined {
    if (this.iterator !== undefined || this.reason !== undefined) return this.iterator;
    try {
      if (readlinkSync("/proc/self/ns/pid") !== FIRST_PID_NAMESPACE)
        throw new Error("the kernel tells process ids of the first pid namespace, and this is another");
      this.iterator = loadOwners(this.door);
    } catch (error) {
      this.reason = (error as Error).message;
    }
    return this.iterator;
  }
}
