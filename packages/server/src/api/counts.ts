import type { WatchedSocket } from "procnet";
import { hasHiddenOwner, stateOf } from "procnet/view";
import { StateCounts } from "../own/state-counts.ts";
import type { Look } from "../sampler/sampler.ts";
import type { TrafficTelling } from "../traffic/feed.ts";
import { eachInTurns } from "../turns.ts";
import { documentText } from "./documents.ts";
import type { Expose } from "./expose.ts";
import { roundOf } from "./sockets.ts";

/** Things that could not be looked at that are named at most. */
const SKIPPED = 5;

/** What is counted of sockets. */
export interface Counted {
  /** How many there are by table and state, by the words of tables and filters. */
  readonly counts: readonly object[];
  /** How many may have an owner that could not be seen. */
  readonly hiddenOwners: number;
}

/** Goes through sockets once. */
export async function countedOf(sockets: readonly WatchedSocket[]): Promise<Counted> {
  const states = new StateCounts();
  let hiddenOwners = 0;
  await eachInTurns(sockets, 0, (socket) => {
    states.add(socket.protocol, stateOf(socket));
    if (hasHiddenOwner(socket)) hiddenOwners++;
  });
  return { counts: [...states.values()], hiddenOwners };
}

/** All sockets of looks that are still told of, counted once. */
const counted = new WeakMap<Look, Promise<Counted>>();

/** What a document says besides the look. */
export interface CountsOptions {
  readonly expose: Expose;
  /** Milliseconds until the next look begins. */
  readonly interval: number;
  /** Name of the machine; `undefined` where it does not say. */
  readonly host: string | undefined;
  /** Whether traffic may be asked for. */
  readonly traffic: TrafficTelling;
}

/** What a look came to, without a row: how many sockets there are, what it cost, and what it could not see. */
export async function countsDocument(look: Look, { expose, interval, host, traffic }: CountsOptions): Promise<string> {
  const { item, sockets } = look;
  const counting = counted.get(look) ?? countedOf(sockets);
  counted.set(look, counting);
  const { counts, hiddenOwners } = await counting;
  const { duration: took, rights, namespaces, skipped, skippedInAll } = roundOf(look, expose);
  return documentText("lookCounts", {
    takenAt: item.at,
    host,
    took,
    interval,
    expose,
    traffic,
    sockets: sockets.length,
    counts,
    hiddenOwners,
    missed: missedOf(look),
    rights,
    namespaces: namespaces.length,
    skipped: skipped.slice(0, SKIPPED),
    ...(skipped.length > SKIPPED && { skippedInAll: skippedInAll ?? skipped.length }),
  });
}

/** Connections of TCP that came and went between two looks: known of some namespaces, unknown of others. */
function missedOf({ item }: Look): object | undefined {
  if (item.kind === "snapshot") return undefined;
  const known = item.missed.flatMap(({ connections }) => connections ?? []);
  return {
    connections: known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0),
    unknownNamespaces: item.missed.length - known.length,
  };
}
