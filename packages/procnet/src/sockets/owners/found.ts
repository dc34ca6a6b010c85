import type { ProcfsError } from "../../errors.ts";
import type { Skipped, SocketOwner } from "../types.ts";

/** What a search for owners found: {@link searchAll} looks at all processes, {@link searchFew} for a few sockets only. */
export interface OwnersFound {
  /** The owners of a socket by its inode; `undefined` where none is known. */
  readonly owners: (inode: number) => readonly SocketOwner[] | undefined;
  readonly unseen: Unseen;
  /** Whether every descriptor was read of every process that let itself be looked at: then all owners are found. */
  readonly whole: boolean;
}

/** What a search could not see. */
export interface Unseen {
  readonly skipped: Skipped[];
  /** A process refused to let its descriptors be read. */
  denied: boolean;
  /** A process ended meanwhile. */
  exited: boolean;
  /** The budget ended the search. */
  overBudget: boolean;
}

/** That of a search which begins. */
export function nothingUnseen(): Unseen {
  return { skipped: [], denied: false, exited: false, overBudget: false };
}

/** Remembers why a process could not be looked at. */
export function note(pid: number, error: ProcfsError, unseen: Unseen): void {
  if (error.code === "ESRCH") {
    unseen.exited = true;
    return;
  }
  // Mostly EACCES. A captured tree lacks what its maker was refused (ENOENT), and this process may have no descriptors left
  // (EMFILE): whatever it was, the process may hold any socket.
  unseen.denied = true;
  unseen.skipped.push({ what: "process", pid, code: error.code, message: error.message });
}
