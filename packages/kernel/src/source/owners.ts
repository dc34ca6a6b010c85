import { foreignProcessIds, type HeldSockets, PinnedOwners, pinnedOwnersState } from "procnet";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import { OwnersIterator } from "../owners/iterator.ts";

/** What may be otherwise in a moment. */
const PASSING: ReadonlySet<string | undefined> = new Set(["EMFILE", "ENFILE", "ENOMEM", "EINTR", "EAGAIN", "EBUSY"]);

/**
 * Who holds what, as long as the iterator can be had: whether it can is found out once. Without the rights to load it, the one that an
 * administrator has pinned is read.
 */
export class KernelOwners {
  /** Who told it. */
  by: "kernel" | "pin" = "kernel";
  private readonly door: KernelDoor;
  /** The iterator, once it was asked for; `undefined` where it cannot be had, and why. */
  private iterator: Promise<OwnersIterator | undefined> | undefined;
  private reason: string | undefined;
  private pinned: PinnedOwners | undefined;

  constructor(door: KernelDoor) {
    this.door = door;
  }

  /** What all processes hold; `undefined` where that cannot be told, and `note` is told why. */
  async held(root: string, note: (why: string) => void, signal?: AbortSignal): Promise<HeldSockets[] | undefined> {
    const foreign = root === "/proc" ? undefined : foreignProcessIds(root);
    if (foreign !== undefined) {
      note(leftBecause(foreign));
      return undefined;
    }
    this.iterator ??= this.opened();
    const iterator = await this.iterator;
    signal?.throwIfAborted();
    this.by = iterator === undefined ? "pin" : "kernel";
    if (iterator !== undefined) return iterator.held(signal).catch((error: unknown) => leftToLinks(error, note));
    if (pinnedOwnersState().kind !== "absent") {
      this.pinned ??= new PinnedOwners();
      return this.pinned.held(root, note, signal);
    }
    note(leftBecause(this.reason));
    return undefined;
  }

  close(): void {
    this.iterator?.then((iterator) => iterator?.close());
    this.iterator = undefined;
  }

  private async opened(): Promise<OwnersIterator | undefined> {
    try {
      const why = foreignProcessIds("/proc");
      if (why !== undefined) throw new Error(why);
      return await OwnersIterator.open(this.door);
    } catch (error) {
      this.reason = (error as Error).message;
      // What is missing for a moment is asked for again.
      if (PASSING.has((error as NodeJS.ErrnoException).code)) this.iterator = undefined;
      return undefined;
    }
  }
}

/** What the iterator cannot tell now, as for lack of descriptors or of memory, links do. Whoever gave up is told so. */
function leftToLinks(error: unknown, note: (why: string) => void): undefined {
  if (!(error instanceof KernelError)) throw error;
  note(leftBecause(error.message));
  return undefined;
}

function leftBecause(reason: string | undefined): string {
  return `owners are read from links of descriptors: ${reason}`;
}
