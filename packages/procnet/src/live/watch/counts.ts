import type { Socket } from "../../sockets/types.ts";
import type { WatchCount } from "./batch.ts";

type Count = { -readonly [Name in keyof WatchCount]: WatchCount[Name] };

/** Counts sockets by table and state, in the order in which they come first. */
export class StateCounts {
  private readonly tables = new Map<Socket["protocol"], Map<string | undefined, Count>>();
  /** Sockets of one kind mostly stand together. */
  private last: Count | undefined;

  take(socket: Socket): void {
    const { protocol } = socket;
    const state = "state" in socket ? socket.state : undefined;
    if (this.last?.protocol === protocol && this.last.state === state) this.last.sockets++;
    else this.last = this.count(protocol, state);
  }

  private count(protocol: Socket["protocol"], state: string | undefined): Count {
    const states = this.tables.get(protocol) ?? new Map<string | undefined, Count>();
    if (states.size === 0) this.tables.set(protocol, states);
    const count = states.get(state) ?? { protocol, state, sockets: 0 };
    states.set(state, count);
    count.sockets++;
    return count;
  }

  done(): readonly WatchCount[] {
    return [...this.tables.values()].flatMap((states) => [...states.values()]);
  }
}
