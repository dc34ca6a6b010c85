import type { TcpSocket } from "../../../sockets/types.ts";
import type { SocketDigest } from "../../digest.ts";
import type { Sample } from "../../sample.ts";
import type { FindingLimit } from "../finding.ts";
import { isUnjudged } from "../unjudged.ts";
import type { Window } from "../window.ts";

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
export function learntBacklog(window: Window, inode: number): number | undefined {
  for (const { before, after } of overflowsOf(window)) {
    const [then, ...others] = before?.listeners.filter(({ rxQueue }) => rxQueue > 0) ?? [];
    if (then?.inode !== inode || others.length > 0) continue;
    const now = after.listeners.find((listener) => listener.inode === inode);
    if (now?.rxQueue === then.rxQueue) return then.rxQueue - 1;
  }
  return undefined;
}

/** What bounds an accept queue: the backlog that was learnt, or else the most that a backlog can be; `undefined` where neither is known. */
export function queueLimit(window: Window, inode: number): FindingLimit | undefined {
  const learnt = learntBacklog(window, inode);
  if (learnt !== undefined)
    return { name: "backlog", value: learnt, file: "learnt while ListenOverflows rose", scope: "listener" };
  const values = window.limit("net.core.somaxconn");
  return isUnjudged(values) ? undefined : window.limitOf("net.core.somaxconn", values[0]!);
}

/** Pairs of samples between which connections were dropped of a full accept queue, with the sockets of both. */
function overflowsOf({ samples }: Window): { before: SocketDigest | undefined; after: SocketDigest }[] {
  return samples.flatMap((sample, i) => {
    const before = samples[i - 1];
    const isMore = before !== undefined && countOf(sample) > countOf(before);
    return isMore && sample.sockets !== undefined ? [{ before: before.sockets, after: sample.sockets }] : [];
  });
}

function countOf({ netstat }: Sample): number {
  return Number(netstat?.TcpExt?.ListenOverflows ?? 0);
}
