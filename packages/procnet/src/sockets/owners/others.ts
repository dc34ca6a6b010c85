import type { SocketFds } from "../../host/socket-fds.ts";
import type { Holder } from "./holders.ts";
import type { LinkReaders } from "./pool.ts";

/** A process whose descriptors are to be read, and how many there are. */
export interface Sized {
  readonly holder: Holder;
  readonly size: number;
}

/** What a thread has read. */
interface Read {
  readonly holder: Holder;
  readonly pairs: SocketFds;
}

/** The other threads at work on the same queue, from its other end. */
export class Others {
  readonly pending: Set<Promise<void>> = new Set();
  readonly read: Read[] = [];
  /** What a thread could not read. Given to a thread again, it would go to and fro for ever. */
  readonly refused: Sized[] = [];
  private readonly pool: LinkReaders;
  private readonly queue: Sized[];

  constructor(pool: LinkReaders, queue: Sized[]) {
    this.pool = pool;
    this.queue = queue;
  }

  feed(): void {
    for (;;) {
      const next = this.pool.idle > 0 ? this.queue.shift() : undefined;
      if (next === undefined) return;
      const job = this.pool.read(next.holder.directory).then((pairs) => {
        this.pending.delete(job);
        if (pairs === undefined) this.refused.push(next);
        else this.read.push({ holder: next.holder, pairs });
        this.feed();
      });
      this.pending.add(job);
    }
  }
}
