import type { TrafficRow } from "procnet/view";
import { type TrafficGroup, type TrafficKind, trafficBy } from "./groups.ts";
import type { TrafficLook } from "./traffic.ts";

/** Names that are kept; of more, those that were quiet longest are forgotten, as there can be any number of peers. */
const KEPT = 4096;

/**
 * Traffic from look to look: what groups do now, and what they have done since the first look.
 *
 * @example
 * ```ts
 * import { TrafficSums, traffic } from "@procnet/kernel";
 * const sums = new TrafficSums("container");
 * for await (const look of traffic()) {
 *   for (const { name, sentPerSecond, sent } of sums.take(look)) console.log(name, sentPerSecond, sent);
 *   break;
 * }
 * ```
 */
export class TrafficSums {
  private readonly kind: TrafficKind;
  private readonly most: number;
  private readonly rows = new Map<string | undefined, TrafficRow>();

  constructor(kind: TrafficKind, most: number = KEPT) {
    this.kind = kind;
    this.most = most;
  }

  /** Adds a look, of whose connections some may be left out; gives all groups, those that do most first. */
  take({ connections, seconds }: Pick<TrafficLook, "connections" | "seconds">): TrafficRow[] {
    const now = new Map(trafficBy(connections, this.kind).map((group) => [group.name, group]));
    for (const [name, row] of this.rows) if (!now.has(name)) this.rows.set(name, quiet(row));
    // Groups come with those first that do most.
    for (const [name, group] of [...now].reverse()) {
      const row = added(this.rows.get(name), group, seconds);
      // Behind all that are quieter.
      this.rows.delete(name);
      this.rows.set(name, row);
    }
    for (const name of this.rows.keys()) {
      if (this.rows.size <= this.most) break;
      this.rows.delete(name);
    }
    return [...this.rows.values()].sort((a, b) => rateOf(b) - rateOf(a) || sumOf(b) - sumOf(a));
  }
}

function added(before: TrafficRow | undefined, group: TrafficGroup, seconds: number): TrafficRow {
  const { name, sent, received, retransmitted, rtt, connections } = group;
  return {
    name,
    sentPerSecond: sent / seconds,
    receivedPerSecond: received / seconds,
    sent: sent + (before?.sent ?? 0),
    received: received + (before?.received ?? 0),
    retransmitted: retransmitted + (before?.retransmitted ?? 0),
    rtt: rtt ?? before?.rtt,
    connections,
  };
}

function quiet(row: TrafficRow): TrafficRow {
  if (row.connections === 0) return row;
  return { ...row, sentPerSecond: 0, receivedPerSecond: 0, connections: 0 };
}

function rateOf({ sentPerSecond, receivedPerSecond }: TrafficRow): number {
  return sentPerSecond + receivedPerSecond;
}

function sumOf({ sent, received }: TrafficRow): number {
  return sent + received;
}
