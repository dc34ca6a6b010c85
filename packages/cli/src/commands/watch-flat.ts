import {
  intervalPhase,
  type MachineIdentity,
  untilPhase,
  type WatchBatch,
  type WatchedSocket,
  type WatchItem,
} from "procnet";
import { type FlatEvent, flatText } from "procnet/view";
import type { EventName } from "./watch-text.ts";

/*
 * What `procnet watch --flat` prints: what happens, and all that is there when it begins and now and then, so that whoever lost a row
 * is right again.
 */

/** How often all that is there is told, milliseconds. */
export const SNAPSHOT_EVERY: number = 10 * 60 * 1000;

/** What to print. */
export interface FlatOptions {
  readonly machine: MachineIdentity;
  /** Milliseconds from one snapshot to the next. */
  readonly every: number;
  readonly only: ReadonlySet<EventName>;
  readonly passes: (socket: WatchedSocket) => boolean;
}

/** Rows of what a watch finds. */
export class FlatLines {
  private readonly options: FlatOptions;
  /** When the next snapshot is due, by the times of looks. */
  private due: number | undefined;

  constructor(options: FlatOptions) {
    this.options = options;
  }

  /** Of an item, with all sockets as they are then. */
  *of(item: WatchItem, sockets: readonly WatchedSocket[]): Generator<string> {
    if (item.kind === "batch") yield* this.happened(item);
    if (!this.options.only.has("present") || !this.isDue(item.at.getTime())) return;
    const { passes } = this.options;
    yield* this.rows("snapshot", item, item.kind === "snapshot" ? item.sockets : sockets.filter(passes));
  }

  private *happened(item: WatchBatch): Generator<string> {
    const { only } = this.options;
    const { opened, closed, changed, traces } = item;
    if (only.has("closed")) yield* this.rows("closed", item, closed);
    if (only.has("opened")) yield* this.rows("opened", item, opened);
    // Of a connection that came and went between two looks, the row in TIME_WAIT is what there is.
    if (only.has("traces")) yield* this.rows("opened", item, traces);
    if (only.has("changed"))
      yield* this.rows(
        "changed",
        item,
        changed.map(({ after }) => after),
      );
  }

  private *rows(event: FlatEvent, { at }: WatchItem, sockets: readonly WatchedSocket[]): Generator<string> {
    const context = { ...this.options.machine, takenAt: at, event };
    for (const socket of sockets) yield flatText(socket, context);
  }

  /**
   * Whether it is time for a snapshot. The first is told at once, the others when this machine's turn has come, so that machines that
   * were started together do not all tell everything in the same second. A clock that is set back makes no pause.
   */
  private isDue(now: number): boolean {
    const { every, machine } = this.options;
    if (this.due !== undefined && now < this.due && this.due - now <= every) return false;
    this.due = now + untilPhase(now, every, intervalPhase(machine.bootId ?? "", every));
    return true;
  }
}
