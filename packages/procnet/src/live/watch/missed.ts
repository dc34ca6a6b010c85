import type { Socket } from "../../sockets/types.ts";
import type { MissedConnections, SocketChanges } from "./batch.ts";

/** `ActiveOpens + PassiveOpens` of a namespace; absent where they could not be read. */
export type OpensOf = ReadonlyMap<number | undefined, number | undefined>;

/** What is known of one namespace since it was seen first. */
interface Account {
  /** The counters as they were last; absent where they could not be read. */
  opens: number | undefined;
  /** How many the counters count. */
  counted: number;
  /** How many the looks saw. */
  seen: number;
  /** How many were told of as missed. */
  told: number;
}

/**
 * Tells how many connections no look saw. The counters of a look are read before its tables: what is opened between the two is seen by
 * this look, and counted by the next one. So sums are compared, and what is told never has to be taken back.
 */
export class MissedOpenings {
  private accounts = new Map<number | undefined, Account>();

  /** Takes a look: its counters by namespace, of those that were read, and what it found. */
  take(opens: OpensOf, changes: SocketChanges): MissedConnections[] {
    const seen = openingsIn(changes);
    const accounts = new Map<number | undefined, Account>();
    const missed = [...opens].map(([namespace, now]): MissedConnections => {
      const known = this.accounts.get(namespace);
      const isReset = known?.opens !== undefined && now !== undefined && now < known.opens;
      if (known?.opens === undefined || now === undefined || isReset) {
        accounts.set(namespace, { opens: now, counted: 0, seen: 0, told: 0 });
        const why = now === undefined ? "unreadable" : isReset ? "reset" : "first";
        return { namespace, connections: undefined, why };
      }
      const counted = known.counted + now - known.opens;
      const sum = known.seen + (seen.get(namespace) ?? 0);
      const connections = Math.max(0, counted - sum - known.told);
      accounts.set(namespace, { opens: now, counted, seen: sum, told: known.told + connections });
      return { namespace, connections };
    });
    this.accounts = accounts;
    return missed;
  }
}

/** Connections that the kernel has counted as opened, and that were seen for the first time. */
function openingsIn({ opened, traces, changed }: SocketChanges): Map<number | undefined, number> {
  const seen = new Map<number | undefined, number>();
  const add = ({ namespace }: Socket): void => {
    seen.set(namespace, (seen.get(namespace) ?? 0) + 1);
  };
  for (const socket of opened) if (isCounted(socket)) add(socket);
  for (const socket of traces) add(socket);
  for (const { before, after } of changed) if (isCounted(after) && !isCounted(before)) add(after);
  return seen;
}

/** Whether the kernel has counted it: a client's from its first segment on, a server's once the handshake is over. */
function isCounted(socket: Socket): boolean {
  if (socket.protocol !== "tcp" && socket.protocol !== "tcp6") return false;
  return socket.state !== "LISTEN" && socket.state !== "SYN_RECV";
}
