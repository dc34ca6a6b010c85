import type { TcpState } from "../codes/tcp-state.ts";
import type { UnixState } from "../codes/unix.ts";
import type { OnIssue } from "../errors.ts";
import type { SocketSource } from "./source.ts";
import type { SocketProtocol, SocketsRest } from "./types.ts";

/** The tables that are read where none are asked for. */
export type UsualProtocol = "tcp" | "tcp6" | "udp" | "udp6";

/**
 * What is asked; all optional. A condition is called like the column it tests, and takes one value or several. `Asked` is
 * which tables: the type of the answer follows from it.
 */
export interface SocketsOptions<Asked extends SocketProtocol | "all" = SocketProtocol | "all"> {
  /** Only these tables: TCP and UDP of both families by default, `"all"` for every one. */
  readonly protocol?: Asked | readonly Asked[];
  /** Only sockets in this state, or in one of these. */
  readonly state?: TcpState | UnixState | readonly (TcpState | UnixState)[];
  /**
   * Only sockets that wait for others, as `ss -l` shows them: listeners of TCP and unix, all others without a peer. `false`: only
   * those that do not.
   */
  readonly listening?: boolean;
  /** Only this port of this side, or one of these. */
  readonly localPort?: number | readonly number[];
  /** Only this port of the other side, or one of these. */
  readonly remotePort?: number | readonly number[];
  /** Only sockets with an address of either side in this range, or in one of these: `10.0.0.0/8`, `::1`, `fe80::/10`. */
  readonly address?: string | readonly string[];
  /** Only sockets of this user, or of one of these. */
  readonly uid?: number | readonly number[];
  /** Only this socket, N of the link `socket:[N]`, or these. */
  readonly inode?: number | readonly number[];
  /** Only sockets held by this process, or by one of these; asks for all owners. */
  readonly pid?: number | readonly number[];
  /** Whose they are: not looked up, the first process found, or (the default) all of them. */
  readonly owners?: false | "first" | "all";
  /** Network namespaces: the reader's own (the default), all that can be reached, or these numbers. */
  readonly namespaces?: "current" | "all" | readonly number[];
  /**
   * Who is asked before procfs: `createKernelSource()` of `@procnet/kernel`. Its sockets have more fields, and owners take a fraction of the
   * time. What it cannot answer is read from procfs; `source` of the answer says who did. Asynchronous calls alone take it, and where the
   * procfs is that of the running kernel.
   */
  readonly source?: SocketSource;
  /** Ends the work early with its reason. */
  readonly signal?: AbortSignal;
  /** The most that looking for owners may cost; what is not found then has the reason `budget`. */
  readonly budget?: { readonly descriptors?: number; readonly milliseconds?: number };
  /** Called for every row that cannot be read; without it the first one throws. */
  readonly onIssue?: OnIssue;
  /**
   * Only these tables.
   *
   * @deprecated It is called {@link SocketsOptions.protocol} now, as in an answer and everywhere else.
   */
  readonly protocols?: Asked | readonly Asked[];
  /**
   * Only sockets in one of these states.
   *
   * @deprecated It is called {@link SocketsOptions.state} now, as in an answer and everywhere else.
   */
  readonly states?: readonly (TcpState | UnixState)[];
}

/** What is asked of `eachSocket`. */
export interface EachSocketOptions<Asked extends SocketProtocol | "all" = SocketProtocol | "all">
  extends SocketsOptions<Asked> {
  /** Called when the last socket was given, with what {@link SocketsResult} says besides: rights, namespaces, what was skipped. */
  readonly onEnd?: (rest: SocketsRest) => void;
}
