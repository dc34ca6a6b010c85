import type { TcpState } from "../codes/tcp-state.ts";
import type { SocketSource } from "./source.ts";
import type { OwnerlessReason, SocketOwner, SocketsRest } from "./types.ts";

/** What is asked about a port. */
export interface WhoListensOptions {
  /** `tcp`, the default, or `udp`: sockets that receive without being connected. */
  readonly protocol?: "tcp" | "udp";
  /** The process whose network namespace is meant; the reader's own namespace by default. */
  readonly pid?: number;
  /**
   * Whether an owner of each listener is enough (`"first"`: low descriptors are looked at first, and the rest of a large
   * process only while an owner is missing), or every process that holds one is wanted (`"all"`: all descriptors are looked at,
   * which takes as long as `sockets`). By default as `"first"`, and all of them where few are left to look at. `complete` of
   * the answer says which it was.
   */
  readonly owners?: "first" | "all";
  /**
   * Leaves connections in `TIME_WAIT` out of `blockedBy`: a server that sets SO_REUSEADDR before it binds, as that of Node
   * does, is not kept off by those that a server with SO_REUSEADDR has left behind.
   */
  readonly ignoreTimeWait?: boolean;
  /**
   * Who is asked before procfs: `createKernelSource()` of `@procnet/kernel`, which is asked for this port alone, or `pinnedOwners()`. All
   * owners are told then, whatever `owners` says. What it cannot answer is read from procfs; `sourceOf` of the answer says why. Where the
   * procfs is not that of the running kernel it is not asked; `whoListensSync` does not take it.
   */
  readonly source?: SocketSource;
  /** Ends the work early with its reason. */
  readonly signal?: AbortSignal;
}

/** A socket whose local port is the one asked about. */
export interface PortSocket {
  /** The table it is in. */
  readonly protocol: "tcp" | "tcp6" | "udp" | "udp6";
  /** The address it is bound to; `0.0.0.0` and `::` are all addresses of the family. */
  readonly localAddress: string;
  /** The port it is bound to. */
  readonly localPort: number;
  /** N of the link `socket:[N]`; 0 when no process holds it. */
  readonly inode: number;
  /** User id of who made it, as far as this reader's user namespace has one. Owners may be others, see their `uid`. */
  readonly uid: number;
  /** Processes that hold it, as far as they were looked for. */
  readonly owners: readonly SocketOwner[];
  /** Why `owners` is empty. */
  readonly ownerless: OwnerlessReason | undefined;
  /** Another row of a table that was read has the same inode: one of the two may be forged. Absent on all others. */
  readonly suspect?: true;
}

/** A socket that answers on the port. */
export interface Listener extends PortSocket {
  /** Connections that wait for `accept`; for UDP always 0. */
  readonly waiting: number;
  /**
   * Whether it answers IPv4. A socket bound to `::` does so unless it has the option IPV6_V6ONLY, which procfs does not
   * show: then this is `"unknown"`, unless a source told it.
   */
  readonly answersIpv4: boolean | "unknown";
}

/** A socket that keeps a server from binding the port: a listener, or a connection whose local port it is. */
export interface PortBlocker extends PortSocket {
  /** Address of the peer; `0.0.0.0` or `::` when there is none. */
  readonly remoteAddress: string;
  /** 0 when there is no peer. */
  readonly remotePort: number;
  /** State of the socket. */
  readonly state: TcpState;
}

/** What every answer about a port says. */
export interface PortAnswer {
  /** The port that was asked for. */
  readonly port: number;
  /**
   * Whether all owners of all listeners were looked for everywhere, as far as anybody can from here. `false` where not all was
   * looked at, and where a process refused that somebody with more rights may look at: it may hold a listener too, also one
   * whose owner is known. Where even the right to trace every process does not help (a process that refuses root, processes
   * outside of this pid namespace) `reasons` say so. A listener of the kernel's own changes nothing, and where nobody listens
   * nothing is missing. A process that received a listener during the search may be missed.
   */
  readonly complete: boolean;
  /**
   * Whether nothing is seen that keeps a server from binding the port on all addresses, as `listen(port)` does: `blockedBy`
   * is empty. On one address alone a server can be bound beside a socket of another address.
   *
   * Not seen are: sockets of TCP that are bound but neither listen nor are connected, SO_REUSEPORT and SO_REUSEADDR of the
   * sockets seen (with the latter, a server that sets it too can be bound over connections), devices they are bound to, and
   * whether the server may take the port at all (`ip_unprivileged_port_start`).
   */
  readonly bindable: boolean;
  /**
   * What is seen to keep a server off, listeners included. While somebody listens, connections are looked for with
   * `owners: "all"` only, as the whole table has to be read for them.
   */
  readonly blockedBy: readonly PortBlocker[];
  /**
   * What is missing: why a listener has no owner, why `complete` is `false`, and who cannot be seen from here though it is
   * `true`. `budget` means that it was not looked further, as more than was asked for was known.
   */
  readonly reasons: readonly OwnerlessReason[];
  /** Who answered, where another source than procfs was to be asked: it, or procfs in its place. */
  readonly source?: SocketsRest["source"];
  /** What of the answer is the source's, and why the rest is not. */
  readonly sourceOf?: SocketsRest["sourceOf"];
}

/** Every listener has an owner that is known. */
export interface OwnedPort extends PortAnswer {
  /** Every listener has an owner that is known. */
  readonly kind: "owned";
  /** All of them, at least one. */
  readonly listeners: readonly Listener[];
}

/** Nobody listens. Whether a server can be bound is another question: see `bindable`. */
export interface FreePort extends PortAnswer {
  /** Nobody listens. */
  readonly kind: "free";
  /** None. */
  readonly listeners: readonly [];
}

/** Somebody listens, and of one listener at least no owner is known: `reasons` say why. The others have theirs. */
export interface UnknownPort extends PortAnswer {
  /** Somebody listens, and of one listener at least no owner is known. */
  readonly kind: "unknown";
  /** Those that are seen. */
  readonly listeners: readonly Listener[];
}

/** Who answers on a port. */
export type WhoListens = OwnedPort | FreePort | UnknownPort;
