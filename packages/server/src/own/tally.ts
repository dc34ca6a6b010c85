import type { Socket, WatchedSocket } from "procnet";
import { stateOf } from "procnet/view";
import { type Group, Groups, OTHER } from "./labels.ts";
import { StateCounts } from "./state-counts.ts";

/** What is counted of the sockets of one group. */
export interface GroupTally {
  readonly group: Group;
  sockets: number;
  /** By protocol and state. */
  readonly states: StateCounts;
  rxQueue: number;
  txQueue: number;
  /** Datagrams that sockets have lost, as their rows say. */
  drops: number;
  /** `CLOSE_WAIT` by what it waits for. */
  readonly closeWait: Map<CloseWaitReason, number>;
}

/** `unread`: the end of the stream was not read; `data`: nor data before it; `unclosed`: all was read, and it was not closed. */
export type CloseWaitReason = "unread" | "data" | "unclosed";

/** A listener, or several with the same labels. */
export interface ListenerTally {
  readonly group: Group;
  readonly protocol: string;
  readonly port: number;
  readonly address: AddressClass;
  sockets: number;
  /** Connections that wait for accept(2). */
  queue: number;
  /** Connections to its port. */
  connections: number;
}

/** Who can reach a listener. */
export type AddressClass = "loopback" | "any" | "other";

/** What is counted of one look. */
export interface Tally {
  /** By network namespace: protocol and state. */
  readonly namespaces: ReadonlyMap<string, StateCounts>;
  readonly groups: ReadonlyMap<Group, GroupTally>;
  readonly listeners: readonly ListenerTally[];
  /** Sockets without a known owner, by the reason. */
  readonly ownerless: ReadonlyMap<string, number>;
  /** Whether TCP is listened on at a port of a namespace. */
  isListened(namespace: number | undefined, port: number): boolean;
}

/** Counts sockets in one walk: of each it costs a few numbers, as there can be very many. */
export class Tallying {
  private readonly groupsOf = new Groups();
  private readonly spaces = new Map<number | undefined, Space>();
  private readonly groups = new Map<Group, GroupTally>();
  private readonly ownerless = new Map<string, number>();
  private readonly listeners = new Map<string, ListenerTally>();
  private readonly portsListened = new Map<ListenerTally, Map<Space, Set<number>>>();
  /** That of the socket before: those of one namespace come together. */
  private space: Space = emptySpace(undefined);

  take(socket: WatchedSocket): void {
    const state = stateOf(socket) ?? "";
    const space = this.spaceOf(socket.namespace);
    const group = this.groupsOf.of(socket);
    space.states.add(socket.protocol, state);
    if (group === undefined) add(this.ownerless, socket.ownerless ?? "not looked for", 1);
    else this.takeOwned(group, socket, state);
    if (socket.protocol === "tcp" || socket.protocol === "tcp6") this.takeTcp(socket, group, space);
  }

  private spaceOf(number: number | undefined): Space {
    if (this.space.number === number && this.spaces.size > 0) return this.space;
    const space = this.spaces.get(number) ?? emptySpace(number);
    this.spaces.set(number, space);
    this.space = space;
    return space;
  }

  private takeOwned(group: Group, socket: WatchedSocket, state: string): void {
    let tally = this.groups.get(group);
    if (tally === undefined) {
      tally = { group, sockets: 0, states: new StateCounts(), rxQueue: 0, txQueue: 0, drops: 0, closeWait: new Map() };
      this.groups.set(group, tally);
    }
    tally.sockets++;
    tally.states.add(socket.protocol, state);
    const isListener = "state" in socket && socket.state === "LISTEN";
    if (socket.protocol !== "unix" && "rxQueue" in socket && !isListener) {
      tally.rxQueue += socket.rxQueue;
      tally.txQueue += socket.txQueue;
    }
    if ("drops" in socket) tally.drops += socket.drops ?? 0;
    if ("state" in socket && socket.state === "CLOSE_WAIT") add(tally.closeWait, reasonOf(socket), 1);
  }

  private takeTcp(socket: Extract<Socket, { protocol: "tcp" | "tcp6" }>, group: Group | undefined, space: Space): void {
    const { localPort, localAddress, protocol, state, rxQueue } = socket;
    if (state !== "LISTEN") {
      if (socket.remotePort !== 0) add(space.connections, localPort, 1);
      return;
    }
    const owner = group ?? NOBODY;
    const address = classOf(localAddress);
    const key = `${owner.container} ${protocol} ${localPort} ${address} ${owner.process}`;
    let listener = this.listeners.get(key);
    if (listener === undefined) {
      listener = { group: owner, protocol, port: localPort, address, sockets: 0, queue: 0, connections: 0 };
      this.listeners.set(key, listener);
      this.portsListened.set(listener, new Map());
    }
    listener.sockets++;
    listener.queue += rxQueue;
    space.listened.add(localPort);
    const ports = this.portsListened.get(listener)!;
    ports.set(space, (ports.get(space) ?? new Set()).add(localPort));
  }

  done(): Tally {
    for (const [listener, spaces] of this.portsListened)
      for (const [{ connections }, ports] of spaces)
        for (const port of ports) listener.connections += connections.get(port) ?? 0;
    const namespaces = new Map([...this.spaces].map(([number, { states }]) => [`${number ?? ""}`, states]));
    const { spaces, groups, ownerless } = this;
    const isListened = (namespace: number | undefined, port: number): boolean =>
      spaces.get(namespace)?.listened.has(port) ?? false;
    return { namespaces, groups, ownerless, listeners: [...this.listeners.values()], isListened };
  }
}

/** What is counted of one network namespace. */
interface Space {
  readonly number: number | undefined;
  readonly states: StateCounts;
  /** Connections by local port. */
  readonly connections: Map<number, number>;
  /** Local ports that are listened on. */
  readonly listened: Set<number>;
}

const emptySpace = (number: number | undefined): Space => ({
  number,
  states: new StateCounts(),
  connections: new Map(),
  listened: new Set(),
});

const NOBODY: Group = { process: "", container: "" };

function reasonOf(socket: WatchedSocket): CloseWaitReason {
  const waiting = "rxQueue" in socket ? socket.rxQueue : 0;
  return waiting === 0 ? "unclosed" : waiting === 1 ? "unread" : "data";
}

function classOf(address: string): AddressClass {
  if (address === "0.0.0.0" || address === "::") return "any";
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.") ? "loopback" : OTHER;
}

function add<Key>(counts: Map<Key, number>, key: Key, number: number): void {
  counts.set(key, (counts.get(key) ?? 0) + number);
}
