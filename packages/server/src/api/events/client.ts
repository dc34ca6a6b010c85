/** Bytes that wait for a client at most, besides a snapshot, which all clients of a channel share. */
const MOST = 1 << 20;

/** Bytes that are handed over at a time: how far a client has come is seen as often. */
const PIECE = 1 << 16;

/** What wakes a client up, or ends it. */
export interface ClientOptions {
  /** What a client gets who has lost something: all that is there now. */
  readonly snapshot: () => Promise<Uint8Array>;
  /** Called once, when nobody reads any more. */
  readonly onEnd: () => void;
  /** Ends the connection, whatever is still to be written. */
  readonly hangUp: () => unknown;
  readonly now: () => number;
}

interface Waiting {
  readonly bytes: Uint8Array;
  /** How much of it was handed over. */
  at: number;
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
  tell(bytes: Uint8Array): void {
    if (this.isOver || this.isStale) return;
    if (this.queued + bytes.length > MOST) {
      this.restart();
      return;
    }
    this.put(bytes, bytes.length);
  }

  /** All that is there. */
  begin(snapshot: Uint8Array): void {
    this.put(snapshot, 0);
  }

  /** Begins anew with a snapshot, once what is half written is through. */
  restart(): void {
    const [first] = this.queue;
    const kept = first !== undefined && first.at > 0 ? [first] : [];
    this.queue.splice(0, this.queue.length, ...kept);
    this.queued = kept.reduce((sum, { weight }) => sum + weight, 0);
    this.isStale = true;
    this.rouse();
  }

  /** A word so that both sides see that the other is there, where nothing else was said for so long. */
  beat(bytes: Uint8Array, interval: number): void {
    if (this.queue.length === 0 && !this.isStale && this.options.now() - this.said >= interval)
      this.put(bytes, bytes.length);
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

  private put(bytes: Uint8Array, weight: number): void {
    if (this.isOver) return;
    this.queue.push({ bytes, at: 0, weight });
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
    while (this.queue.length === 0 && !this.isOver) {
      if (this.isStale) await this.catchUp();
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
    const [first] = this.queue;
    if (this.isOver || first === undefined) return;
    const piece = first.bytes.subarray(first.at, first.at + PIECE);
    first.at += piece.length;
    if (first.at === first.bytes.length) {
      this.queue.shift();
      this.queued -= first.weight;
    }
    this.handed = this.options.now();
    controller.enqueue(piece);
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
