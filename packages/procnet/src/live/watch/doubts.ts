import { TcpTimer } from "../../codes/tcp-state.ts";
import { monotonicNow } from "../../host/monotonic.ts";
import type { SocketEngine } from "../../sockets/engine.ts";
import type { WatchedSocket } from "./batch.ts";
import { isConnection } from "./identity.ts";

/**
 * Sockets whose row is missing though they are likely there. The kernel hands out a table in pieces and finds its place again by counting:
 * of a socket that closes in between, one that comes after it is passed over. Such a socket is not told of as closed before a second look
 * has no row of it either.
 */
export class Doubts {
  private readonly engine: SocketEngine;
  private doubted: ReadonlySet<WatchedSocket> = new Set();
  /** When the last look began. */
  private last = 0;

  constructor(engine: SocketEngine) {
    this.engine = engine;
  }

  /** Of a look that began now: whether the closing of a socket is to be confirmed by the next one. */
  next(began: number): (socket: WatchedSocket) => boolean {
    const before = this.doubted;
    const doubted = new Set<WatchedSocket>();
    const elapsed = monotonicNow() - this.last;
    this.doubted = doubted;
    this.last = began;
    return (socket) => {
      const isDoubtful = !before.has(socket) && this.isLikelyThere(socket, elapsed);
      if (isDoubtful) doubted.add(socket);
      return isDoubtful;
    };
  }

  /** A process still has it, or its time is not over. A reset connection whose process does not close it looks the same. */
  private isLikelyThere(socket: WatchedSocket, elapsed: number): boolean {
    if (socket.inode) return this.engine.isHeld(socket.inode);
    if (!isConnection(socket) || socket.timer !== TcpTimer.TIME_WAIT) return false;
    return (socket.timerExpires / this.engine.procfs.context.ticksPerSecond) * 1000 > elapsed;
  }
}
