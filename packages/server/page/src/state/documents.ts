import type { Finding, UnknownFinding } from "procnet/live";
import type { DestinationRow, ListenerRow, ProcessRow } from "procnet/view";

/*
 * What events say that have all there is to know. A server that tells little leaves fields out.
 */

/** What is wrong. */
export interface HealthDocument {
  readonly takenAt: string;
  readonly window: number;
  readonly samples: number;
  readonly findings: readonly Finding[];
  readonly unknown: readonly UnknownFinding[];
  readonly ok: readonly string[];
}

interface GroupsDocument {
  readonly takenAt: string;
  /** How many there are; only the first ones are told. */
  readonly total: number;
}

/** Processes by their sockets. */
export interface ProcessesDocument extends GroupsDocument {
  readonly processes: readonly ProcessRow[];
  readonly ownerless?: readonly { readonly reason: string; readonly sockets: number }[];
}

/** What listens. */
export interface ListenersDocument extends GroupsDocument {
  readonly listeners: readonly ListenerRow[];
}

/** Where connections lead. */
export interface DestinationsDocument extends GroupsDocument {
  readonly destinations: readonly DestinationRow[];
}
