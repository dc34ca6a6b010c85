import { containerText, endpointText } from "procnet/view";
import type { ConnectionTraffic } from "./traffic.ts";

/** What traffic can be summed by. */
export type TrafficKind = "program" | "pid" | "container" | "unit" | "peer" | "port";

/** The kinds, for checks. */
export const TRAFFIC_KINDS: readonly TrafficKind[] = ["program", "pid", "container", "unit", "peer", "port"];

/** Traffic of those that have something in common. */
export interface TrafficGroup {
  /** What they have in common, in words: `curl[812]`, `10.0.0.1:443`; `undefined` where nothing is known. */
  readonly name: string | undefined;
  readonly connections: number;
  readonly sent: number;
  readonly received: number;
  readonly retransmitted: number;
  /** Round-trip time in microseconds, smoothed: the median of the connections; absent where none has one. */
  readonly rtt: number | undefined;
}

/**
 * Sums traffic, the most first. A connection that several processes hold counts for the first of them: each byte once. Container and unit
 * are those of the process, and where that is not known those of the control group in which the socket was made.
 *
 * @example
 * ```ts
 * import { traffic, trafficBy } from "@procnet/kernel";
 * for await (const look of traffic({ every: 1000 })) {
 *   console.table(trafficBy(look.connections, "program"));
 *   break;
 * }
 * ```
 */
export function trafficBy(connections: readonly ConnectionTraffic[], kind: TrafficKind): TrafficGroup[] {
  const groups = new Map<string | undefined, Gathered>();
  for (const one of connections) {
    const name = NAMES[kind](one);
    let group = groups.get(name);
    if (group === undefined) {
      group = { name, connections: 0, sent: 0, received: 0, retransmitted: 0, times: [] };
      groups.set(name, group);
    }
    group.connections++;
    group.sent += one.sent;
    group.received += one.received;
    group.retransmitted += one.retransmitted;
    const { rtt = 0 } = one.socket.tcpInfo ?? {};
    if (rtt > 0) group.times.push(rtt);
  }
  return Array.from(groups.values(), ({ times, ...group }) => ({ ...group, rtt: median(times) })).sort(
    (a, b) => b.sent + b.received - (a.sent + a.received),
  );
}

type Gathered = { -readonly [Name in Exclude<keyof TrafficGroup, "rtt">]: TrafficGroup[Name] } & {
  readonly times: number[];
};

function median(times: number[]): number | undefined {
  return times.sort((a, b) => a - b)[times.length >> 1];
}

const NAMES: Readonly<Record<TrafficKind, (one: ConnectionTraffic) => string | undefined>> = {
  program: ({ socket }) => socket.owners?.[0]?.program,
  pid: ({ socket }) => {
    const first = socket.owners?.[0];
    return first && `${first.program}[${first.pid}]`;
  },
  container: ({ container }) => containerText(container),
  unit: ({ unit }) => unit,
  peer: ({ socket }) => socket.remoteAddress,
  // The port of the service: this side's where it listens on it, else the peer's.
  port: ({ socket, isAccepted }) =>
    isAccepted ? `:${socket.localPort}` : endpointText(socket.remoteAddress, socket.remotePort),
};
