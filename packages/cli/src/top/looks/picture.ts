import type { Health, History, Limits, Rates, Sample, WatchedSocket } from "procnet";
import type { Tally } from "../../commands/tally.ts";
import type { Traffic } from "./traffic.ts";

/** What one look found, and all that is made of it whatever is shown. */
export interface Picture {
  /** When the look began. */
  readonly at: Date;
  /** What it took in all, milliseconds. */
  readonly took: number;
  /** All sockets of all tables, each once. */
  readonly sockets: readonly WatchedSocket[];
  /** Those that closed in the last ten seconds, as they were seen last. */
  readonly closed: readonly WatchedSocket[];
  /** When one of them closed, by the clock of `now`; `undefined` of one that is there. */
  readonly closedAt: (socket: WatchedSocket) => number | undefined;
  readonly now: number;
  /** What was counted while they went by: of the tables that are shown unless all are wanted, and of all. */
  readonly tally: { readonly usual: Tally; readonly all: Tally };
  /** Connections that came and went unseen since the beginning; `undefined` where that cannot be told. */
  readonly missed: number | undefined;
  /** Counters of the network namespace; `undefined` before they were read. */
  readonly sample: Sample | undefined;
  readonly rates: Rates | undefined;
  /** Settings of the kernel that numbers are held against. */
  readonly limits: Limits | undefined;
  /** What is wrong; `undefined` before it was judged. */
  readonly health: Health | undefined;
  /** Bytes of sockets and processes; `undefined` where the kernel is not asked. */
  readonly traffic: Traffic | undefined;
  readonly history: History;
  /** Tables that could not be read, in words. */
  readonly unread: readonly string[];
}
