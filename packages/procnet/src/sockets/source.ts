import type { AddressRange } from "../codes/address-range.ts";
import type { InetWhere } from "../files/sockets/inet/inet-row.ts";
import type { UnixWhere } from "../files/sockets/unix/unix-where.ts";
import type { Socket, SocketProtocol } from "./types.ts";

/**
 * Somebody else than procfs who knows of sockets: `createKernelSource()` of `@procnet/kernel` gives one, which asks the kernel by system
 * calls, and `pinnedOwners()` one that reads whose they are from a file. What it cannot answer, procfs does.
 */
export interface SocketSource {
  /** What it is called in an answer. */
  readonly name: "kernel" | "pin";
  /** Whether it tells of owners and of no table: these are read from procfs then, without asking. */
  readonly ownersAlone?: boolean;
  /** Makes ready for one answer. Whoever asks ends it with `close`. */
  begin(asked: SourceAsked): Promise<SourceLook>;
}

/** What an answer will be about. */
export interface SourceAsked {
  /** Where the procfs is that process ids are of: `/proc`. */
  readonly root: string;
  /** The processes through which other network namespaces are reached. */
  readonly pids: readonly number[];
  /** Numbers of these namespaces by the process, as questions about them will have them: who knows can begin with the next. */
  readonly namespaces?: ReadonlyMap<number, number | undefined>;
  /** Ends the work early. */
  readonly signal: AbortSignal | undefined;
}

/** One look of a source. */
export interface SourceLook {
  /** All sockets of a table that fulfil the conditions, without owners; `undefined` where procfs is to be asked: `notes` say why. */
  sockets(question: SourceQuestion): Promise<readonly Socket[] | undefined>;
  /** What all processes hold, as it is now; `undefined` where links are to be read: `notes` say why. */
  held(): Promise<readonly HeldSockets[] | undefined>;
  /** Who told that, where it has another name than the source. */
  readonly heldBy?: "kernel" | "pin" | undefined;
  /** Why something was left to procfs, a sentence each. */
  readonly notes: readonly string[];
  /** Lets go of what it holds. */
  close(): void;
}

/** Which sockets are meant. */
export interface SourceQuestion {
  /** The table. */
  readonly protocol: SocketProtocol;
  /** Number of the network namespace, for the rows. */
  readonly namespace: number | undefined;
  /** The process through which it is reached; `undefined` for the reader's own. */
  readonly pid: number | undefined;
  /** What sockets of the internet must be; all without. */
  readonly inet: InetWhere | undefined;
  /** Addresses, of which sockets of the internet must have one on either side; all without. It is enough to leave out some that have none. */
  readonly addresses: readonly AddressRange[] | undefined;
  /** What unix sockets must be; all without. */
  readonly unix: UnixWhere | undefined;
}

/**
 * The sockets that a process holds. A source gives the same object again where the process is what it was, by its user, its name, its
 * program and its control group, and holds what it held: then nothing is read of it.
 */
export interface HeldSockets {
  /** Process id. */
  readonly pid: number;
  /** When it began, in ticks since boot, as the 22nd field of `/proc/PID/stat` has it: another process with its number has another one. */
  readonly start: number;
  /** Descriptors, ascending, and inodes, in pairs. */
  readonly pairs: Float64Array;
}
