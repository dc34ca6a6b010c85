import {
  FINDINGS,
  type Finding,
  type Health,
  type Limits,
  localPortUse,
  type Sample,
  type WatchedSocket,
  type WatchItem,
} from "procnet";
import type { Family } from "../metrics/family.ts";
import { eachInTurns } from "../turns.ts";
import { OWN } from "./definitions.ts";
import { DestinationTallying } from "./destinations.ts";
import { Events } from "./events.ts";
import { type Extras, OwnFamilies, type PortRange } from "./families.ts";
import { PortTallying } from "./ports.ts";
import { type Tally, Tallying } from "./tally.ts";
import { UdpDrops } from "./udp-drops.ts";

/** What metrics are made of. */
export interface Taken {
  readonly item: WatchItem;
  /** Counters of the server's own network namespace. */
  readonly sample: Sample;
  /** Settings of the same. */
  readonly limits: Limits;
}

/** What is told of sockets. */
export interface OwnOptions {
  /** Series at most. */
  readonly maxSeries: number;
  /** Ports whose sockets are counted; none by default. */
  readonly ports?: readonly number[];
  /** Destinations with series of their own; 0, the default, for none at all. */
  readonly destinations?: number;
}

/** What the server tells of sockets besides what node_exporter does. */
export class OwnMetrics {
  private readonly families: OwnFamilies;
  private readonly events = new Events();
  private readonly drops = new UdpDrops();
  private readonly ports: ReadonlySet<number>;
  private readonly destinations: number;

  constructor({ maxSeries, ports = [], destinations = 0 }: OwnOptions) {
    this.families = new OwnFamilies(maxSeries, destinations);
    this.ports = new Set(ports);
    this.destinations = destinations;
  }

  /** Counts the sockets of a look, each look once. */
  count(sockets: readonly WatchedSocket[]): Counting {
    const tallying = new Tallying();
    const dropping = this.drops.begin();
    const ports = this.ports.size > 0 ? new PortTallying(this.ports) : undefined;
    function* each(): Generator<WatchedSocket> {
      for (const socket of sockets) {
        tallying.take(socket);
        dropping.take(socket);
        ports?.take(socket);
        yield socket;
      }
    }
    const all = each();
    const done = async ({ item, sample, limits }: Taken): Promise<Family[]> => {
      // Who could not look at the counters took none.
      for (const _ of all);
      dropping.done();
      const tally = tallying.done();
      const extras = { ports: ports?.done() ?? [], ...(await this.leading(sockets, tally, sample, limits)) };
      if (item.kind === "batch") this.events.take(item, sample.namespace);
      const others = [this.drops.family(), ...this.events.families()];
      const besides = others.reduce((sum, { values }) => sum + values.length, FIXED);
      return [...(await this.families.of(tally, rangeOf(limits), extras, besides)), ...others];
    };
    return { sockets: all, done };
  }

  /** Of sockets that were counted and not looked at. What is counted from look to look is not known of them. */
  async counted(namespaces: Tally["namespaces"]): Promise<Family[]> {
    const nothing = new Tallying().done();
    return (await this.families.of({ ...nothing, namespaces })).filter(({ values }) => values.length > 0);
  }

  /** Where connections lead. That is known when all listeners are: those of IPv6 come after connections of IPv4. */
  private async leading(
    sockets: readonly WatchedSocket[],
    tally: Tally,
    sample: Sample,
    limits: Limits,
  ): Promise<Pick<Extras, "destinations" | "portUse">> {
    const destinations = new DestinationTallying(tally.isListened);
    if (this.destinations === 0) return { destinations: destinations.done(), portUse: undefined };
    await eachInTurns(sockets, 0, (socket) => destinations.take(socket));
    return { destinations: destinations.done(), portUse: localPortUse(sample, limits) };
  }
}

/** A look that is counted while another goes through its sockets: most of a walk is fetching them from memory. */
export interface Counting {
  /** The sockets, each counted as it is taken from here. */
  readonly sockets: Iterable<WatchedSocket>;
  /** What was counted. */
  done(taken: Taken): Promise<Family[]>;
}

/** Series that are always there: findings, and what is said of looks and scrapes. */
const FIXED = FINDINGS.length + 10;

function rangeOf(limits: Limits): PortRange | undefined {
  const [first, last] = limits["net.ipv4.ip_local_port_range"].values ?? [];
  return first === undefined || last === undefined ? undefined : [first, last];
}

const RANKS: Readonly<Record<Finding["severity"], number>> = { info: 1, warn: 2, crit: 3 };

/** The worst of each finding; 0 of those in order. */
export function healthFamily({ findings, ok }: Health): Family {
  const worst = new Map<string, number>(ok.map((id) => [id, 0]));
  for (const { id, severity } of findings) worst.set(id, Math.max(worst.get(id) ?? 0, RANKS[severity]));
  return { metric: OWN.health, values: [...worst].map(([id, value]) => ({ labels: { id }, value })) };
}
