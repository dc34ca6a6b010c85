import { foreignProcessIds, type HeldSockets, PinnedOwners, pinnedOwnersState } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { OwnersIterator } from "../owners/iterator.ts";

/**
 * Who holds what, as long as the iterator can be had: whether it can is found out once. Without the rights to load it, the one that an
 * administrator has pinned is read.
 */
export class KernelOwners {
  /** Who told it. */
  by: "kernel" | "pin" = "kernel";
  private readonly door: KernelDoor;
  private iterator: OwnersIterator | undefined;
  /** Why it cannot be had. */
  private reason: string | undefined;
  private pinned: PinnedOwners | undefined;

  constructor(door: KernelDoor) {
    this.door = door;
  }

  /** What all processes hold; `undefined` where that cannot be told, and `note` is told why. */
  async held(note: (why: string) => void, signal?: AbortSignal): Promise<HeldSockets[] | undefined> {
    const iterator = this.opened();
    this.by = iterator === undefined ? "pin" : "kernel";
    if (iterator !== undefined) return iterator.held(signal);
    if (pinnedOwnersState().kind !== "absent") {
      this.pinned ??= new PinnedOwners();
      return this.pinned.held("/proc", note, signal);
    }
    note(`owners are read from links of descriptors: ${this.reason}`);
    return undefined;
  }

  close(): void {
    this.iterator?.close();
    this.iterator = undefined;
  }

  private opened(): OwnersIterator | undefined {
    if (this.iterator !== undefined || this.reason !== undefined) return this.iterator;
    try {
      const why = foreignProcessIds("/proc");
      if (why !== undefined) throw new Error(why);
      this.iterator = new OwnersIterator(this.door);
    } catch (error) {
      this.reason = (error as Error).message;
    }
    return this.iterator;
  }
}
