import type { Finding, Health, Limits, WatchedSocket, WatchItem } from "procnet";
import type { Family } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";
import { Events } from "./events.ts";
import { OwnFamilies, type PortRange } from "./families.ts";
import { Tallying } from "./tally.ts";
import { UdpDrops } from "./udp-drops.ts";

/** What metrics are made of. */
export interface Taken {
  readonly item: WatchItem;
  /** Number of the server's own network namespace. */
  readonly namespace: number | undefined;
  /** Settings of the same. */
  readonly limits: Limits;
}

/** What the server tells of sockets besides what node_exporter does. */
export class OwnMetrics {
  private readonly families: OwnFamilies;
  private readonly events = new Events();
  private readonly drops = new UdpDrops();

  /** `most`: series at most. */
  constructor(most: number) {
    this.families = new OwnFamilies(most);
  }

  /** Counts the sockets of a look, each look once. */
  count(sockets: Iterable<WatchedSocket>): Counting {
    const tallying = new Tallying();
    const dropping = this.drops.begin();
    function* each(): Generator<WatchedSocket> {
      for (const socket of sockets) {
        tallying.take(socket);
        dropping.take(socket);
        yield socket;
      }
    }
    const all = each();
    const done = ({ item, namespace, limits }: Taken): Family[] => {
      // Who could not look at the counters took none.
      for (const _ of all);
      dropping.done();
      if (item.kind === "batch") this.events.take(item, namespace);
      return [...this.families.of(tallying.done(), rangeOf(limits)), this.drops.family(), ...this.events.families()];
    };
    return { sockets: all, done };
  }
}

/** A look that is counted while another goes through its sockets: most of a walk is fetching them from memory. */
export interface Counting {
  /** The sockets, each counted as it is taken from here. */
  readonly sockets: Iterable<WatchedSocket>;
  /** What was counted. */
  done(taken: Taken): Family[];
}

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
