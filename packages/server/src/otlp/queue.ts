/** A request that waits. */
export interface Waiting {
  /** Compressed. */
  readonly body: Uint8Array;
  readonly points: number;
}

/** What may wait at most. */
export interface QueueLimits {
  readonly bytes: number;
  readonly requests: number;
}

/** Requests that wait, the oldest first. Where there is no room, the oldest give way: the new ones say more. */
export class Queue {
  private readonly limits: QueueLimits;
  private readonly dropped: (points: number) => void;
  private readonly waiting: Waiting[] = [];
  private bytes = 0;

  /** `dropped`: told how many points have given way. */
  constructor(limits: QueueLimits, dropped: (points: number) => void) {
    this.limits = limits;
    this.dropped = dropped;
  }

  get size(): number {
    return this.waiting.length;
  }

  /** Data points that wait. */
  get points(): number {
    return this.waiting.reduce((sum, { points }) => sum + points, 0);
  }

  put(one: Waiting): void {
    this.waiting.push(one);
    this.bytes += one.body.length;
    while (this.bytes > this.limits.bytes || this.waiting.length > this.limits.requests)
      this.dropped(this.take()!.points);
  }

  /** Takes the oldest away. */
  take(): Waiting | undefined {
    const one = this.waiting.shift();
    this.bytes -= one?.body.length ?? 0;
    return one;
  }

  /** Puts the oldest back, where there still is room for it. */
  putBack(one: Waiting): void {
    const isRoom = this.bytes + one.body.length <= this.limits.bytes && this.waiting.length < this.limits.requests;
    if (!isRoom) {
      this.dropped(one.points);
      return;
    }
    this.waiting.unshift(one);
    this.bytes += one.body.length;
  }

  /** Lets go of all. */
  clear(): void {
    this.dropped(this.points);
    this.waiting.length = 0;
    this.bytes = 0;
  }
}
