import type { WatchedSocket } from "procnet";
import { stateOf } from "procnet/view";
import type { Family } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";
import { Series } from "./fold.ts";
import { OTHER } from "./labels.ts";

/** Sockets with a port in common, on one side. */
export interface PortCounted {
  readonly port: number;
  /** Whose the port is: this machine's, or the peer's. */
  readonly side: "local" | "remote";
  readonly protocol: string;
  readonly state: string;
  sockets: number;
}

/** Counts the sockets of some ports. One that has such a port on both sides is counted on both. */
export class PortTallying {
  private readonly ports: ReadonlySet<number>;
  private readonly counts = new Map<string, PortCounted>();

  constructor(ports: ReadonlySet<number>) {
    this.ports = ports;
  }

  take(socket: WatchedSocket): void {
    if (this.ports.size === 0 || !("localPort" in socket) || isRaw(socket.protocol)) return;
    if (this.ports.has(socket.localPort)) this.count(socket, socket.localPort, "local");
    if (this.ports.has(socket.remotePort)) this.count(socket, socket.remotePort, "remote");
  }

  private count(socket: WatchedSocket, port: number, side: PortCounted["side"]): void {
    const { protocol } = socket;
    const state = stateOf(socket) ?? "";
    const key = `${port} ${side} ${protocol} ${state}`;
    const counted = this.counts.get(key);
    if (counted === undefined) this.counts.set(key, { port, side, protocol, state, sockets: 1 });
    else counted.sockets++;
  }

  done(): readonly PortCounted[] {
    return [...this.counts.values()];
  }
}

/** What is in the place of a port there is a protocol of IP, or the number of a ping. */
function isRaw(protocol: string): boolean {
  return protocol.startsWith("raw") || protocol.startsWith("icmp");
}

/** Sockets by port; those of ports without a place, counted together. */
export function portFamily(counted: readonly PortCounted[], placed: ReadonlySet<string>): Family {
  const series = new Series(OWN.portSockets);
  for (const { port, side, protocol, state, sockets } of counted) {
    const name = `${port}`;
    series.add({ port: placed.has(name) ? name : OTHER, protocol, side, state }, sockets);
  }
  return series;
}
