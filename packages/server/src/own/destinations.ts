import type { LocalPortUse, WatchedSocket } from "procnet";
import type { Family } from "../metrics/family.ts";
import { networkOf } from "../network.ts";
import { OWN } from "./definitions.ts";
import { Series } from "./fold.ts";
import { OTHER } from "./labels.ts";

/** Connections to one port of one network. */
export interface DestinationCounted {
  readonly network: string;
  readonly port: number;
  sockets: number;
}

/** Counts connections of TCP by where they lead; those that a listener here took lead nowhere. */
export class DestinationTallying {
  private readonly isListened: (namespace: number | undefined, port: number) => boolean;
  private readonly networks = new Map<string, string>();
  private readonly counts = new Map<string, DestinationCounted>();

  constructor(isListened: (namespace: number | undefined, port: number) => boolean) {
    this.isListened = isListened;
  }

  take(socket: WatchedSocket): void {
    if (socket.protocol !== "tcp" && socket.protocol !== "tcp6") return;
    const { state, namespace, localPort, remoteAddress, remotePort: port } = socket;
    if (state === "LISTEN" || port === 0 || this.isListened(namespace, localPort)) return;
    const network = this.networkOf(remoteAddress);
    const key = `${network} ${port}`;
    const counted = this.counts.get(key);
    if (counted === undefined) this.counts.set(key, { network, port, sockets: 1 });
    else counted.sockets++;
  }

  /** Peers are few beside their connections. */
  private networkOf(address: string): string {
    const known = this.networks.get(address);
    if (known !== undefined) return known;
    const network = networkOf(address);
    this.networks.set(address, network);
    return network;
  }

  done(): ReadonlyMap<string, DestinationCounted> {
    return this.counts;
  }
}

/** Connections by destination; those without a place, counted together. */
export function destinationFamily(
  counts: ReadonlyMap<string, DestinationCounted>,
  placed: ReadonlySet<string>,
): Series {
  const series = new Series(OWN.destinationSockets);
  for (const [name, { network, port, sockets }] of counts) {
    const isPlaced = placed.has(name);
    series.add({ network: isPlaced ? network : OTHER, port: isPlaced ? `${port}` : OTHER }, sockets);
  }
  return series;
}

/** The ratio of the fullest destination in each network that has a place, and that of the fullest of all others. */
export function portUseFamily(uses: readonly LocalPortUse[], placed: ReadonlySet<string>): Family {
  const highest = new Map<string, Family["values"][number]>();
  for (const { destination, used, usable } of uses) {
    const network = networkOf(destination.remoteAddress);
    const port = `${destination.remotePort}`;
    const isPlaced = placed.has(`${network} ${port}`);
    const labels = isPlaced ? { network, port } : { network: OTHER, port: OTHER };
    const key = `${labels.network} ${labels.port}`;
    const value = used / usable;
    if (value > (highest.get(key)?.value ?? -1)) highest.set(key, { labels, value });
  }
  return { metric: OWN.ephemeralPorts, values: [...highest.values()] };
}
