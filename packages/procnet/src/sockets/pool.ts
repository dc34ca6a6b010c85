import { Worker } from "node:worker_threads";
import { availableCores } from "../proc/parallelism.ts";
import type { SocketFds } from "../proc/socket-fds.ts";

/** Threads that read links of descriptors while this one reads tables. More than a few only wait for the same locks. */
const MOST = 3;

/** What a thread is told, and what it answers. */
export interface LinkRequest {
  readonly directory: string;
}
export interface LinkAnswer {
  /** Absent when the descriptors could not be read: the asking thread does it itself, and so gets the error. */
  readonly pairs: SocketFds | undefined;
}

/** A few threads, started when first used. They never keep a program alive, and end with {@link LinkReaders.close}. */
export class LinkReaders {
  private readonly free: Worker[] = [];
  private readonly all = new Set<Worker>();
  private most: number;

  constructor(most: number = Math.max(1, Math.min(MOST, availableCores() - 1))) {
    this.most = most;
  }

  /** How many further processes can be read now. */
  get idle(): number {
    return this.free.length + (this.most - this.all.size);
  }

  /** The sockets of a process; `undefined` when the thread could not read them. */
  read(directory: string): Promise<SocketFds | undefined> {
    const worker = this.free.pop() ?? this.start();
    if (worker === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done = (pairs: SocketFds | undefined, alive: boolean): void => {
        worker.removeAllListeners("message");
        worker.removeAllListeners("error");
        worker.removeAllListeners("exit");
        worker.unref();
        if (alive && this.all.has(worker)) this.free.push(worker);
        else this.all.delete(worker);
        resolve(pairs);
      };
      worker.once("message", (answer: LinkAnswer) => done(answer.pairs, true));
      worker.once("error", () => done(undefined, false));
      worker.once("exit", () => done(undefined, false));
      worker.ref(); // somebody waits for the answer
      worker.postMessage({ directory } satisfies LinkRequest);
    });
  }

  /** Ends the threads, and starts no more. What they were reading is read by who asked. */
  close(): void {
    this.most = 0;
    for (const worker of this.all) void worker.terminate();
    this.all.clear();
    this.free.length = 0;
  }

  /** `undefined` where threads are not allowed, as by the permission model of Node. */
  private start(): Worker | undefined {
    // Beside this file in both forms of it: the published JavaScript, and the source where that is run.
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf("."));
    let worker: Worker;
    try {
      worker = new Worker(new URL(`./link-reader${extension}`, import.meta.url));
    } catch {
      this.most = 0;
      return undefined;
    }
    worker.unref();
    this.all.add(worker);
    return worker;
  }
}
