import type { LocalPortUse } from "procnet";
import { type Family, type Metric, single } from "../metrics/family.ts";
import { eachInTurns } from "../turns.ts";
import { OWN } from "./definitions.ts";
import { type DestinationCounted, destinationFamily, portUseFamily } from "./destinations.ts";
import { Series } from "./fold.ts";
import { type Group, OTHER, REST } from "./labels.ts";
import { type PortCounted, portFamily } from "./ports.ts";
import { Ranks } from "./ranks.ts";
import type { StateCounts } from "./state-counts.ts";
import type { GroupTally, ListenerTally, Tally } from "./tally.ts";

/** What has series of its own as long as there is a place. */
type Kind = "namespaces" | "groups" | "listeners" | "ports" | "destinations";

/** How many have. */
const PLACES: Readonly<Record<Kind, number>> = {
  namespaces: 256,
  groups: 100,
  listeners: 200,
  ports: 100,
  destinations: 0,
};
const KINDS = Object.keys(PLACES) as Kind[];

/** Names of those who have a place. */
type Placed = Readonly<Record<Kind, ReadonlySet<string>>>;

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

/** Places become more only where this share of the series is enough for them: else they would be more and fewer in turns. */
const ROOM = 0.8;

/** Makes metrics of what was counted, so that there are never more series than allowed, and sums stay those of all sockets. */
export class OwnFamilies {
  private readonly most: number;
  private readonly places: Readonly<Record<Kind, number>>;
  private readonly ranks: Readonly<Record<Kind, Ranks>> = {
    namespaces: new Ranks(),
    groups: new Ranks(),
    listeners: new Ranks(),
    ports: new Ranks(),
    destinations: new Ranks(),
  };
  /** Which share of the places there was series enough for. */
  private part = 1;

  /** `most`: series of the server's own at most. `destinations`: how many of them have series of their own. */
  constructor(most: number, destinations = 0) {
    this.most = most;
    this.places = { ...PLACES, destinations };
  }

  /**
   * Of one look. Listeners at `ephemeral` ports are counted together: the next one has another port, and would be another series.
   * `besides`: series that others make.
   */
  async of(tally: Tally, ephemeral: PortRange = EPHEMERAL, extras: Extras = NO_EXTRAS, besides = 0): Promise<Family[]> {
    const all = this.most - besides;
    const listeners = namedListeners(tally.listeners, ephemeral);
    const counts = countsOf(tally, listeners, extras);
    const ranked = byKind((kind) => this.ranks[kind].rank(counts[kind]));
    for (let part = 1; ; part /= 2) {
      const placed = byKind((kind) => new Set(ranked[kind].slice(0, Math.floor(this.places[kind] * part))));
      const families = [
        ...(await socketFamilies(tally, placed)),
        ...(await listenerFamilies(listeners, placed.listeners)),
        portFamily(extras.ports, placed.ports),
        destinationFamily(extras.destinations, placed.destinations),
        portUseFamily(extras.portUse ?? [], placed.destinations),
        foldedFamily(counts, placed),
      ];
      const series = families.reduce((sum, { values }) => sum + values.length, 0);
      const most = part > this.part ? all * ROOM : all;
      if (series > most && placed.namespaces.size > 0) continue;
      for (const kind of KINDS) this.ranks[kind].hold(placed[kind]);
      this.part = part;
      return families;
    }
  }
}

function byKind<Value>(of: (kind: Kind) => Value): Record<Kind, Value> {
  const [namespaces, groups, listeners] = [of("namespaces"), of("groups"), of("listeners")];
  return { namespaces, groups, listeners, ports: of("ports"), destinations: of("destinations") };
}

/** By what places are given: how many sockets each has. */
function countsOf(
  { namespaces, groups }: Tally,
  listeners: readonly NamedListener[],
  { ports, destinations }: Extras,
): Record<Kind, ReadonlyMap<string, number>> {
  const waiting = new Map<string, number>();
  for (const { name, one } of listeners)
    waiting.set(name, (waiting.get(name) ?? 0) + one.queue * QUEUE_WEIGHT + one.connections + 1);
  const ofPorts = new Map<string, number>();
  for (const { port, sockets } of ports) ofPorts.set(`${port}`, (ofPorts.get(`${port}`) ?? 0) + sockets);
  return {
    namespaces: new Map([...namespaces].map(([netns, counted]) => [netns, sumOf([...counted.values()])])),
    groups: new Map([...groups.values()].map(({ group, sockets }) => [nameOf(group), sockets])),
    listeners: waiting,
    ports: ofPorts,
    destinations: new Map([...destinations].map(([name, { sockets }]) => [name, sockets])),
  };
}

/** The metric that says how many of each kind are counted together. */
const FOLDED: Readonly<Record<Kind, Metric>> = {
  namespaces: OWN.sockets,
  groups: OWN.processSockets,
  listeners: OWN.acceptQueue,
  ports: OWN.portSockets,
  destinations: OWN.destinationSockets,
};

function foldedFamily(counts: Readonly<Record<Kind, ReadonlyMap<string, number>>>, placed: Placed): Family {
  const values = KINDS.flatMap((kind) => {
    const value = counts[kind].size - placed[kind].size;
    return value > 0 ? [{ labels: { metric: FOLDED[kind].name }, value }] : [];
  });
  return { metric: OWN.seriesFolded, values };
}

/** Groups between two turns of the event loop. */
const STEP = 256;

async function socketFamilies({ namespaces, groups, ownerless }: Tally, placed: Placed): Promise<Family[]> {
  const [all, sockets] = [new Series(OWN.sockets), new Series(OWN.processSockets)];
  const [queued, closeWait] = [new Series(OWN.queuedBytes), new Series(OWN.closeWait)];
  const addSpace = ([name, counted]: readonly [string, StateCounts]): void => {
    const netns = placed.namespaces.has(name) ? name : OTHER;
    for (const { protocol, state, sockets } of counted.values()) all.add({ netns, protocol, state }, sockets);
  };
  await eachInTurns([...namespaces], 0, addSpace, STEP);
  const add = (tally: GroupTally): void =>
    addGroup(tally, placed.groups.has(nameOf(tally.group)) ? tally.group : REST, sockets, queued, closeWait);
  await eachInTurns([...groups.values()], 0, add, STEP);
  const reasons = [...ownerless].map(([reason, value]) => ({ labels: { reason }, value }));
  return [all, sockets, queued, closeWait, { metric: OWN.ownersUnknown, values: reasons }];
}

/** A listener with the labels that it has if it has a place, and their text. */
interface NamedListener {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly one: ListenerTally;
}

function namedListeners(listeners: readonly ListenerTally[], [first, last]: PortRange): NamedListener[] {
  const perGroup = new Map<Group, number>();
  for (const { group } of listeners) perGroup.set(group, (perGroup.get(group) ?? 0) + 1);
  return listeners.map((one) => {
    const isMany = perGroup.get(one.group)! > MANY_LISTENERS;
    const isEphemeral = one.port >= first && one.port <= last;
    const port = isMany ? "many" : isEphemeral ? "ephemeral" : `${one.port}`;
    const labels = { ...one.group, protocol: one.protocol, port, address: one.address };
    return { name: Object.values(labels).join(" "), labels, one };
  });
}

async function listenerFamilies(listeners: readonly NamedListener[], placed: ReadonlySet<string>): Promise<Family[]> {
  const [queues, connections] = [new Series(OWN.acceptQueue), new Series(OWN.listenerConnections)];
  const add = ({ name, labels, one }: NamedListener): void => {
    const shown = placed.has(name) ? labels : { ...REST, protocol: one.protocol, port: OTHER, address: OTHER };
    queues.add(shown, one.queue);
    connections.add(shown, one.connections);
  };
  await eachInTurns(listeners, 0, add, STEP);
  return [queues, connections];
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
