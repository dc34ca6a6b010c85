import type { Socket } from "../../sockets/types.ts";
import { stateOf } from "../states.ts";
import { withMost } from "./most.ts";

/** How many sockets of a protocol are in a state. */
export interface StateCount {
  /** The table they are in. */
  readonly protocol: string;
  /** The state, by the word of tables and filters. */
  readonly state: string;
  /** How many. */
  readonly sockets: number;
}

/** What sockets of a group add up to. */
export interface GroupCounts {
  /** How many there are. */
  readonly sockets: number;
  /** Bytes that nobody has read yet. What waits for a listener is no bytes, and not in it. */
  readonly rxQueue: number;
  /** Bytes that the other side has not confirmed. */
  readonly txQueue: number;
  /** How many are in which state. */
  readonly states: readonly StateCount[];
}

/** A group in the making. */
interface Counted<Fields> {
  readonly fields: Fields;
  sockets: number;
  rxQueue: number;
  txQueue: number;
  readonly states: { readonly protocol: string; readonly state: string; sockets: number }[];
}

/** Sockets that have something in common, added up. Whatever tells groups apart is a key of a map, never a name of a property. */
export class Groups<Fields extends object> {
  private readonly groups = new Map<string, Counted<Fields>>();

  /** Adds a socket; what its group has in common is asked for with the first one. What it gives is the same for all of a group. */
  take(key: string, fields: () => Fields, socket: Socket): Fields {
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { fields: fields(), sockets: 0, rxQueue: 0, txQueue: 0, states: [] };
      this.groups.set(key, group);
    }
    count(group, socket);
    return group.fields;
  }

  /** How many groups there are. */
  get size(): number {
    return this.groups.size;
  }

  /** Those with the most sockets first, at most so many. */
  *rows(most: number): Generator<Fields & GroupCounts, undefined> {
    for (const { fields, ...counts } of withMost(this.groups.values(), ({ sockets }) => sockets, most))
      yield { ...fields, ...counts };
  }
}

function count(group: Counted<object>, socket: Socket): void {
  const { protocol } = socket;
  const state = stateOf(socket);
  group.sockets++;
  if (socket.protocol !== "unix" && "rxQueue" in socket && state !== "LISTEN") {
    group.rxQueue += socket.rxQueue;
    group.txQueue += socket.txQueue;
  }
  const known = group.states.find((one) => one.state === state && one.protocol === protocol);
  if (known === undefined) group.states.push({ protocol, state, sockets: 1 });
  else known.sockets++;
}
