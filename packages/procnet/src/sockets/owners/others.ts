import type { SocketFds } from "../../host/socket-fds.ts";
import type { LinkReaders } from "./pool.ts";

/** Links that a thread is told to read at a time: a message for each process would cost more than the links of most. */
const AT_ONCE = 5000;

/** Where the descriptors of a process are. */
export interface Readable {
  readonly directory: string;
}

/** A process whose descriptors are to be read, and how many there are. */
export interface Sized<One> {
  readonly holder: One;
  readonly size: number;
}

/** What a thread has read. */
interface Read<One> {
  readonly holder: One;
  readonly pairs: SocketFds;
}

/** The other threads at work on the same queue, from its other end. */
export class Others<One extends Readable> {
  readonly pending: Set<Promise<void>> = new Set();
  readonly read: Read<One>[] = [];
  /** What a thread could not read. Given to a thread again, it would go to and fro for ever. */
  readonly refused: Sized<One>[] = [];
  private readonly pool: LinkReaders;
  private readonly queue: Sized<One>[];
  private readonly live: boolean;

  constructor(pool: LinkReaders, queue: Sized<One>[], live: boolean) {
    this.pool = pool;
    this.queue = queue;
    this.live = live;
  }

  feed(): void {
    while (this.pool.idle > 0 && this.queue.length > 0) this.hand(this.lot());
  }

  /** The next processes for one thread. */
  private lot(): Sized<One>[] {
    const lot: Sized<One>[] = [];
    for (let links = 0; links < AT_ONCE && this.queue.length > 0; ) {
      const next = this.queue.shift()!;
      lot.push(next);
      links += next.size;
    }
    return lot;
  }

  private hand(lot: readonly Sized<One>[]): void {
    const directories = lot.map(({ holder }) => holder.directory);
    const job = this.pool.read({ directories, live: this.live }).then((answers) => {
      this.pending.delete(job);
      for (const [at, sized] of lot.entries()) {
        const pairs = answers?.[at];
        if (pairs === undefined) this.refused.push(sized);
        else this.read.push({ holder: sized.holder, pairs });
      }
      this.feed();
    });
    this.pending.add(job);
  }
}
