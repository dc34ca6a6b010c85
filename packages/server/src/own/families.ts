import type { LocalPortUse } from "procnet";
import { type Family, single } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";
import { type DestinationCounted, destinationFamily, portUseFamily } from "./destinations.ts";
import { Series } from "./fold.ts";
import { type Group, OTHER, REST } from "./labels.ts";
import { type PortCounted, portFamily } from "./ports.ts";
import { Ranks } from "./ranks.ts";
import type { GroupTally, ListenerTally, Tally } from "./tally.ts";

/** How many have series of their own. */
export interface Places {
  readonly namespaces: number;
  readonly groups: number;
  readonly listeners: number;
  readonly ports: number;
  readonly destinations: number;
}

const PLACES: Places = { namespaces: 256, groups: 100, listeners: 200, ports: 100, destinations: 0 };

/** What is told only where it is asked for. */
export interface Extras {
  readonly ports: readonly PortCounted[];
  readonly destinations: ReadonlyMap<string, DestinationCounted>;
  /** `undefined` where it is not known. */
  readonly portUse: readonly LocalPortUse[] | undefined;
}

const NO_EXTRAS: Extras = { ports: [], destinations: new Map(), portUse: undefined };

/** Listeners of one group from which on they are counted together: a proxy of a cluster has thousands. */
const MANY_LISTENERS = 50;

/** First and last of the ports that the kernel gives to who names none. */
export type PortRange = readonly [first: number, last: number];

/** As Linux has it, where nobody has set another. */
const EPHEMERAL: PortRange = [32_768, 60_999];

/** Makes metrics of what was counted, so that there are never more series than allowed, and sums stay those of all sockets. */
export class OwnFamilies {
  private readonly most: number;
  private readonly namespaces = new Ranks(PLACES.namespaces);
  private readonly groups = new Ranks(PLACES.groups);
  private readonly listeners = new Ranks(PLACES.listeners);
  private readonly ports = new Ranks(PLACES.ports);
  private readonly destinations: Ranks;
  private readonly places: Places;

  /** `most`: series of the server's own at most. `destinations`: how many of them have series of their own. */
  constructor(most: number, destinations = 0) {
    this.most = most;
    this.destinations = new Ranks(destinations);
    this.places = { ...PLACES, destinations };
  }

  /** Of one look. Listeners at `ephemeral` ports are counted together: the next one has another port, and would be another series. */
  of(tally: Tally, ephemeral: PortRange = EPHEMERAL, extras: Extras = NO_EXTRAS): Family[] {
    for (let part = 1; ; part /= 2) {
      const places: Places = {
        namespaces: Math.floor(this.places.namespaces * part),
        groups: Math.floor(this.places.groups * part),
        listeners: Math.floor(this.places.listeners * part),
        ports: Math.floor(this.places.ports * part),
        destinations: Math.floor(this.places.destinations * part),
      };
      const families = this.within(tally, places, ephemeral, extras);
      const series = families.reduce((sum, { values }) => sum + values.length, 0);
      if (series <= this.most || places.namespaces === 0) return families;
    }
  }

  private within(tally: Tally, places: Places, ephemeral: PortRange, extras: Extras): Family[] {
    const folded = new Series(OWN.seriesFolded);
    return [
      this.socketsOf(tally, places, folded),
      ...this.processesOf(tally, places, folded),
      ...this.listenersOf(tally.listeners, places, folded, ephemeral),
      this.portsOf(extras.ports, places, folded),
      ...this.destinationsOf(extras, places, folded),
      {
        metric: OWN.ownersUnknown,
        values: [...tally.ownerless].map(([reason, value]) => ({ labels: { reason }, value })),
      },
      folded,
    ];
  }

  private socketsOf({ namespaces }: Tally, places: Places, folded: Series): Family {
    const counts = new Map([...namespaces].map(([netns, counted]) => [netns, sumOf([...counted.values()])]));
    const placed = this.namespaces.take(counts, places.namespaces);
    const series = new Series(OWN.sockets);
    for (const [name, counted] of namespaces) {
      const netns = placed.has(name) ? name : OTHER;
      for (const { protocol, state, sockets } of counted.values()) series.add({ netns, protocol, state }, sockets);
    }
    if (namespaces.size > placed.size) folded.add({ metric: OWN.sockets.name }, namespaces.size - placed.size);
    return series;
  }

  private processesOf({ groups }: Tally, places: Places, folded: Series): Family[] {
    const named = [...groups.values()].map((tally) => [nameOf(tally.group), tally] as const);
    const placed = this.groups.take(new Map(named.map(([name, { sockets }]) => [name, sockets])), places.groups);
    const [sockets, queued, closeWait] = [
      new Series(OWN.processSockets),
      new Series(OWN.queuedBytes),
      new Series(OWN.closeWait),
    ];
    for (const [name, tally] of named)
      addGroup(tally, placed.has(name) ? tally.group : REST, sockets, queued, closeWait);
    if (named.length > placed.size) folded.add({ metric: OWN.processSockets.name }, named.length - placed.size);
    return [sockets, queued, closeWait];
  }

  private portsOf(counted: readonly PortCounted[], places: Places, folded: Series): Family {
    const counts = new Map<string, number>();
    for (const { port, sockets } of counted) counts.set(`${port}`, (counts.get(`${port}`) ?? 0) + sockets);
    const placed = this.ports.take(counts, places.ports);
    if (counts.size > placed.size) folded.add({ metric: OWN.portSockets.name }, counts.size - placed.size);
    return portFamily(counted, placed);
  }

  private destinationsOf({ destinations, portUse = [] }: Extras, places: Places, folded: Series): Family[] {
    const counts = new Map([...destinations].map(([name, { sockets }]) => [name, sockets]));
    const placed = this.destinations.take(counts, places.destinations);
    if (counts.size > placed.size) folded.add({ metric: OWN.destinationSockets.name }, counts.size - placed.size);
    return [destinationFamily(destinations, placed), portUseFamily(portUse, placed)];
  }

  private listenersOf(
    listeners: readonly ListenerTally[],
    places: Places,
    folded: Series,
    [first, last]: PortRange,
  ): Family[] {
    const perGroup = new Map<Group, number>();
    for (const { group } of listeners) perGroup.set(group, (perGroup.get(group) ?? 0) + 1);
    const named = listeners.map((one) => {
      const isMany = perGroup.get(one.group)! > MANY_LISTENERS;
      const isEphemeral = one.port >= first && one.port <= last;
      const labels = {
        ...one.group,
        protocol: one.protocol,
        port: isMany ? "many" : isEphemeral ? "ephemeral" : `${one.port}`,
        address: one.address,
      };
      return [Object.values(labels).join(" "), labels, one] as const;
    });
    const counts = new Map<string, number>();
    for (const [name, , { queue, connections }] of named)
      counts.set(name, (counts.get(name) ?? 0) + queue * QUEUE_WEIGHT + connections + 1);
    const placed = this.listeners.take(counts, places.listeners);
    const [queues, connections] = [new Series(OWN.acceptQueue), new Series(OWN.listenerConnections)];
    for (const [name, labels, one] of named) {
      const shown = placed.has(name) ? labels : { ...REST, protocol: one.protocol, port: OTHER, address: OTHER };
      queues.add(shown, one.queue);
      connections.add(shown, one.connections);
    }
    if (counts.size > placed.size) folded.add({ metric: OWN.acceptQueue.name }, counts.size - placed.size);
    return [queues, connections];
  }
}

/** A queue is what people look for: one that waits weighs as much as many connections. */
const QUEUE_WEIGHT = 1000;

function addGroup(tally: GroupTally, group: Group, sockets: Series, queued: Series, closeWait: Series): void {
  for (const { protocol, state, sockets: count } of tally.states.values())
    sockets.add({ ...group, protocol, state }, count);
  queued.add({ ...group, queue: "rx" }, tally.rxQueue);
  queued.add({ ...group, queue: "tx" }, tally.txQueue);
  for (const [reason, count] of tally.closeWait) closeWait.add({ ...group, reason }, count);
}

const nameOf = ({ process, container }: Group): string => `${container} ${process}`;

const sumOf = (counts: readonly { readonly sockets: number }[]): number =>
  counts.reduce((sum, { sockets }) => sum + sockets, 0);

/** How old the look is that is told of, and how long it took, in seconds. */
export function lookFamilies(age: number, took: number): Family[] {
  return [single(OWN.lookAge, age / 1000), single(OWN.lookDuration, took / 1000)];
}
