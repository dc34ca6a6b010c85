import type { Telling } from "./telling.ts";

/** Bytes that wait for a client at most, besides a snapshot, which all clients of a channel share, and one event that is longer. */
const MOST = 1 << 20;

/** Looks of which parts are still to be made, at most: the one that is told, and the next. */
const MOST_UNTOLD = 2;

/** Bytes that are handed over at a time: how far a client has come is seen as often. */
const PIECE = 1 << 16;

/** Parts of a look that are still to be made. */
export interface Rest {
  readonly telling: Telling;
  /** Index of the row that comes next. */
  readonly at: number;
}

/** Events, and those that come after them and belong to them. */
export interface Told {
  readonly bytes: Uint8Array;
  readonly rest?: Rest | undefined;
}

/** What is told from a row on. */
export async function toldFrom({ telling, at }: Rest): Promise<Told> {
  const { bytes, next } = await telling.part(at);
  return { bytes, rest: next === undefined ? undefined : { telling, at: next } };
}

/** What wakes a client up, or ends it. */
export interface ClientOptions {
  /** What a client gets who has lost something: all that is there now. */
  readonly snapshot: () => Promise<Told>;
  /** Makes the next part of a look. */
  readonly more: (rest: Rest) => Promise<Told>;
  /** Called once, when nobody reads any more. */
  readonly onEnd: () => void;
  /** Ends the connection, whatever is still to be written. */
  readonly hangUp: () => unknown;
  readonly now: () => number;
}

interface Waiting {
  bytes: Uint8Array;
  rest: Rest | undefined;
  /** How much of the bytes was handed over. */
  at: number;
  /** Whether something of it was handed over, or is about to be. */
  isBegun: boolean;
  /** What it counts towards the most. */
  readonly weight: number;
}

/** One who listens, and what waits to be read by them. */
export class Client {
  readonly body: ReadableStream<Uint8Array>;
  private readonly options: ClientOptions;
  private readonly queue: Waiting[] = [];
  private queued = 0;
  private isStale = false;
  private isOver = false;
  private wake: (() => void) | undefined;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** When something was handed over that was not taken yet; at first that there is something, which nobody may begin to read. */
  private handed: number | undefined;
  private isBegun = false;
  private said: number;

  constructor(options: ClientOptions) {
    this.options = options;
    this.said = options.now();
    this.body = new ReadableStream(
      {
        start: (controller) => {
          this.controller = controller;
        },
        pull: (controller) => this.pull(controller),
        cancel: () => this.end(),
      },
      { highWaterMark: 0 },
    );
  }

  /** An event: it waits behind the others, or all of them give way to a snapshot that is made once there is room. */
  tell(told: Told): void {
    if (this.isOver || this.isStale) return;
    const { length } = told.bytes;
    const isTooLong = this.queued > 0 && this.queued + length > MOST;
    if (isTooLong || (told.rest !== undefined && this.untold().length >= MOST_UNTOLD)) {
      this.restart();
      return;
    }
    this.put(told, length);
  }

  /** All that is there. */
  begin(snapshot: Told): void {
    this.put(snapshot, 0);
  }

  /** Looks of which parts are still to be made for it. */
  untold(): Telling[] {
    return this.queue.flatMap(({ rest }) => rest?.telling ?? []);
  }

  /** Begins anew with a snapshot, once what is half written is through. */
  restart(): void {
    const [first] = this.queue;
    const kept = first?.isBegun ? [first] : [];
    this.queue.splice(0, this.queue.length, ...kept);
    this.queued = kept.reduce((sum, { weight }) => sum + weight, 0);
    this.isStale = true;
    this.rouse();
  }

  /** A word so that both sides see that the other is there, where nothing else was said for so long. */
  beat(word: Told, interval: number): void {
    if (this.queue.length === 0 && !this.isStale && this.options.now() - this.said >= interval)
      this.put(word, word.bytes.length);
  }

  /** Whether it has taken nothing for so long. */
  isStalled(milliseconds: number): boolean {
    return this.handed !== undefined && this.options.now() - this.handed >= milliseconds;
  }

  /** Ends it from this side. */
  close(): void {
    if (this.isOver) return;
    this.end();
    this.options.hangUp();
    this.controller?.close();
  }

  /** Forgets it before it was told anything: there will be another answer, by the same connection. */
  drop(): void {
    if (this.isOver) return;
    this.end();
    this.controller?.close();
  }

  private put({ bytes, rest }: Told, weight: number): void {
    if (this.isOver) return;
    this.queue.push({ bytes, rest, at: 0, isBegun: false, weight });
    this.queued += weight;
    this.said = this.options.now();
    if (!this.isBegun) this.handed ??= this.said;
    this.rouse();
  }

  private rouse(): void {
    const { wake } = this;
    this.wake = undefined;
    wake?.();
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.queue.length = 0;
    this.rouse();
    this.options.onEnd();
  }

  /** Called when the reader has room. */
  private async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    this.isBegun = true;
    this.handed = undefined;
    const first = await this.next();
    if (first === undefined || this.isOver) return;
    const piece = first.bytes.subarray(first.at, first.at + PIECE);
    first.at += piece.length;
    if (first.at === first.bytes.length && first.rest === undefined) {
      this.queue.shift();
      this.queued -= first.weight;
    }
    this.handed = this.options.now();
    controller.enqueue(piece);
  }

  /** What has bytes that were not handed over, once there is something; `undefined` at the end. */
  private async next(): Promise<Waiting | undefined> {
    while (!this.isOver) {
      const [first] = this.queue;
      if (first !== undefined && first.at < first.bytes.length) {
        // It is handed over a turn later: until then nothing may take its place.
        first.isBegun = true;
        return first;
      }
      if (first?.rest !== undefined) await this.goOn(first, first.rest);
      else if (this.isStale) await this.catchUp();
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
    return undefined;
  }

  private async goOn(waiting: Waiting, rest: Rest): Promise<void> {
    try {
      const made = await this.options.more(rest);
      waiting.bytes = made.bytes;
      waiting.rest = made.rest;
      waiting.at = 0;
    } catch {
      this.close();
    }
  }

  /** Events that come while the snapshot is made are after it: the hub makes it in its turn. */
  private async catchUp(): Promise<void> {
    try {
      const snapshot = await this.options.snapshot();
      this.isStale = false;
      this.put(snapshot, 0);
    } catch {
      this.close();
    }
  }
}
