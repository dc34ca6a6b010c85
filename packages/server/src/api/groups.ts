import type { SocketOwner, WatchedSocket } from "procnet";
import { containerText, stateOf } from "procnet/view";
import { networkOf } from "../network.ts";
import type { Look } from "../sampler/sampler.ts";
import { eachInTurns } from "../turns.ts";
import { documentText } from "./documents.ts";
import { type Expose, exposedOwner, exposedSocket } from "./expose.ts";

/** A group of sockets in the making. */
interface Group {
  /** What its sockets have in common, as it is told. */
  readonly fields: object;
  sockets: number;
  rxQueue: number;
  txQueue: number;
  readonly states: Map<string, { readonly protocol: string; readonly state: string; sockets: number }>;
}

/** Groups by a text that tells them apart. */
class Groups {
  private readonly groups = new Map<string, Group>();

  take(key: string, fields: () => object, socket: WatchedSocket): void {
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { fields: fields(), sockets: 0, rxQueue: 0, txQueue: 0, states: new Map() };
      this.groups.set(key, group);
    }
    group.sockets++;
    const state = stateOf(socket);
    // The queues of a listener hold connections, not bytes.
    if ("rxQueue" in socket && state !== "LISTEN") {
      group.rxQueue += socket.rxQueue;
      group.txQueue += socket.txQueue;
    }
    const kind = `${socket.protocol} ${state}`;
    const counted = group.states.get(kind);
    if (counted === undefined) group.states.set(kind, { protocol: socket.protocol, state, sockets: 1 });
    else counted.sockets++;
  }

  /** Those with the most sockets first, and how many there are. */
  most(limit: number): { readonly total: number; readonly rows: object[] } {
    const all = [...this.groups.values()].sort((a, b) => b.sockets - a.sockets);
    const rows = all.slice(0, limit).map(({ fields, states, ...counts }) => {
      return { ...fields, ...counts, states: [...states.values()] };
    });
    return { total: all.length, rows };
  }
}

/** Processes by their sockets; where processes are not told, programs. */
export async function processesDocument({ item, sockets }: Look, expose: Expose, limit: number): Promise<string> {
  const groups = new Groups();
  const ownerless = new Map<string, number>();
  await eachInTurns(sockets, 0, (socket) => {
    for (const owner of socket.owners ?? []) {
      groups.take(processKey(owner, expose), () => withoutSockets(exposedOwner(owner, expose)), socket);
    }
    if (socket.ownerless !== undefined) ownerless.set(socket.ownerless, (ownerless.get(socket.ownerless) ?? 0) + 1);
  });
  const { total, rows } = groups.most(limit);
  const without = [...ownerless].map(([reason, count]) => ({ reason, sockets: count }));
  return documentText("processes", { takenAt: item.at, total, processes: rows, ownerless: without });
}

function processKey({ pid, startTime, program, container }: SocketOwner, expose: Expose): string {
  return expose === "minimal" ? JSON.stringify([program, containerText(container)]) : `${pid} ${startTime}`;
}

/** Descriptors are those of one socket. */
function withoutSockets(owner: object): object {
  return Object.fromEntries(Object.entries(owner).filter(([name]) => name !== "fds" && name !== "ended"));
}

/** Sockets of TCP that listen, with what waits for them and how many connections their port has. */
export async function listenersDocument({ item, sockets }: Look, expose: Expose, limit: number): Promise<string> {
  const connections = new Map<string, number>();
  const listeners: Connection[] = [];
  await eachInTurns(sockets, 0, (socket) => {
    if (!isTcp(socket)) return;
    if (socket.state === "LISTEN") listeners.push(socket);
    else if (socket.remotePort !== 0) connections.set(portKey(socket), (connections.get(portKey(socket)) ?? 0) + 1);
  });
  const rows = listeners.slice(0, limit).map((socket) => {
    const { protocol, localAddress, localPort, inode, namespace, owners, ownerless, suspect } = exposedSocket(
      socket,
      expose,
    );
    const where = { protocol, localAddress, localPort, inode, namespace, owners, ownerless, suspect };
    return { ...where, waiting: socket.rxQueue, connections: connections.get(portKey(socket)) ?? 0 };
  });
  return documentText("listeners", { takenAt: item.at, total: listeners.length, listeners: rows });
}

/** Where connections of TCP lead that this side opened. */
export async function destinationsDocument({ item, sockets }: Look, expose: Expose, limit: number): Promise<string> {
  const listened = new Set<string>();
  await eachInTurns(sockets, 0, (socket) => {
    if (isTcp(socket) && socket.state === "LISTEN") listened.add(portKey(socket));
  });
  const groups = new Groups();
  await eachInTurns(sockets, 0, (socket) => {
    if (!isTcp(socket) || socket.state === "LISTEN" || socket.remotePort === 0 || listened.has(portKey(socket))) return;
    const { protocol, namespace, remotePort } = socket;
    const remoteAddress = expose === "minimal" ? networkOf(socket.remoteAddress) : socket.remoteAddress;
    const fields = { protocol, namespace, remoteAddress, remotePort };
    groups.take(JSON.stringify(Object.values(fields)), () => fields, socket);
  });
  const { total, rows } = groups.most(limit);
  return documentText("destinations", { takenAt: item.at, total, destinations: rows });
}

type Connection = Extract<WatchedSocket, { readonly protocol: "tcp" | "tcp6" }>;

function isTcp(socket: WatchedSocket): socket is Connection {
  return socket.protocol === "tcp" || socket.protocol === "tcp6";
}

/** A port that is listened on is so for IPv4 and IPv6 where one socket takes both. */
function portKey({ namespace, localPort }: Connection): string {
  return `${namespace} ${localPort}`;
}
