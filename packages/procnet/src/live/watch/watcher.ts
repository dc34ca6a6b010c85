import { monotonicNow } from "../../host/monotonic.ts";
import type { BaseProcFs } from "../../host/procfs.ts";
import { SocketEngine } from "../../sockets/engine.ts";
import type { SocketsRest } from "../../sockets/types.ts";
import type { WatchedSocket, WatchItem } from "./batch.ts";
import { LookCosts } from "./look-costs.ts";
import { Rounds, type RoundsOptions } from "./rounds.ts";

/** What a look says besides its sockets: of a snapshot the same. */
export type WatchRead = Pick<SocketsRest, "namespaces" | "rights" | "source" | "sourceOf">;

/** What `watch` gives: an async iterator that can wait. */
export interface Watch<Item = WatchItem> extends AsyncIterableIterator<Item, undefined, undefined> {
  /** All sockets as they were at the last look, each once, with the owners known last, whether they pass the filter or not. */
  readonly sockets: readonly WatchedSocket[];
  /** What was read at the last look, and with which rights; `undefined` before the first. */
  readonly read: WatchRead | undefined;
  /** Stops looking, from the next look on: whoever waits for an item goes on waiting. */
  pause(): void;
  /** Looks again, at once where the time has come. */
  resume(): void;
  /** Makes the next look due at once, whatever the interval; a look that is under way is not it. In a pause it waits for the end of that. */
  now(): void;
  /** Ends it, as leaving the loop does: threads end and files are closed, and whoever waits is told that it is over. */
  return(): Promise<IteratorReturnResult<undefined>>;
}

/** A watch as it is wanted, checked. */
export interface WatcherOptions {
  readonly procfs: BaseProcFs;
  readonly signal: AbortSignal | undefined;
  readonly interval: number;
  readonly adaptive: boolean;
  readonly rounds: RoundsOptions;
}

/** Looks for whoever waits, not oftener than wanted. Nothing is under way while nobody waits. */
export class Watcher implements Watch {
  private readonly options: WatcherOptions;
  private readonly engine: SocketEngine;
  private readonly rounds: Rounds;
  private readonly items: AsyncGenerator<WatchItem, undefined, undefined>;
  private readonly stopped = new AbortController();
  /** Ends a wait for the time of the next look, or for the end of a pause. */
  private wake: () => void = () => {};
  private readonly costs = new LookCosts();
  /** When the next look begins. */
  private due = monotonicNow();
  private paused = false;
  private looking = false;

  constructor(options: WatcherOptions) {
    this.options = options;
    this.engine = new SocketEngine({ procfs: options.procfs });
    this.rounds = new Rounds(this.engine, options.rounds);
    this.items = this.inTurn();
    const { signal } = options;
    if (signal?.aborted) this.stop();
    else signal?.addEventListener("abort", this.stop, { once: true });
  }

  get sockets(): readonly WatchedSocket[] {
    return this.rounds.sockets;
  }

  get read(): WatchRead | undefined {
    return this.rounds.read;
  }

  next(): Promise<IteratorResult<WatchItem, undefined>> {
    return this.items.next();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.stop();
    await this.items.return(undefined);
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<WatchItem, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  pause(): void {
    this.paused = true;
    this.wake();
  }

  resume(): void {
    this.paused = false;
    this.wake();
  }

  now(): void {
    this.due = monotonicNow();
    this.wake();
  }

  /** A field, as it is taken off the signal again. */
  private readonly stop = (): void => {
    this.options.signal?.removeEventListener("abort", this.stop);
    this.stopped.abort();
    this.wake();
    if (!this.looking) this.engine.close();
  };

  private async *inTurn(): AsyncGenerator<WatchItem, undefined, undefined> {
    const { signal } = this.stopped;
    try {
      while (await this.hasCome()) {
        const began = monotonicNow();
        this.looking = true;
        const item = await this.rounds.next(signal);
        this.looking = false;
        this.costs.took(item.took);
        this.due = began + this.distance();
        yield item;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.looking = false;
      this.stop();
    }
    return undefined;
  }

  private distance(): number {
    const { interval, adaptive } = this.options;
    return adaptive ? this.costs.distance(interval) : interval;
  }

  /** Waits for the time of the next look and the end of a pause; false once it is over. */
  private async hasCome(): Promise<boolean> {
    while (!this.stopped.signal.aborted) {
      const left = this.due - monotonicNow();
      if (!this.paused && left <= 0) return true;
      await this.woken(this.paused ? undefined : left);
    }
    return false;
  }

  /** Waits so long, or until something changes; a pause has no timer. */
  private woken(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(() => this.wake(), milliseconds);
      this.wake = () => {
        this.wake = () => {};
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
