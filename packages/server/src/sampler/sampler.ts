import { type BaseProcFs, baseProcFs, type Watch, type WatchedSocket, type WatchItem, watch } from "procnet";
import { Shared } from "./shared.ts";

/** All sockets, and what was different from the look before. */
export interface SocketsLook {
  /** What the look gave. */
  readonly item: WatchItem;
  /** All sockets of all network namespaces. */
  readonly sockets: readonly WatchedSocket[];
}

/** The one who looks, for all clients: however many ask at a time, it looks once. */
export class Sampler {
  /** Where it looks. */
  readonly procfs: BaseProcFs;
  private readonly watched: Watch;
  private readonly sockets: Shared<SocketsLook>;

  constructor(procfs: BaseProcFs = baseProcFs()) {
    this.procfs = procfs;
    this.watched = watch({ procfs, protocol: "all", namespaces: "all", interval: 1 });
    this.sockets = new Shared(() => this.look());
  }

  /** Sockets of a look that began at most so many milliseconds ago. */
  socketsOf(maxAge: number): Promise<SocketsLook> {
    return this.sockets.get(maxAge);
  }

  /** Ends threads and closes files. */
  async close(): Promise<void> {
    await this.watched.return();
  }

  private async look(): Promise<SocketsLook> {
    const { value } = await this.watched.next();
    if (value === undefined) throw new Error("the server has ended");
    return { item: value, sockets: this.watched.sockets };
  }
}
