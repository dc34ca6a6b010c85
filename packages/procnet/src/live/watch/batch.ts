import type {
  OwnerlessReason,
  Skipped,
  Socket,
  SocketOwner,
  SocketProtocol,
  SocketsRest,
} from "../../sockets/types.ts";

/** A process that holds a socket, or held it when it was seen last. */
export interface WatchedOwner extends SocketOwner {
  /** The process is gone: no process has its number now, or one that began at another time. */
  readonly ended?: true;
}

/** What a watch knows of a socket from earlier looks. */
export interface SeenBefore {
  /** Who holds it; with `ownersWere`, who held it last. */
  readonly owners: readonly WatchedOwner[] | undefined;
  /** The owners are those known last: nobody is seen to hold it now, and `ownerless` says why. */
  readonly ownersWere?: true;
}

/** A socket as a watch tells of it. */
export type WatchedSocket<Kind extends Socket = Socket> = Kind & SeenBefore;

/** What can change of a socket; those of queues and losses are told only where `queues` asks for them. */
export type WatchField =
  | "state"
  | "listening"
  | "inode"
  | "owners"
  | "localAddress"
  | "remoteAddress"
  | "remotePort"
  | "path"
  | "rxQueue"
  | "txQueue"
  | "rmem"
  | "wmem"
  | "retransmits"
  | "drops";

/**
 * The fields that busy connections change all the time: a watch tells of them only where it is asked for `queues`.
 *
 * @example
 * ```ts
 * import { QUEUE_FIELDS } from "procnet/live";
 * QUEUE_FIELDS.includes("rxQueue"); // true
 * ```
 */
export const QUEUE_FIELDS: readonly WatchField[] = ["rxQueue", "txQueue", "rmem", "wmem", "retransmits", "drops"];

/** A socket that is another than it was. */
export interface ChangedSocket<Kind extends Socket = Socket> {
  /** As it was seen last. */
  readonly before: WatchedSocket<Kind>;
  /** As it is. */
  readonly after: WatchedSocket<Kind>;
  /** What is different. */
  readonly fields: readonly WatchField[];
}

/** What is different between two looks. All sockets before, with `opened` and `traces`, without `closed`, are those after. */
export interface SocketChanges<Kind extends Socket = Socket> {
  /** Sockets that were not there before. */
  readonly opened: readonly WatchedSocket<Kind>[];
  /** Sockets that are not there any more, with the owners known last. */
  readonly closed: readonly WatchedSocket<Kind>[];
  /** Sockets that are others than they were, also those of which only the row in `TIME_WAIT` is left. */
  readonly changed: readonly ChangedSocket<Kind>[];
  /** Rows in `TIME_WAIT` of connections that were never seen alive: they came and went between two looks. */
  readonly traces: readonly WatchedSocket<Kind>[];
}

/** How many sockets of a table are in a state. */
export interface WatchCount {
  /** The table. */
  readonly protocol: SocketProtocol;
  /** The kernel's word for the state; absent for tables without one. */
  readonly state: string | undefined;
  /** How many there are. */
  readonly sockets: number;
}

/**
 * Why it is not known how many connections were missed:
 *
 * - `first`: the namespace was not looked at before
 * - `unreadable`: its counters could not be read
 * - `reset`: a counter was less than before
 * - `restricted`: not all sockets of TCP of both families were looked at
 */
export type MissedUnknown = "first" | "unreadable" | "reset" | "restricted";

/** Connections of TCP that a namespace opened and no look saw. */
export interface MissedConnections {
  /** Number of the namespace; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
  /** How many, by the counters `ActiveOpens` and `PassiveOpens`: a connection within one namespace is two. Absent where unknown. */
  readonly connections: number | undefined;
  /** Why they are unknown. */
  readonly why?: MissedUnknown;
}

/** What each item of a watch says. */
export interface WatchRound {
  /** When the look began. */
  readonly at: Date;
  /** How long it took, milliseconds. */
  readonly took: number;
  /** How many of the sockets there are now, by table and state. */
  readonly counts: readonly WatchCount[];
  /** What could not be looked at. Sockets of a table that was not read this time stay as they were. */
  readonly skipped: readonly Skipped[];
}

/** The first item of a watch: all that is there. */
export interface WatchSnapshot<Kind extends Socket = Socket> extends WatchRound {
  /** What tells it from a batch. */
  readonly kind: "snapshot";
  /** The sockets. */
  readonly sockets: readonly WatchedSocket<Kind>[];
  /** The namespaces that were read. */
  readonly namespaces: SocketsRest["namespaces"];
  /** With which rights. */
  readonly rights: SocketsRest["rights"];
}

/** What is different since the item before. */
export interface WatchBatch<Kind extends Socket = Socket> extends WatchRound, SocketChanges<Kind> {
  /** What tells it from the snapshot. */
  readonly kind: "batch";
  /** Connections that no look saw, by namespace. */
  readonly missed: readonly MissedConnections[];
}

/** An item of a watch. */
export type WatchItem<Kind extends Socket = Socket> = WatchSnapshot<Kind> | WatchBatch<Kind>;

/** Reasons for no owner that say that nobody holds a socket; with all others somebody may. */
export const HELD_BY_NOBODY: ReadonlySet<OwnerlessReason | undefined> = /* @__PURE__ */ new Set<
  OwnerlessReason | undefined
>(["kernel", "time-wait"]);
