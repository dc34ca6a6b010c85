import type { TcpSocket } from "../../../sockets/types.ts";
import type { SocketDigest } from "../../digest.ts";
import type { Sample } from "../../sample.ts";
import type { FindingLimit } from "../finding.ts";
import { isUnjudged } from "../unjudged.ts";
import type { Window } from "../window.ts";
import { groupsBy } from "./rows.ts";

/** Listeners in which connections waited while the kernel dropped others, the longest queue first. */
export function overflowing(window: Window): TcpSocket[] {
  const longest = new Map<number, TcpSocket>();
  for (const { before, after } of overflowsOf(window)) {
    for (const listener of [...(before?.listeners ?? []), ...after.listeners]) {
      if (listener.rxQueue > (longest.get(listener.inode)?.rxQueue ?? 0)) longest.set(listener.inode, listener);
    }
  }
  return [...longest.values()].sort((a, b) => b.rxQueue - a.rxQueue);
}

/**
 * The backlog of a listener, which procfs does not show: a queue is full at backlog + 1 (sk_acceptq_is_full, include/net/sock.h), so one
 * that was equally long before and after others were dropped, and the only one that waited, tells it.
 */
function learntBacklogs(window: Window): ReadonlyMap<number, number> {
  const known = LEARNT.get(window);
  if (known !== undefined) return known;
  const learnt = new Map<number, number>();
  for (const { before, after } of overflowsOf(window)) {
    const [then, ...others] = before?.listeners.filter(({ rxQueue }) => rxQueue > 0) ?? [];
    if (then === undefined || others.length > 0 || learnt.has(then.inode)) continue;
    const now = after.listeners.find(({ inode }) => inode === then.inode);
    if (now?.rxQueue === then.rxQueue) learnt.set(then.inode, then.rxQueue - 1);
  }
  LEARNT.set(window, learnt);
  return learnt;
}

/** Gone through once for each window: there can be thousands of listeners. */
const LEARNT = /* @__PURE__ */ new WeakMap<Window, ReadonlyMap<number, number>>();

/** What bounds an accept queue: the backlog that was learnt, or else the most that a backlog can be; `undefined` where neither is known. */
export function queueLimit(window: Window, inode: number): FindingLimit | undefined {
  const learnt = learntBacklogs(window).get(inode);
  if (learnt !== undefined)
    return { name: "backlog", value: learnt, file: "learnt while ListenOverflows rose", scope: "listener" };
  const values = window.limit("net.core.somaxconn");
  return isUnjudged(values) ? undefined : window.limitOf("net.core.somaxconn", values[0]!);
}

/** Pairs of samples between which connections were dropped of a full accept queue, with the sockets of both. */
function overflowsOf({ comparable: samples }: Window): { before: SocketDigest | undefined; after: SocketDigest }[] {
  return samples.flatMap((sample, i) => {
    const before = samples[i - 1];
    const isMore = before !== undefined && countOf(sample) > countOf(before);
    return isMore && sample.sockets !== undefined ? [{ before: before.sockets, after: sample.sockets }] : [];
  });
}

function countOf({ netstat }: Sample): number {
  return Number(netstat?.TcpExt?.ListenOverflows ?? 0);
}

/** The listener that connections belong to: that of their address, or else one of the same port. */
export function listenerAt(window: Window, row: TcpSocket | undefined): TcpSocket | undefined {
  const listeners = window.last.sockets?.listeners;
  if (row === undefined || listeners === undefined) return undefined;
  const byPort = BY_PORT.get(listeners) ?? groupsBy(listeners, ({ localPort }) => localPort);
  BY_PORT.set(listeners, byPort);
  const ofPort = byPort.get(row.localPort) ?? [];
  return ofPort.find(({ localAddress }) => localAddress === row.localAddress) ?? ofPort[0];
}

const BY_PORT = /* @__PURE__ */ new WeakMap<readonly TcpSocket[], ReadonlyMap<number, readonly TcpSocket[]>>();
