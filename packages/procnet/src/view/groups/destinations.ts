import type { WatchedOwner, WatchedSocket } from "../../live/watch/batch.ts";
import { hasHiddenOwner } from "../socket-words.ts";
import { distinct, FindingsAbout, type RowFinding } from "./about.ts";
import type { GroupContext } from "./context.ts";
import { type GroupCounts, Groups } from "./counts.ts";
import { isTcp, PortCounts } from "./listeners.ts";

/** Who holds connections of a group. */
export interface GroupHolder {
  /** The process; absent where processes are not told. */
  readonly pid?: number | undefined;
  /** Its program. */
  readonly program: string;
  /** How many of the connections it holds. */
  readonly sockets: number;
}

/** Where connections of TCP lead that this side opened. */
export interface DestinationRow extends GroupCounts {
  /** The table they are in: `tcp`, `tcp6`. */
  readonly protocol: string;
  /** Number of their network namespace; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
  /** Address of the other side. */
  readonly remoteAddress: string;
  /** Port of the other side. */
  readonly remotePort: number;
  /** Local ports that connections from one address to it take, of those the kernel chooses from; absent where that is few, or not known. */
  readonly portsUsed?: number | undefined;
  /** Local ports that the kernel chooses from. */
  readonly portsUsable?: number | undefined;
  /** Who holds the connections, the most first; at most five. */
  readonly holders: readonly GroupHolder[];
  /** Connections that somebody may hold whom this reader cannot see. */
  readonly hiddenOwners: number;
  /** What is wrong with it. */
  readonly findings: readonly RowFinding[];
}

/** How destinations and who connects to them are told apart and shown. */
export interface DestinationGroupsOptions extends GroupContext {
  /** How the address of the other side is shown; as it is by default. Destinations that look alike are one. */
  readonly address?: (remoteAddress: string) => string;
  /** Whether processes are told apart; otherwise programs are. True by default. */
  readonly tellsProcesses?: boolean;
}

/** Holders of a row at most. */
const HOLDERS = 5;

interface Counted {
  readonly pid?: number;
  readonly program: string;
  sockets: number;
}

/** Who holds connections of a group. Of most groups it is one: a hundred thousand maps would take more than all the rest. */
class Holders {
  /** Connections whose holders may be hidden. */
  hidden = 0;
  private readonly tellsProcesses: boolean;
  private first: Counted | undefined;
  private others: Map<string, Counted> | undefined;

  constructor(tellsProcesses: boolean) {
    this.tellsProcesses = tellsProcesses;
  }

  add({ pid, program }: WatchedOwner): void {
    const { first, tellsProcesses } = this;
    const holder = (): Counted => ({ ...(tellsProcesses && { pid }), program, sockets: 1 });
    if (first === undefined) this.first = holder();
    else if (first.program === program && (!tellsProcesses || first.pid === pid)) first.sockets++;
    else {
      this.others ??= new Map();
      const key = tellsProcesses ? `${pid} ${program}` : program;
      const known = this.others.get(key);
      if (known === undefined) this.others.set(key, holder());
      else known.sockets++;
    }
  }

  most(count: number): GroupHolder[] {
    const all = [...(this.first === undefined ? [] : [this.first]), ...(this.others?.values() ?? [])];
    return all.sort((a, b) => b.sockets - a.sockets).slice(0, count);
  }
}

interface Fields {
  readonly protocol: string;
  readonly namespace: number | undefined;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly held: Holders;
  /** Addresses that are shown as this one; `undefined` where each is shown as it is. */
  readonly shown: Set<string> | undefined;
}

/**
 * Connections of TCP added up by where they lead. Which ports are listened on has to be known before: `listens` is called with all
 * sockets, then `take` with all.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { DestinationGroups } from "procnet/view";
 * const all = (await sockets({ protocol: "tcp" })).sockets;
 * const groups = new DestinationGroups();
 * for (const socket of all) groups.listens(socket);
 * for (const socket of all) groups.take(socket);
 * console.log(groups.rows()[0]?.remoteAddress);
 * ```
 */
export class DestinationGroups {
  private readonly groups = new Groups<Fields>();
  private readonly listened = new PortCounts();
  private readonly options: DestinationGroupsOptions;

  /** Takes what is known besides. */
  constructor(options: DestinationGroupsOptions = {}) {
    this.options = options;
  }

  /** Notes a port that is listened on: connections to it were opened by the other side. */
  listens(socket: WatchedSocket): void {
    if (isTcp(socket) && socket.state === "LISTEN") this.listened.add(socket);
  }

  /** Adds a connection that this side opened; everything else is passed over. */
  take(socket: WatchedSocket): void {
    if (!isTcp(socket) || socket.state === "LISTEN" || socket.remotePort === 0) return;
    if (this.listened.of(socket) > 0) return;
    const { address, tellsProcesses = true } = this.options;
    const remoteAddress = address?.(socket.remoteAddress) ?? socket.remoteAddress;
    const { namespace, protocol, remotePort } = socket;
    const { held, shown } = this.groups.take(
      `${namespace} ${protocol} ${remoteAddress} ${remotePort}`,
      () => ({
        ...{ protocol, namespace, remoteAddress, remotePort },
        held: new Holders(tellsProcesses),
        shown: address && new Set(),
      }),
      socket,
    );
    shown?.add(socket.remoteAddress);
    for (const owner of socket.owners ?? []) held.add(owner);
    if (hasHiddenOwner(socket)) held.hidden++;
  }

  /** How many rows there are. */
  get size(): number {
    return this.groups.size;
  }

  /** Those with the most connections first; at most so many, all by default. */
  rows(most: number = Number.POSITIVE_INFINITY): DestinationRow[] {
    return [...this.each(most)];
  }

  /** The same one after the other, for those who cannot make all at once. */
  *each(most: number = Number.POSITIVE_INFINITY): Generator<DestinationRow, undefined> {
    const { findings, portUse, namespace } = this.options;
    const about = new FindingsAbout(findings);
    const used = portsUsed(portUse ?? []);
    for (const { held, shown, ...row } of this.groups.rows(most)) {
      const addresses = shown === undefined ? [row.remoteAddress] : [...shown];
      const isJudged = namespace === undefined || namespace === row.namespace;
      const uses = isJudged ? addresses.flatMap((one) => used.get(endKey(one, row.remotePort)) ?? []) : [];
      const fullest = uses.reduce<PortsUsed | undefined>(
        (a, b) => (a === undefined || b.used > a.used ? b : a),
        undefined,
      );
      const wrong = isJudged ? addresses.flatMap((one) => about.destination(one, row.remotePort)) : [];
      yield {
        ...row,
        ...(fullest !== undefined && { portsUsed: fullest.used, portsUsable: fullest.usable }),
        holders: held.most(HOLDERS),
        hiddenOwners: held.hidden,
        findings: distinct(wrong),
      };
    }
  }
}

/**
 * Where connections of TCP lead that this side opened, those with the most first.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { destinationRows } from "procnet/view";
 * const [most] = destinationRows((await sockets({ protocol: "tcp" })).sockets);
 * console.log(most?.remoteAddress, most?.sockets);
 * ```
 */
export function destinationRows(
  sockets: Iterable<WatchedSocket>,
  options: DestinationGroupsOptions = {},
): DestinationRow[] {
  const groups = new DestinationGroups(options);
  const all = [...sockets];
  for (const socket of all) groups.listens(socket);
  for (const socket of all) groups.take(socket);
  return groups.rows();
}

interface PortsUsed {
  readonly used: number;
  readonly usable: number;
}

/** Of each destination the local address from which the most ports are taken: each has a range of its own. */
function portsUsed(uses: NonNullable<GroupContext["portUse"]>): Map<string, PortsUsed> {
  const found = new Map<string, PortsUsed>();
  for (const { destination, used, usable } of uses) {
    const key = endKey(destination.remoteAddress, destination.remotePort);
    if (used > (found.get(key)?.used ?? 0)) found.set(key, { used, usable });
  }
  return found;
}

function endKey(address: string, port: number): string {
  return `${address} ${port}`;
}
