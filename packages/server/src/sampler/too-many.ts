import { type BaseProcFs, eachSocket, isProcfsError, type Located, read } from "procnet";
import { sockstat } from "procnet/tables";
import { stateOf } from "procnet/view";
import { StateCounts } from "../own/state-counts.ts";

/** What was counted of very many sockets, none of which was kept. */
export interface SocketCounts {
  readonly sockets: number;
  /** By number of the network namespace. */
  readonly namespaces: ReadonlyMap<string, StateCounts>;
}

/**
 * How many sockets there are at least, by one small file: those of the own network namespace, or the connections of TCP of the machine
 * where these are more. `undefined` where the kernel does not tell.
 */
export function leastSockets(of: Located): number | undefined {
  try {
    const { sockets, TCP } = read(sockstat, { of });
    // Connections in TIME_WAIT are among neither.
    return Math.max(sockets?.used ?? 0, TCP?.alloc ?? 0) + (TCP?.tw ?? 0);
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** Counts all sockets by network namespace, table and state, without owners: memory does not grow with them. */
export async function countSockets(procfs: BaseProcFs): Promise<SocketCounts> {
  const spaces = new Map<number | undefined, StateCounts>();
  let total = 0;
  const all = eachSocket({ procfs, protocol: "all", namespaces: "all", owners: false, onIssue: () => {} });
  for await (const socket of all) {
    const { namespace, protocol } = socket;
    let counts = spaces.get(namespace);
    if (counts === undefined) {
      counts = new StateCounts();
      spaces.set(namespace, counts);
    }
    counts.add(protocol, stateOf(socket));
    total++;
  }
  const namespaces = new Map([...spaces].map(([number, counts]) => [`${number ?? ""}`, counts]));
  return { sockets: total, namespaces };
}

/** A limit is left again only well below it: else what is told would change with every look. */
const WELL_BELOW = 0.8;

/** Whether there are too many sockets to look at each of them. */
export class TooMany {
  private readonly most: number;
  private readonly least: () => number | undefined;
  private isSo = false;
  private known = 0;

  constructor(most: number, least: () => number | undefined) {
    this.most = most;
    this.least = least;
  }

  /** To be asked before each look. */
  ask(): boolean {
    const sockets = Math.max(this.known, this.least() ?? 0);
    this.isSo = sockets > (this.isSo ? this.most * WELL_BELOW : this.most);
    return this.isSo;
  }

  /** How many a look found. */
  found(sockets: number): void {
    this.known = sockets;
  }
}
