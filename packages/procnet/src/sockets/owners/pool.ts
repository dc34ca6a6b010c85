import type { Worker } from "node:worker_threads";
import { availableCores } from "../../host/parallelism.ts";
import type { SocketFds } from "../../host/socket-fds.ts";

/** Threads that read links of descriptors while this one reads tables. More than a few only wait for the same locks. */
const MOST = 3;

/** What a thread is told: the directories of processes, and whether they are those of a running kernel. */
export interface LinkRequest {
  readonly directories: readonly string[];
  readonly live: boolean;
}

/**
 * What it answers, for each directory: nothing where the descriptors could not be read. The asking thread does it itself then, and so
 * gets the error.
 */
export interface LinkAnswer {
  readonly pairs: readonly (SocketFds | undefined)[];
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

  /** The sockets of processes; `undefined` when there is no thread, or it has ended. */
  read(request: LinkRequest): Promise<LinkAnswer["pairs"] | undefined> {
    const worker = this.free.pop() ?? (this.idle > 0 ? this.start() : undefined);
    if (worker === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done = (answer: LinkAnswer | undefined): void => {
        worker.off("message", done);
        worker.off("exit", ended);
        worker.unref();
        if (answer !== undefined && this.all.has(worker)) this.free.push(worker);
        resolve(answer?.pairs);
      };
      const ended = (): void => done(undefined);
      worker.once("message", done);
      worker.once("exit", ended);
      worker.ref(); // somebody waits for the answer
      worker.postMessage(request);
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
    let worker: Worker;
    try {
      // Beside this file in both forms of it: the published JavaScript, and the source where that is run. A bundler may have
      // made one file of all, which does not know where it lies, or has no other beside it.
      // Bundlers that look for `new URL(..., import.meta.url)` would pack what is meant here, and each something else.
      const here: string = import.meta.url;
      const extension = here.slice(here.lastIndexOf("."));
      // Loaded with the first thread, as it takes 3 ms, and few hosts need one.
      const { Worker: Thread } = process.getBuiltinModule("node:worker_threads");
      // Flags of a program that was given as text, as `--input-type=module`, would refuse the file; sources need theirs.
      worker = new Thread(new URL(`./link-reader${extension}`, here), extension === ".js" ? { execArgv: [] } : {});
    } catch {
      this.most = 0;
      return undefined;
    }
    worker.unref();
    worker.on("error", () => {}); // without a listener it would be an error of the whole program; "exit" follows
    worker.once("exit", () => this.lost(worker));
    this.all.add(worker);
    return worker;
  }

  /** A thread has ended. None takes its place: what ended it would end that one too. */
  private lost(worker: Worker): void {
    if (!this.all.delete(worker)) return;
    this.most--;
    const at = this.free.indexOf(worker);
    if (at >= 0) this.free.splice(at, 1);
  }
}
